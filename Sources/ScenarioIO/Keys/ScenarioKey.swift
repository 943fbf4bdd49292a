// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A key of the scenario format: what it is called, what may stand after it, what it means.
///
/// The one place in which a key is declared. The reader refuses keys that are not declared, and
/// `simulate schema` prints what is.
package struct ScenarioKey: Sendable {
  package let name: String
  package let type: KeyType
  /// One line, as an editor shows it.
  package let meaning: String
  package let isRequired: Bool

  init(_ name: String, _ type: KeyType, _ meaning: String, required: Bool = false) {
    self.name = name
    self.type = type
    self.meaning = meaning
    isRequired = required
  }
}

/// What may stand after a key.
package indirect enum KeyType: Sendable {
  /// Any text; YAML may take it for a number or a truth value.
  case text
  /// A number as reports print it: `40%`, `1 235 000`.
  case number
  case wholeNumber(ClosedRange<UInt64>)
  /// One of a closed set.
  case words([String])
  case formula
  /// A number, range or distribution.
  case assessment
  /// Values by label, nested by dimension.
  case byLabel
  /// Nothing at all.
  case empty
  case list(KeyType, ClosedRange<Int>)
  /// Names of the author's own, each with a value.
  case names(KeyType)
  case section(KeySection)
  case either([KeyType])

  /// A closed set that an enumeration lists.
  static func words<Word: RawRepresentable<String> & CaseIterable>(of type: Word.Type) -> KeyType {
    .words(type.allCases.map(\.rawValue))
  }

  /// One text, or a list of them.
  static let oneOrMore: KeyType = .either([.text, .list(.text, 1...10_000)])
  static let yesNo: KeyType = .words(["yes", "no", "true", "false"])
  static let numberOrNone: KeyType = .either([.number, .words(["none"])])
}
