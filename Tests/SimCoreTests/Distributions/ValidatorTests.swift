// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every validator with good, bad, NaN and ±∞: bad numbers throw, and the message says the value.
@Suite struct ValidatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let family: String
    let arguments: String
    let good: [Double]
    /// For each argument, finite numbers that it must refuse.
    let bad: [[Double]]

    var testDescription: String { "\(family)(\(arguments))" }
  }

  static let cases = [
    Case(family: "constant", arguments: "value", good: [0], bad: [[]]),
    Case(
      family: "normal", arguments: "mean sd", good: [-3, 2],
      bad: [[], [0, -1, -Double.leastNonzeroMagnitude]]),
    Case(
      family: "lognormal", arguments: "meanlog sdlog", good: [0.5, 0.2],
      bad: [[701, -701], [0, -1, 30, 1e300]]),
    Case(
      family: "lognormal", arguments: "mean sd", good: [2, 0.5], bad: [[0, -2], [0, -1]]),
    Case(
      family: "gamma", arguments: "shape scale", good: [2, 5],
      bad: [[0, -1, 1e-4, 1.1e7, 1e300], [0, -5]]),
    Case(
      family: "gamma", arguments: "shape rate", good: [2, 5],
      bad: [[0, -1, 1e-4, 1.1e7, 1e300], [0, -5]]),
    Case(
      family: "gamma", arguments: "mean sd", good: [2, 1],
      bad: [[0, -2, 1e-9, 1e9], [0, -1, 1e-9, 1e9]]),
    Case(
      family: "beta", arguments: "alpha beta", good: [2, 5],
      bad: [[0, -1, 1e-3, 1.1e6], [0, -1, 1e-3, 1.1e6]]),
    Case(
      family: "beta", arguments: "mean sd", good: [0.4, 0.1],
      bad: [[0, 1, -0.4, 40, 1e-9], [0, -0.1, 0.5, 0.4898979485566356, 1e-9]]),
    Case(
      family: "uniform", arguments: "min max", good: [2, 5],
      bad: [[5, 6, 1e300], [2, 1, -1e300]]),
    Case(family: "uniform", arguments: "mean sd", good: [2, 1], bad: [[], [0, -1]]),
    Case(
      family: "triangular", arguments: "min mode max", good: [2, 3, 5],
      bad: [[5, 3.5, -1e200], [1.9, 5.1], [2, 1, 2.5]]),
    Case(
      family: "pert", arguments: "min mode max", good: [2, 3, 5],
      bad: [[5, 3.5, -1e200], [1.9, 5.1], [2, 1, 2.5]]),
    Case(
      family: "pert", arguments: "min mode max shape", good: [2, 3, 5, 4],
      bad: [[5, 3.5, -1e200], [1.9, 5.1], [2, 1, 2.5], [0, -4, 0.009, 1001]]),
  ]

  static func make(_ test: Case, _ values: [Double]) throws -> any Distribution {
    let family = try #require(FamilyRegistry.family(named: test.family))
    let parametrisation = try #require(
      family.parametrisations.first {
        $0.arguments.joined(separator: " ") == test.arguments
      })
    return try parametrisation.make(values)
  }

  /// Whether a number stands in a message, with or without `.0`.
  static func shows(_ value: Double, _ message: String) -> Bool {
    let words = message.split { " =,:()".contains($0) }
    return words.contains { Double($0) == value || value.isNaN && $0 == "nan" }
  }

  @Test(arguments: cases)
  func goodNumbersAreTaken(test: Case) throws {
    _ = try Self.make(test, test.good)
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
          // Infinities and huge numbers may show in what is computed from them.
          let message = "\(error.found) \(error.expected)"
          let shows = Self.shows(value, message) || abs(value) >= 1e200 || value.isNaN
          #expect(shows, "\(values): \(message)")
          if value.isNaN { #expect(error.found.contains("nan"), "\(values): \(error.found)") }
        } catch {
          Issue.record("\(error)")
        }
      }
    }
  }

  @Test func everyParametrisationIsTried() {
    let tried = Set(
      Self.cases.map { "\($0.family) \($0.arguments)" }
        + FamilyValidatorTests.cases.map { "\($0.family) \($0.arguments)" }
        + DiscreteValidatorTests.cases.map { "\($0.family) \($0.arguments)" })
    let known = FamilyRegistry.all.flatMap { family in
      family.parametrisations.map {
        "\(family.name) \($0.arguments.joined(separator: " "))"
      }
    }
    #expect(tried == Set(known))
  }

  /// Numbers on the edge of what is allowed.
  @Test func limitsBelongToTheirRanges() throws {
    _ = try Gamma(shape: 1e-3, scale: 1)
    _ = try Gamma(shape: 1e7, scale: 1)
    _ = try Beta(alpha: 1e-2, beta: 1e6)
    _ = try PERT(low: 0, mode: 0, high: 1)
    _ = try PERT(low: 0, mode: 1, high: 1)
    _ = try Triangular(low: 0, mode: 0, high: 1)
    _ = try Triangular(low: 0, mode: 1, high: 1)
    _ = try Uniform(low: -0.0, high: .leastNonzeroMagnitude)
  }

  /// A second moment that no double holds is refused.
  @Test func overflowIsRefused() {
    #expect(throws: DistributionError.self) { try Gamma(shape: 1, scale: 1e160) }
    #expect(throws: DistributionError.self) { try Normal(mean: 0, standardDeviation: 1e308) }
    #expect(throws: DistributionError.self) { try Uniform(low: -1e308, high: 1e308) }
    #expect(throws: DistributionError.self) { try Triangular(low: -1e200, mode: 0, high: 1e200) }
    #expect(throws: DistributionError.self) { try PERT(low: -1e200, mode: 0, high: 1e200) }
    #expect(throws: DistributionError.self) { try LogNormal(meanLog: 600, sdLog: 20) }
    #expect(throws: DistributionError.self) { try LogNormal(meanLog: 0, sdLog: 20) }
    #expect(throws: DistributionError.self) { try Normal(mean: 0, standardDeviation: 1e160) }
  }
}
