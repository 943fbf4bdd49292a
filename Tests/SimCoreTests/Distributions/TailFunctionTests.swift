// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Densities and tail functions against the ball-arithmetic reference.
@Suite struct TailFunctionTests {
  /// Relative error allowed in either tail, from 1e-16 on, by region.
  static func tailTolerance(_ law: QuantileReference.Law) -> Double {
    switch law.family {
    case "normal": 1e-14
    // The rounding of log x, times z/sd.
    case "lognormal": 1e-13
    // The library loses most at shape 0.15 and tails of 1e-14.
    case "gamma": law.shape1 < 100 ? 1e-11 : 5e-14
    default: law.shape1 + law.shape2 <= 1000 ? 1e-12 : 2e-13
    }
  }

  /// Relative error allowed in the density.
  static func densityTolerance(_ law: QuantileReference.Law) -> Double {
    switch law.family {
    case "normal": 1e-14
    case "lognormal": 1e-13
    case "gamma": law.shape1 < 100 ? 2e-13 : 5e-14
    default: law.shape1 + law.shape2 <= 1000 ? 2e-12 : 2e-13
    }
  }

  @Test(arguments: QuantileReference.laws)
  func tailsAndDensity(law: QuantileReference.Law) throws {
    let distribution = try law.distribution()
    var worst = (lower: 0.0, upper: 0.0, density: 0.0)
    for row in try #require(QuantileReference.rows[law]) {
      let x = row.quantile
      let lower = abs(distribution.cumulative(x) - row.below) / row.below
      let upper = abs(distribution.survival(x) - row.above) / row.above
      let density = abs(distribution.density(x) - row.density) / row.density
      worst.lower = max(worst.lower, lower.isNaN ? .infinity : lower)
      worst.upper = max(worst.upper, upper.isNaN ? .infinity : upper)
      worst.density = max(worst.density, density.isNaN ? .infinity : density)
    }
    #expect(worst.lower <= Self.tailTolerance(law), "P: \(worst.lower)")
    #expect(worst.upper <= Self.tailTolerance(law), "Q: \(worst.upper)")
    #expect(worst.density <= Self.densityTolerance(law), "density: \(worst.density)")
  }

  // MARK: Where one source hands over to another

  /// At shape 100 the gamma tails pass from the library's functions to Temme's expansion: both agree
  /// there to 1e-12 of the smaller tail, out to 1e-16.
  @Test func gammaFormsAgreeWhereTheyMeet() throws {
    let shape = GammaTails.asymptoticShape
    let below = try Gamma(shape: shape.nextDown, scale: 1)
    let above = try Gamma(shape: shape, scale: 1)
    var worst = (tail: 0.0, density: 0.0)
    for z in stride(from: -7.0, through: 9, by: 0.125) {
      let x = shape + z * shape.squareRoot()
      for side in [TailProbability.Side.lower, .upper] {
        let library = below.tail(x, side)
        worst.tail = max(worst.tail, abs(above.tail(x, side) - library) / library)
      }
      worst.density = max(
        worst.density, abs(above.density(x) - below.density(x)) / below.density(x))
    }
    #expect(worst.tail <= 1e-12, "\(worst.tail)")
    #expect(worst.density <= 1e-12, "\(worst.density)")
  }

  /// At alpha + beta = 1000 the beta tails pass to the continued fraction.
  @Test(arguments: [0.1, 1, 5, 15, 60, 300, 500, 900, 999, 999.5])
  func betaFormsAgreeWhereTheyMeet(alpha: Double) throws {
    let beta = BetaTails.fractionSum - alpha
    let below = try Beta(alpha: alpha, beta: beta)
    let above = try Beta(alpha: alpha, beta: beta.nextUp)
    try #require(alpha + beta <= BetaTails.fractionSum)
    let isAbove = alpha + beta.nextUp > BetaTails.fractionSum
    var worst = (tail: 0.0, density: 0.0)
    for exponent in stride(from: -15.0, through: -0.5, by: 0.25) {
      for side in [TailProbability.Side.lower, .upper] {
        var p = 1.0
        for _ in 0..<Int(-exponent * 4) { p *= 0.5623413251903491 }
        let x = below.quantile(TailProbability(p, side: side))
        guard x > 1e-290, x < 1 - 1e-12 else { continue }
        let library = below.tail(x, side)
        let fraction = BetaTails.continuedFraction(
          x, alpha: alpha, beta: beta, upper: side == .upper)
        worst.tail = max(worst.tail, abs(fraction - library) / library)
        if isAbove {
          worst.density = max(
            worst.density, abs(above.density(x) - below.density(x)) / below.density(x))
        }
      }
    }
    #expect(worst.tail <= 1e-11, "\(worst.tail)")
    #expect(worst.density <= 1e-11, "\(worst.density)")
  }

  // MARK: Closed forms, the second way

  @Test func exponentialAndPowerLawsAreClosedForms() throws {
    let exponential = try Gamma(shape: 1, scale: 3)
    let power = try Beta(alpha: 1, beta: 7)
    for x in [1e-12, 1e-3, 0.1, 0.25, 0.5, 0.75] {
      var rest = 1.0
      for _ in 0..<7 { rest *= 1 - x }
      #expect(abs(power.survival(x) - rest) <= 1e-14 * rest, "beta at \(x)")
      // exp(−x/3) by its series, for these small arguments.
      var term = 1.0
      var sum = 1.0
      for k in 1...30 {
        term *= -x / 3 / Double(k)
        sum += term
      }
      #expect(abs(exponential.survival(x) - sum) <= 1e-14 * sum, "gamma at \(x)")
      #expect(abs(exponential.density(x) - sum / 3) <= 1e-14 * sum, "gamma at \(x)")
    }
  }

  @Test func triangularTailsAreAreas() throws {
    let triangular = try Triangular(low: -1, mode: 2, high: 3)
    #expect(triangular.cumulative(2) == 0.75)
    #expect(triangular.cumulative(0.5) == 0.1875)
    #expect(triangular.survival(2.5) == 0.0625)
    #expect(triangular.density(2) == 0.5)
    #expect(triangular.density(0.5) == 0.25)
    #expect(triangular.density(-1.5) == 0 && triangular.density(3.5) == 0)
    #expect(triangular.cumulative(-1) == 0 && triangular.survival(3) == 0)
    #expect(triangular.cumulative(3) == 1 && triangular.survival(-1) == 1)
  }

  @Test func uniformTailsAreShares() throws {
    let uniform = try Uniform(low: -1, high: 3)
    #expect(uniform.cumulative(0) == 0.25 && uniform.survival(0) == 0.75)
    #expect(uniform.density(0) == 0.25 && uniform.density(-2) == 0 && uniform.density(4) == 0)
    #expect(uniform.cumulative(-2) == 0 && uniform.survival(-2) == 1)
    #expect(uniform.cumulative(4) == 1 && uniform.survival(4) == 0)
  }

  /// A PERT is a beta moved and stretched.
  @Test func pertTailsAreThoseOfItsBeta() throws {
    let pert = try PERT(low: 2, mode: 6, high: 12)
    let beta = try Beta(alpha: 2.6, beta: 3.4)
    for y in stride(from: 0.05, to: 1, by: 0.05) {
      let x = 2 + 10 * y
      #expect(abs(pert.cumulative(x) - beta.cumulative(y)) <= 1e-14)
      #expect(abs(pert.survival(x) - beta.survival(y)) <= 1e-14)
      #expect(abs(pert.density(x) - beta.density(y) / 10) <= 1e-14)
    }
  }
}
