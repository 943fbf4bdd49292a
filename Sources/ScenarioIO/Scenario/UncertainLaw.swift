// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// A distribution whose arguments follow from other quantities: a draw of its own, and the formula that
/// makes the value of it.
///
/// ```
/// normal(mean = m, sd = 0.2 * m):   m + 0.2 m · Z,   Z a standard normal
/// binomial(n = 200, p = response):  the quantile of a binomial at U, U uniform
/// ```
struct UncertainLaw: Sendable {
  /// The name of the draw in `value`. No name of a file has a space.
  static let drawName = " draw"

  /// What is drawn, under the name of the parameter.
  var draw: any Distribution
  /// The value, with the draw as `drawName`.
  var value: SimCore.Expression
  /// The value where nothing of its own is uncertain: the mean given the arguments.
  var centre: SimCore.Expression
  /// What is not a number in the file.
  var arguments: [SimCore.Expression]
  /// What its arguments say of its unit.
  var units: UncertainUnits
  /// The distribution when the arguments have these values.
  var law: @Sendable ([Double]) throws(DistributionError) -> any Distribution

  /// The value with its draw under another name.
  func value(drawn name: String) -> SimCore.Expression {
    value.mapping { part in
      if case .name(Self.drawName, _) = part { .name(name, offset: 0) } else { part }
    }
  }

  /// The same law with a draw that falls when the old one rises.
  func turned() throws(DistributionError) -> UncertainLaw {
    var law = self
    law.draw = try Scaled(draw, by: -1)
    law.value = value.mapping { part in
      if case .name(Self.drawName, _) = part { .unary(.negate, part) } else { part }
    }
    return law
  }

  /// Names that its arguments use, in the order of the text.
  var nameUses: [SimCore.Expression.NameUse] { arguments.flatMap(\.nameUses) }
}

// MARK: Formulas

extension SimCore.Expression {
  static let draw = SimCore.Expression.name(UncertainLaw.drawName, offset: 0)

  static func times(_ a: SimCore.Expression, _ b: SimCore.Expression) -> SimCore.Expression {
    .binary(.multiply, a, b)
  }
  static func plus(_ a: SimCore.Expression, _ b: SimCore.Expression) -> SimCore.Expression {
    .binary(.add, a, b)
  }
  static func minus(_ a: SimCore.Expression, _ b: SimCore.Expression) -> SimCore.Expression {
    .binary(.subtract, a, b)
  }
  static func over(_ a: SimCore.Expression, _ b: SimCore.Expression) -> SimCore.Expression {
    .binary(.divide, a, b)
  }

  /// Itself where it is at or above a number, else not a number, which stops the run.
  func atLeast(_ least: Double) -> SimCore.Expression {
    if let value = constantValue, value >= least { return self }
    return .call(.if, [.binary(.greaterOrEqual, self, .number(least)), self, .number(.nan)])
  }

  /// Itself where it is at most a number, else not a number.
  func atMost(_ most: Double) -> SimCore.Expression {
    if let value = constantValue, value <= most { return self }
    return .call(.if, [.binary(.lessOrEqual, self, .number(most)), self, .number(.nan)])
  }

  /// With another formula in place of the draw.
  func replacingDraw(by other: SimCore.Expression) -> SimCore.Expression {
    mapping { part in
      if case .name(UncertainLaw.drawName, _) = part { other } else { part }
    }
  }

  var usesDraw: Bool { nameUses.contains { $0.name == UncertainLaw.drawName } }
}
