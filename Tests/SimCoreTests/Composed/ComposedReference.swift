// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The laws of mixtures.csv, made as mixtures.py makes them, and their rows.
enum ComposedReference {
  typealias Row = FamilyReference.Row

  private typealias Maker = @Sendable () throws -> any Distribution

  private static func gamma(_ shape: Double, _ scale: Double) throws -> any Distribution {
    try Gamma(shape: shape, scale: scale)
  }
  private static func normal(_ mean: Double, _ sd: Double) throws -> any Distribution {
    try Normal(mean: mean, standardDeviation: sd)
  }
  private static func lognormal(_ mean: Double, _ sd: Double) throws -> any Distribution {
    try LogNormal(meanLog: mean, sdLog: sd)
  }
  private static func cauchy(_ location: Double) throws -> any Distribution {
    try Cauchy(location: location, scale: 1)
  }
  static func zeroInflated() throws -> any Distribution {
    try Mixture(components: [(0.35, PointMass(0)), (0.65, gamma(0.5, 2000))])
  }
  static let stays: [Double] = [1, 2, 2, 3, 3, 3, 5, 8, 13, 34]
  static let costs: [Double] = stride(from: 31, to: 311, by: 7).map {
    Double($0 * $0 % 9973) + 0.25
  }

  private static let makers: [String: Maker] = [
    "mixture bimodal": {
      try Mixture(components: [(0.7, normal(0, 1)), (0.3, normal(10, 1))])
    },
    "mixture far and rare": {
      try Mixture(components: [(1, normal(0, 1)), (1e-9, normal(1e6, 1e-3))])
    },
    "mixture zero-inflated": { try zeroInflated() },
    "mixture two masses": {
      try Mixture(components: [
        (0.2, PointMass(0)), (0.05, PointMass(100)), (0.75, lognormal(4, 1.5)),
      ])
    },
    "mixture gap": {
      try Mixture(components: [
        (0.4, Uniform(low: 0, high: 1)), (0.6, Uniform(low: 5, high: 6)),
      ])
    },
    "mixture heavy tail": {
      try Mixture(components: [(0.99, normal(0, 1)), (0.01, normal(0, 100))])
    },
    "mixture needle": {
      try Mixture(components: [(0.5, normal(0, 1)), (0.5, normal(0.5, 1e-6))])
    },
    "mixture three families": {
      try Mixture(components: [(2, gamma(0.05, 1)), (5, Beta(alpha: 5, beta: 95)), (3, cauchy(0))])
    },
    "metalog 3": { try Metalog(coefficients: [10, 2, 1]) },
    "metalog nearly infeasible": { try Metalog(coefficients: [0, 1, 1.667]) },
    "metalog uniform": { try Metalog(coefficients: [0, 0, 0, 1]) },
    "metalog 10": {
      try Metalog(coefficients: [5, 1, 0.2, 1.5, -0.3, 0.4, 0.6, -0.2, 0.1, 0.3])
    },
    "metalog above 0": { try Metalog(coefficients: [1, 0.3, 0.1, 0.2], lower: 0) },
    "metalog below 1": { try Metalog(coefficients: [1.5, 0.4, -0.1], upper: 1) },
    "metalog in 0 to 1": {
      try Metalog(coefficients: [0.4, 0.5, 0.2, -0.1, 0.3], lower: 0, upper: 1)
    },
    "metalog in -5 to 40": {
      try Metalog(coefficients: [-1, 0.8, -0.3, 0.6], lower: -5, upper: 40)
    },
    "empirical one": { try Empirical(values: [4.5]) },
    "empirical ties": { try Empirical(values: stays) },
    "empirical equal": { try Empirical(values: [2.5, 2.5, 2.5]) },
    "empirical costs": { try Empirical(values: costs) },
    "empirical wide": { try Empirical(values: [-1e9, 0, 1e-9]) },
    "empirical seven": { try Empirical(values: [3, -1, 4, -1, 5, -9, 2]) },
    "smoothed 5": { try SmoothedEmpirical(values: [1, 2, 4, 8, 9], bandwidth: 0.3) },
    "smoothed rule": { try SmoothedEmpirical(values: stays) },
    "smoothed costs": { try SmoothedEmpirical(values: costs) },
    "smoothed one": { try SmoothedEmpirical(values: [4.5], bandwidth: 0.5) },
    "smoothed apart": { try SmoothedEmpirical(values: [-100, 0, 100], bandwidth: 0.01) },
    "smoothed wide": { try SmoothedEmpirical(values: [0, 0, 0, 0, 1], bandwidth: 2) },
    "lines four": {
      try PiecewiseLinear(probabilities: [0, 0.25, 0.9, 1], values: [0, 10, 30, 100])
    },
    "lines two": { try PiecewiseLinear(probabilities: [0, 1], values: [-3, 5]) },
    "lines zero-inflated": {
      try PiecewiseLinear(probabilities: [0, 0.6, 0.9, 1], values: [0, 0, 1000, 5000])
    },
    "lines capped": {
      try PiecewiseLinear(probabilities: [0, 0.5, 0.9, 1], values: [1, 2, 10, 10])
    },
    "lines tiny steps": {
      try PiecewiseLinear(
        probabilities: [0, 1e-12, 0.3, 1.0 - 1e-9, 1], values: [-1e6, 0, 1, 2, 1e9])
    },
    "lines inner mass": {
      try PiecewiseLinear(probabilities: [0, 0.2, 0.5, 0.7, 1], values: [1, 3, 3, 3, 4])
    },
    "folded normal": { try Folded(normal(0.3, 1), about: 0) },
    "folded symmetric": { try Folded(normal(2, 0.5), about: 2) },
    "folded lognormal": { try Folded(lognormal(0, 0.5), about: 1) },
    "folded beta": { try Folded(Beta(alpha: 2, beta: 5), about: 0.25) },
    "folded laplace": { try Folded(Laplace(location: 0, scale: 1), about: 1) },
    "folded cauchy": { try Folded(cauchy(0.5), about: 0) },
    "scaled gamma": { try Scaled(gamma(0.5, 2), by: 3, plus: 7) },
    "scaled negative gamma": { try Scaled(gamma(2.5, 2), by: -1.5, plus: 100) },
    "scaled negative mixture": { try Scaled(zeroInflated(), by: -1) },
    "scaled beta": { try Scaled(Beta(alpha: 2, beta: 5), by: -0.594, plus: 1) },
    "scaled cauchy": { try Scaled(cauchy(0), by: 1e-6) },
    "scaled lognormal": { try Scaled(lognormal(0, 1), by: -1e6, plus: -3) },
  ]

  static let laws: [String] = makers.keys.sorted()

  static func law(_ name: String) throws -> any Distribution {
    let make = try #require(makers[name], "no law \(name)")
    return try make()
  }

  static let rows: [String: [Row]] = {
    guard let table = try? SummaryReference("mixtures.csv") else { return [:] }
    var rows: [String: [Row]] = [:]
    for cells in table.rows {
      let numbers = cells[2...].compactMap { Double($0) }
      guard let k = UInt64(cells[1]), numbers.count == 4 else { return [:] }
      rows[cells[0], default: []].append(
        Row(
          k: k, quantile: numbers[0], density: numbers[1], below: numbers[2], above: numbers[3]))
    }
    return rows
  }()

  static let moments: [String: (mean: Double, variance: Double)] = {
    guard let table = try? SummaryReference("mixtures_moments.csv") else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: table.rows.map {
        ($0[0], (Double($0[1]) ?? .nan, Double($0[2]) ?? .nan))
      })
  }()

  static let tables = TableStore()
}

@Suite struct ComposedReferenceTests {
  @Test func theReferenceIsComplete() {
    #expect(Set(ComposedReference.rows.keys) == Set(ComposedReference.laws))
    #expect(Set(ComposedReference.moments.keys) == Set(ComposedReference.laws))
    #expect(ComposedReference.rows.values.allSatisfy { $0.count >= 50 })
    for kind in ["mixture", "metalog", "empirical", "smoothed", "lines", "folded", "scaled"] {
      #expect(ComposedReference.laws.count { $0.hasPrefix(kind) } >= 6, "\(kind)")
    }
  }
}
