// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import SimCore

/// The value of a formula without names.
package enum ConstantEvaluator {
  /// - Returns: `nil` when the formula holds a name. May be infinite or NaN: callers check.
  package static func value(_ expression: Expression) -> Double? {
    expression.constantValue
  }

  /// A formula text that must come out as a finite number.
  package static func number(_ text: String) throws(TextProblem) -> Double {
    try number(FormulaParser.parse(text), 0, text)
  }

  static func number(_ expression: Expression, _ offset: Int, _ text: String)
    throws(TextProblem) -> Double
  {
    if let (name, place) = firstName(expression) {
      throw TextProblem(
        place, "the name \(Excerpt.quoted(name))", expected: "numbers only",
        advice: "A value that follows from other quantities belongs under `variables`.")
    }
    for part in expression.partsInOrder {
      if case .quantity(_, let unit, let place) = part.expression {
        throw TextProblem(
          place, "the unit \(Excerpt.quoted(unit)) within a value", expected: "a plain number",
          advice: "The unit of a value belongs in `unit`.")
      }
    }
    guard let value = value(expression), value.isFinite else {
      throw TextProblem(
        offset, "\(Excerpt.quoted(text)), which has no finite value", expected: "a finite number")
    }
    return value
  }

  private static func firstName(_ expression: Expression) -> (String, Int)? {
    expression.nameUses.first.map { ($0.name, $0.offset) }
  }
}
