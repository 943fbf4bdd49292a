// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A closed set of words in scenario files, some with other spellings.
protocol ScenarioWord: RawRepresentable<String>, CaseIterable, Sendable {
  /// Other spellings that are read, too.
  static var aliases: [String: Self] { get }
}

/// The sign between the whole and the broken part of a number.
enum DecimalSign: String, ScenarioWord {
  case point, comma

  static let aliases: [String: DecimalSign] = [".": .point, ",": .comma]
}

/// What stands between the cells of a table.
enum CellSeparator: String, ScenarioWord {
  case comma, semicolon, tab

  static let aliases: [String: CellSeparator] = [
    ",": .comma, ";": .semicolon, "\t": .tab, "\\t": .tab,
  ]

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    }
  }
}
