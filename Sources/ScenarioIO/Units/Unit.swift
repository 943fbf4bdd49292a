// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A unit of measurement: a product of powers of base units.
///
/// ```
/// NOK/m2/month = NOK · m⁻² · month⁻¹
/// ```
/// Base units come in the order in which they were written, which is how the unit is shown; equality
/// leaves the order aside. Nothing is known about base units but their names: `week` and `year` have
/// nothing to do with each other until somebody states a factor.
package struct Unit: Sendable, Equatable {
  package struct Factor: Sendable, Equatable {
    package let base: UnitBase
    /// In twelfths, so that square, cube and fourth roots are exact; never 0.
    package let twelfths: Int
  }

  /// Each base once.
  package private(set) var factors: [Factor]

  /// The unit of pure numbers.
  package static let one = Unit(factors: [])

  /// Powers beyond this many are refused, so that no arithmetic on them overflows.
  package static let highestPower = 1000

  private init(factors: [Factor]) {
    self.factors = factors
  }

  package init(_ base: UnitBase) {
    factors = [Factor(base: base, twelfths: 12)]
  }

  package var isOne: Bool { factors.isEmpty }

  package static func == (a: Unit, b: Unit) -> Bool {
    a.factors.count == b.factors.count
      && a.factors.allSatisfy { b.twelfths(of: $0.base) == $0.twelfths }
  }

  package func twelfths(of base: UnitBase) -> Int {
    factors.first { $0.base == base }?.twelfths ?? 0
  }

  /// - Returns: `nil` beyond the highest power.
  package static func * (a: Unit, b: Unit) -> Unit? { combined(a, b, sign: 1) }
  package static func / (a: Unit, b: Unit) -> Unit? { combined(a, b, sign: -1) }

  private static func combined(_ a: Unit, _ b: Unit, sign: Int) -> Unit? {
    var result = a.factors
    for factor in b.factors {
      let added = sign * factor.twelfths
      if let place = result.firstIndex(where: { $0.base == factor.base }) {
        result[place] = Factor(base: factor.base, twelfths: result[place].twelfths + added)
      } else {
        result.append(Factor(base: factor.base, twelfths: added))
      }
    }
    result.removeAll { $0.twelfths == 0 }
    return result.allSatisfy { abs($0.twelfths) <= 12 * highestPower }
      ? Unit(factors: result) : nil
  }

  package var reciprocal: Unit {
    Unit(factors: factors.map { Factor(base: $0.base, twelfths: -$0.twelfths) })
  }

  /// The unit to a power.
  ///
  /// - Returns: `nil` for powers that are no whole number of twelfths, and beyond the highest power.
  package func power(_ exponent: Double) -> Unit? {
    if exponent == 0 { return .one }
    var result: [Factor] = []
    for factor in factors {
      let twelfths = Double(factor.twelfths) * exponent
      // 1/3 as a double times 12 is 4 to the last digit.
      let whole = twelfths.rounded()
      guard abs(twelfths - whole) <= 1e-9, whole != 0, abs(whole) <= Double(12 * Self.highestPower)
      else { return nil }
      result.append(Factor(base: factor.base, twelfths: Int(whole)))
    }
    return Unit(factors: result)
  }
}
