// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How a text table separates fields and writes decimals.
public struct TableFormat: Sendable, Hashable {
  public enum Separator: String, Sendable, CaseIterable {
    case comma, semicolon, tab

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: UInt8(ascii: "\t")
      }
    }
  }

  public enum DecimalMark: String, Sendable, CaseIterable {
    case point, comma

    var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  }

  public let separator: Separator
  public let decimal: DecimalMark

  /// The separator of a header line: a tab if there is one outside quotes, else a semicolon, else a comma.
  static func separator(of header: some Sequence<UInt8>) -> Separator {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in header {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { found.insert(byte) }
    }
    return [.tab, .semicolon].first { found.contains($0.byte) } ?? .comma
  }

  /// The decimal mark of the first lines of data; `nil` when both marks stand in them.
  ///
  /// Where the comma separates fields only quoted ones could hold a decimal comma: the mark is the point.
  static func decimal(of lines: some Sequence<UInt8>, _ separator: Separator) -> DecimalMark? {
    if separator == .comma { return .point }
    var hasPoint = false
    var hasComma = false
    for byte in lines {
      hasPoint = hasPoint || byte == DecimalMark.point.byte
      hasComma = hasComma || byte == DecimalMark.comma.byte
    }
    return hasPoint && hasComma ? nil : hasComma ? .comma : .point
  }
}

/// What a user says about the format of a table; `nil` is found out from the file.
public struct TableFormatChoice: Sendable, Hashable {
  public var separator: TableFormat.Separator?
  public var decimal: TableFormat.DecimalMark?

  public init(separator: TableFormat.Separator? = nil, decimal: TableFormat.DecimalMark? = nil) {
    self.separator = separator
    self.decimal = decimal
  }
}
