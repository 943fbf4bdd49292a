// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every way to give a member, with good, bad, NaN and ±∞.
@Suite struct FamilyValidatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let family: String
    let arguments: String
    let good: [Double]
    /// For each argument, finite numbers that it must refuse.
    let bad: [[Double]]

    var testDescription: String { "\(family)(\(arguments))" }

    init(_ family: String, _ arguments: String, _ good: [Double], _ bad: [[Double]]) {
      self.family = family
      self.arguments = arguments
      self.good = good
      self.bad = bad
    }
  }

  static let cases = [
    Case("inverse-gamma", "shape scale", [3, 2], [[0, -1, 0.09, 1.1e7], [0, -1, 1e300]]),
    Case("inverse-gamma", "mean sd", [3, 2], [[0, -1, 1e5], [0, -1, 1e-5]]),
    Case(
      "scaled-beta", "alpha beta min max", [2, 5, -1, 1],
      [[0, -1, 1e-3, 1.1e6], [0, -1, 1e-3, 1.1e6], [1, 2, -1e200], [-1, -2, 1e200]]),
    Case(
      "scaled-beta", "mean sd min max", [0.2, 0.1, -1, 1],
      [[-1, 1, -2, 2], [0, -1, 1.5], [0.2, 3, -1e200], [0.2, -3, 1e200]]),
    Case("logit-normal", "meanlogit sdlogit", [-1, 0.5], [[701, -701], [0, -1, 51, 1e-7]]),
    Case("logit-normal", "mean sd", [0.3, 0.1], [[0, 1, -1, 2], [0, -1, 0.46, 0.458, 1e-9]]),
    Case("log-uniform", "min max", [2, 5], [[0, -1, 5, 6], [0, 2, 1, -5]]),
    Case("log-uniform", "mean sd", [2, 1], [[0, -1, 1e-3, 1e12], [0, -1, 1e3, 1e-12]]),
    Case("exponential", "rate", [2], [[0, -1, 1e-300, 1e-160]]),
    Case("exponential", "mean", [2], [[0, -1, 1e300]]),
    Case("weibull", "shape scale", [2, 5], [[0, -1, 0.09, 1.1e4], [0, -1, 1e300]]),
    Case("weibull", "shape mean", [2, 5], [[0, -1, 0.09, 1.1e4], [0, -1, 1e300]]),
    Case("weibull", "mean sd", [2, 1], [[0, -1, 1e5, 1e-9], [0, -1, 1e9, 1e-5]]),
    Case(
      "generalised-gamma", "shape power scale", [2, 0.5, 3],
      [[0, -1, 1e-4, 0.1, 1.1e6], [0, 0.009, 0.02, -0.02, 1001], [0, -1, 1e300]]),
    Case(
      "generalised-gamma", "mu sigma q", [2, 0.5, 0.7],
      [[1e4, -1e4], [0, -1, 1e-6, 1e3], [0, 1e-4, 31, -31]]),
    Case("gompertz", "shape rate", [0.1, 1e-3], [[0, -0.1, 1e-10, 1e13], [0, -1, 1e-17, 1e6]]),
    Case("log-logistic", "shape scale", [2, 5], [[0, -1, 0.09, 1.1e4], [0, -1, 1e300]]),
    Case("log-logistic", "mean sd", [2, 1], [[0, -1, 1e5, 1e-9], [0, -1, 1e9, 1e-5]]),
    Case("rayleigh", "scale", [2], [[0, -1, 1e300]]),
    Case("rayleigh", "mean", [2], [[0, -1, 1e300]]),
    Case("pareto", "min shape", [2, 3], [[0, -1, 1e300], [0, -1, 0.09, 1.1e7]]),
    Case("pareto", "mean sd", [2, 1], [[0, -1, 1e9], [0, -1, 1e-9, 1e12]]),
    Case("half-normal", "scale", [2], [[0, -1, 1e300]]),
    Case("half-normal", "mean", [2], [[0, -1, 1e300]]),
    Case("chi-square", "df", [2], [[0, -1, 1e-3, 2.1e7]]),
    Case("fisher-f", "df1 df2", [2, 5], [[0, -1, 0.19, 1.1e6], [0, -1, 0.19, 1.1e6]]),
    Case("student-t", "df location scale", [2, 5, 3], [[0, -1, 0.19, 1.1e6], [], [0, -1]]),
    Case("student-t", "df", [2], [[0, -1, 0.19, 1.1e6]]),
    Case("student-t", "df mean sd", [5, 1, 3], [[0, -1, 2, 1.1e6], [], [0, -1, 1e300]]),
    Case("logistic", "location scale", [2, 5], [[], [0, -1, 1e300]]),
    Case("logistic", "mean sd", [2, 5], [[], [0, -1, 1e300]]),
    Case(
      "skew-normal", "location scale shape", [2, 5, -3], [[], [0, -1, 1e300], [1001, -1001]]),
    Case(
      "skew-normal", "mean sd skewness", [2, 5, -0.3], [[], [0, -1, 1e300], [1, -1, 0.9953, 3]]),
    Case("laplace", "location scale", [2, 5], [[], [0, -1, 1e300]]),
    Case("laplace", "mean sd", [2, 5], [[], [0, -1, 1e300]]),
    Case(
      "exponential-power", "location scale shape", [2, 5, 3],
      [[], [0, -1, 1e300], [0, 0.19, 101]]),
    Case("exponential-power", "mean sd shape", [2, 5, 3], [[], [0, -1, 1e300], [0, 0.19, 101]]),
    Case("cauchy", "location scale", [2, 5], [[], [0, -1, 1e300]]),
    Case("gumbel-max", "location scale", [2, 5], [[], [0, -1, 1e300]]),
    Case("gumbel-max", "mean sd", [2, 5], [[], [0, -1, 1e300]]),
    Case("gumbel-min", "location scale", [2, 5], [[], [0, -1, 1e300]]),
    Case("gumbel-min", "mean sd", [2, 5], [[], [0, -1, 1e300]]),
  ]

  static func make(_ test: Case, _ values: [Double]) throws -> any Distribution {
    let family = try #require(FamilyRegistry.family(named: test.family))
    let parametrisation = try #require(
      family.parametrisations.first {
        $0.arguments.joined(separator: " ") == test.arguments
      }, "\(test.testDescription)")
    return try parametrisation.make(values)
  }

  @Test(arguments: cases)
  func goodNumbersAreTaken(test: Case) throws {
    let made = try Self.make(test, test.good)
    #expect(type(of: made).family.name == test.family)
    // Native parameters are arguments that give the same member again.
    let family = type(of: made).family
    let names = made.parameters.map(\.name)
    let native = try #require(family.parametrisations.first { $0.arguments == names }, "\(names)")
    let again = try native.make(made.parameters.map(\.value))
    let (x, y) = (made.quantile(cumulative: 0.3), again.quantile(cumulative: 0.3))
    #expect(abs(x - y) <= 1e-14 * abs(x))
  }

  @Test(arguments: cases)
  func badNumbersAreRefusedAndShown(test: Case) {
    for (position, finite) in test.bad.enumerated() {
      for value in finite + [.nan, .infinity, -.infinity, .signalingNaN] {
        var values = test.good
        values[position] = value
        do {
          let made = try Self.make(test, values)
          Issue.record("\(test.testDescription) took \(values): \(made.parameters)")
        } catch let error as DistributionError {
          #expect(!error.expected.isEmpty)
          if value.isNaN { #expect(error.found.contains("nan"), "\(values): \(error.found)") }
        } catch {
          Issue.record("\(error)")
        }
      }
    }
  }

  @Test func everyParametrisationIsTried() {
    let tried = Set(Self.cases.map { "\($0.family) \($0.arguments)" })
    let here = Set(Self.cases.map(\.family))
    let known = FamilyRegistry.all.filter { here.contains($0.name) }.flatMap { family in
      family.parametrisations.map {
        "\(family.name) \($0.arguments.joined(separator: " "))"
      }
    }
    #expect(tried == Set(known) && tried.count == Self.cases.count)
  }
}
