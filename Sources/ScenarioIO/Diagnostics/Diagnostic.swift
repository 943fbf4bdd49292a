// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// One problem in a scenario file: where it is, what was found, what was expected, what to do.
///
/// ```
/// FILE:LINE:COLUMN: error: FOUND; expected EXPECTED. ADVICE
/// ```
public struct Diagnostic: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Severity: String, Sendable, Hashable {
    case error, warning
  }

  public let file: String
  public let position: SourcePosition
  public let severity: Severity
  /// A phrase without a full stop: ``unknown key `colour` ``.
  public let found: String
  /// A phrase without a full stop; empty where it would only repeat `found`.
  public let expected: String
  /// Whole sentences; may be empty.
  public let advice: String

  public var line: Int { position.line }
  public var column: Int { position.column }

  /// - Parameter file: the scenario; a position in another file names it.
  public init(
    file: String, position: SourcePosition, severity: Severity = .error, found: String,
    expected: String = "", advice: String = ""
  ) {
    self.file = position.file ?? file
    self.position = position
    self.severity = severity
    self.found = found
    self.expected = expected
    self.advice = advice
  }

  /// The message without its place, control characters escaped.
  public var message: String {
    var text = found
    if !expected.isEmpty { text += "; expected \(expected)" }
    text += "."
    if !advice.isEmpty { text += " \(advice)" }
    return Excerpt.escaped(text)
  }

  public var description: String {
    "\(Excerpt.escaped(file)):\(line):\(column): \(severity.rawValue): \(message)"
  }
}
