// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a value or formula, at a place in its text.
package struct TextProblem: Error, Sendable, Hashable {
  /// In UTF-8 bytes from the start of the text.
  package let offset: Int
  package let found: String
  package let expected: String
  package let advice: String
  /// Whether it may be a decimal comma: cells of tables can have them.
  let isDecimalComma: Bool

  init(
    _ offset: Int, _ found: String, expected: String = "", advice: String = "",
    isDecimalComma: Bool = false
  ) {
    self.offset = offset
    self.found = found
    self.expected = expected
    self.advice = advice
    self.isDecimalComma = isDecimalComma
  }
}
