// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SimCore
import Testing

/// Metalogs from stated quantiles.
@Suite struct MetalogFitTests {
  struct Fit: Sendable, CustomTestStringConvertible {
    let probabilities: [Double]
    let values: [Double]
    let terms: Int
    let lower: Double?
    let upper: Double?
    let coefficients: [Double]

    var testDescription: String { "\(values) with \(terms) terms" }
  }

  static let fits: [Fit] = {
    guard let table = try? SummaryReference("metalog_fits.csv") else { return [] }
    func list(_ text: String) -> [Double] { text.split(separator: " ").compactMap { Double($0) } }
    return table.rows.map { cells in
      Fit(
        probabilities: list(cells[0]), values: list(cells[1]), terms: Int(cells[2]) ?? 0,
        lower: Double(cells[3]), upper: Double(cells[4]), coefficients: list(cells[5]))
    }
  }()

  @Test func theReferenceIsThere() { #expect(Self.fits.count == 7) }

  @Test(arguments: fits)
  func coefficientsMeetTheReference(fit: Fit) throws {
    let law = try Metalog(
      probabilities: fit.probabilities, values: fit.values, terms: fit.terms, lower: fit.lower,
      upper: fit.upper)
    let size = fit.coefficients.map(abs).max() ?? 0
    for (found, expected) in zip(law.coefficients, fit.coefficients) {
      #expect(abs(found - expected) <= 1e-11 * size, "\(law.coefficients)")
    }
    guard fit.terms == fit.values.count else { return }
    for (p, x) in zip(fit.probabilities, fit.values) {
      #expect(abs(law.quantile(cumulative: p) - x) <= 1e-12 * abs(x) + 1e-12)
    }
  }

  /// The advice can be followed: the values named can be met, and are met.
  @Test(arguments: [
    ([0.1, 0.5, 0.9], [0.0, 1.0, 100.0]), ([0.1, 0.5, 0.9], [0.0, 99.0, 100.0]),
    ([0.1, 0.4, 0.5, 0.6, 0.9], [0.0, 1.0, 50.0, 99.0, 100.0]),
  ])
  func infeasibleQuantilesGetTheNearest(probabilities: [Double], values: [Double]) throws {
    let error = #expect(throws: DistributionError.self) {
      try Metalog(probabilities: probabilities, values: values)
    }
    let advice = try #require(error?.advice)
    let start = try #require(advice.range(of: "met: "))
    let list = advice[start.upperBound...].prefix { $0 != "W" }
    let nearest = list.split(separator: ",").compactMap { part in
      Double(part.split(separator: " ").first ?? "")
    }
    try #require(nearest.count == values.count, "\(advice)")
    let law = try Metalog(probabilities: probabilities, values: nearest)
    for (p, x) in zip(probabilities, nearest) {
      #expect(abs(law.quantile(cumulative: p) - x) <= 1e-10 * (abs(x) + 1))
    }
    // Near the values asked for, too.
    for (x, y) in zip(values, nearest) { #expect(abs(x - y) <= 40, "\(nearest)") }
  }

  @Test func coefficientsThatFallAreRefused() {
    // The limit of three terms: |a₃/a₂| < 1.66711 (Keelin 2016, section 4).
    #expect(throws: Never.self) { try Metalog(coefficients: [0, 1, 1.667]) }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, 1, 1.668]) }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, 1, -1.668]) }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, -1, 0]) }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, 0, 0]) }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, 1, 0, -4.1]) }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, 1]) }
    #expect(throws: DistributionError.self) {
      try Metalog(coefficients: [Double](repeating: 1, count: 11))
    }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, .nan, 0]) }
    #expect(throws: DistributionError.self) {
      try Metalog(coefficients: [0, 1, 0], lower: 1, upper: 1)
    }
    #expect(throws: DistributionError.self) { try Metalog(coefficients: [0, 1e200, 0], lower: 0) }
  }

  @Test func quantilesThatContradictThemselvesAreRefused() {
    for (p, x) in [
      ([0.1, 0.5, 0.9], [1.0, 3, 2]), ([0.1, 0.5, 0.5], [1, 2, 3]), ([0, 0.5, 0.9], [1, 2, 3]),
      ([0.1, 0.5, 1], [1, 2, 3]), ([0.1, 0.5], [1, 2]), ([0.1, 0.5, 0.9], [1, 2]),
      ([0.1, 0.5, 0.9], [2, 2, 2]), ([0.1, .nan, 0.9], [1, 2, 3]),
      ([0.1, 0.5, 0.9], [1, .infinity, 3]),
    ] {
      #expect(throws: DistributionError.self, "\(p) \(x)") {
        try Metalog(probabilities: p, values: x)
      }
    }
    #expect(throws: DistributionError.self) {
      try Metalog(probabilities: [0.1, 0.5, 0.9], values: [1, 2, 3], lower: 1)
    }
    #expect(throws: DistributionError.self) {
      try Metalog(probabilities: [0.1, 0.5, 0.9], values: [1, 2, 3], terms: 4)
    }
  }
}
