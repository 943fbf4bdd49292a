// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Fits of `base (low to high)`: the fitted member really has the stated centre and sd.
@Suite struct StatedRangeTests {
  struct Range: Sendable, CustomTestStringConvertible {
    let family: String
    let base: Double
    let low: Double
    let high: Double

    var testDescription: String { "\(family) \(base) (\(low) to \(high))" }
  }

  static let widthReadings: [RangeReading] = [.ci95, .ci90, .p10p90, .iqr, .se]

  /// z of each reading to 12 digits, from a table of the normal distribution.
  static let z: [RangeReading: Double] = [
    .ci95: 1.959963984540, .ci90: 1.644853626951, .p10p90: 1.281551565545, .iqr: 0.674489750196,
    .se: 1,
  ]

  static let ranges = [
    Range(family: "normal", base: 0.72, low: 0.6, high: 0.9),
    Range(family: "normal", base: -5, low: -9, high: -4),
    Range(family: "lognormal", base: 1.4, low: 1.1, high: 1.9),
    Range(family: "lognormal", base: 21_800, low: 15_260, high: 28_340),
    Range(family: "lognormal", base: 12, low: 2, high: 60),
    Range(family: "gamma", base: 6, low: 4.5, high: 7),
    Range(family: "gamma", base: 12, low: 2, high: 60),
    Range(family: "gamma", base: 0.02, low: 0.01, high: 0.04),
    Range(family: "beta", base: 0.03, low: 0.02, high: 0.05),
    Range(family: "beta", base: 0.45, low: 0.36, high: 0.56),
    Range(family: "beta", base: 0.95, low: 0.92, high: 0.99),
  ]

  static func sd(_ range: Range, _ reading: RangeReading) throws -> Double {
    (range.high - range.low) / (2 * (try #require(z[reading])))
  }

  static func fit(
    _ range: Range, _ baseIs: Centre, _ reading: RangeReading
  ) throws -> any Distribution {
    let family = try #require(FamilyRegistry.family(named: range.family))
    return try family.fitted(
      to: StatedRange(
        base: range.base, low: range.low, high: range.high, baseIs: baseIs, reading: reading))
  }

  @Test(arguments: ranges, widthReadings)
  func meanAndSd(range: Range, reading: RangeReading) throws {
    let member = try Self.fit(range, .mean, reading)
    let sd = try Self.sd(range, reading)
    #expect(abs(member.mean - range.base) <= 1e-13 * abs(range.base))
    #expect(abs(member.standardDeviation - sd) <= 1e-11 * sd)
  }

  @Test(arguments: ranges, widthReadings)
  func medianAndSd(range: Range, reading: RangeReading) throws {
    let member = try Self.fit(range, .median, reading)
    let sd = try Self.sd(range, reading)
    #expect(abs(member.cumulative(range.base) - 0.5) <= 1e-11, "\(member.parameters)")
    #expect(abs(member.survival(range.base) - 0.5) <= 1e-11)
    #expect(abs(member.standardDeviation - sd) <= 1e-10 * sd)
  }

  @Test(arguments: ranges, widthReadings)
  func modeAndSd(range: Range, reading: RangeReading) throws {
    let member = try Self.fit(range, .mode, reading)
    let sd = try Self.sd(range, reading)
    #expect(abs(member.standardDeviation - sd) <= 1e-10 * sd)
    // The density falls on both sides of the base.
    let base = range.base
    let step = 0.01 * sd
    #expect(member.density(base) > member.density(base - step), "\(member.parameters)")
    #expect(member.density(base) > member.density(base + step), "\(member.parameters)")
    #expect(abs((try #require(member.mode)) - base) <= 1e-9 * sd)
  }

  // MARK: Limits

  @Test(arguments: ["pert", "triangular"], Centre.allCases)
  func limitsAndCentre(family: String, baseIs: Centre) throws {
    for base in [4.2, 5, 6, 7, 7.7] {
      let range = Range(family: family, base: base, low: 2, high: 10)
      // A triangular's mean is in the middle third, its median between 0.29 and 0.71 of the way; a
      // PERT's mean between 1/6 and 5/6.
      if family == "triangular", baseIs == .mean, base < 4.67 || base > 7.33 { continue }
      if family == "triangular", baseIs == .median, base < 4.35 || base > 7.65 { continue }
      let member = try Self.fit(range, baseIs, .minMax)
      #expect(member.support.lower == 2 && member.support.upper == 10)
      switch baseIs {
      case .mean: #expect(abs(member.mean - base) <= 1e-12)
      case .median: #expect(abs(member.cumulative(base) - 0.5) <= 1e-11)
      case .mode: #expect(member.mode == base)
      }
    }
  }

  @Test func aUniformTakesItsMiddle() throws {
    let member = try Self.fit(
      Range(family: "uniform", base: 6, low: 2, high: 10), .mean, .minMax)
    #expect(member.support == Support(lower: 2, upper: 10))
    let wide = try Self.fit(Range(family: "uniform", base: 6, low: 2, high: 10), .median, .se)
    #expect(abs(wide.mean - 6) <= 1e-13)
    #expect(abs(wide.standardDeviation - 4) <= 1e-13)
  }

  // MARK: What cannot be

  struct Infeasible: Sendable, CustomTestStringConvertible {
    let range: Range
    let baseIs: Centre
    let reading: RangeReading
    /// Must be in the message.
    let shows: Double

    init(
      _ family: String, _ base: Double, _ low: Double, _ high: Double, _ baseIs: Centre,
      _ reading: RangeReading, shows: Double
    ) {
      range = Range(family: family, base: base, low: low, high: high)
      self.baseIs = baseIs
      self.reading = reading
      self.shows = shows
    }

    var testDescription: String { "\(range.testDescription) \(baseIs) \(reading)" }
  }

  static let infeasible = [
    // Out of order.
    Infeasible("normal", 5, 6, 7, .mean, .ci95, shows: 5),
    Infeasible("normal", 8, 6, 7, .mean, .ci95, shows: 8),
    Infeasible("normal", 5, 7, 3, .mean, .ci95, shows: 7),
    Infeasible("normal", 5, 5, 5, .mean, .ci95, shows: 5),
    Infeasible("pert", 11, 2, 10, .mode, .minMax, shows: 11),
    // No number.
    Infeasible("normal", .nan, 6, 7, .mean, .ci95, shows: .nan),
    Infeasible("normal", 6, -.infinity, 7, .mean, .ci95, shows: -.infinity),
    Infeasible("gamma", 6, 5, .infinity, .mean, .ci95, shows: .infinity),
    Infeasible("pert", 6, .nan, 7, .mean, .minMax, shows: .nan),
    // Outside the family's support.
    Infeasible("gamma", -5, -6, -4, .mean, .ci95, shows: -5),
    Infeasible("lognormal", 0, -1, 1, .mean, .ci95, shows: 0),
    Infeasible("gamma", -5, -6, -4, .median, .ci95, shows: -5),
    Infeasible("gamma", -5, -6, -4, .mode, .ci95, shows: -5),
    Infeasible("beta", 40, 30, 50, .mean, .ci95, shows: 40),
    Infeasible("beta", 40, 30, 50, .median, .ci95, shows: 40),
    Infeasible("beta", 40, 30, 50, .mode, .ci95, shows: 40),
    // Wider than any member.
    Infeasible("beta", 0.5, 0.01, 0.99, .mean, .iqr, shows: 0.5),
    Infeasible("beta", 0.5, 0.01, 0.99, .mode, .iqr, shows: 0.5),
    // A uniform has no mode; its base is the middle of its limits.
    Infeasible("uniform", 6, 2, 10, .mode, .se, shows: 6),
    Infeasible("uniform", 5, 2, 10, .mean, .minMax, shows: 5),
    // Centres that limits rule out.
    Infeasible("triangular", 3, 2, 10, .mean, .minMax, shows: 3),
    Infeasible("triangular", 3, 2, 10, .median, .minMax, shows: 3),
    Infeasible("triangular", 9, 2, 10, .mean, .minMax, shows: 9),
    Infeasible("pert", 2.5, 2, 10, .mean, .minMax, shows: 2.5),
    Infeasible("pert", 2.1, 2, 10, .median, .minMax, shows: 2.1),
  ]

  /// Readings that a family can't have.
  static let impossible = [
    Infeasible("gamma", 5, 2, 10, .mean, .minMax, shows: 5),
    Infeasible("normal", 5, 2, 10, .mean, .minMax, shows: 5),
    Infeasible("pert", 5, 2, 10, .mean, .ci95, shows: 5),
    Infeasible("triangular", 5, 2, 10, .mean, .se, shows: 5),
    Infeasible("constant", 5, 2, 10, .mean, .ci95, shows: 5),
  ]

  @Test(arguments: impossible)
  func impossibleReadingsAreRefused(test: Infeasible) throws {
    let error = #expect(throws: DistributionError.self) {
      try Self.fit(test.range, test.baseIs, test.reading)
    }
    #expect(error?.found.contains(test.range.family) == true)
    #expect(error?.found.contains(test.reading.rawValue) == true)
    #expect(error?.advice.isEmpty == false)
  }

  @Test(arguments: infeasible)
  func infeasibleRangesAreRefused(test: Infeasible) throws {
    let error = #expect(throws: DistributionError.self) {
      try Self.fit(test.range, test.baseIs, test.reading)
    }
    if let error {
      #expect(ValidatorTests.shows(test.shows, error.found), "\(error.found)")
      #expect(!error.expected.isEmpty)
    }
  }

  // MARK: Readings

  @Test func halfWidthsAreNormalQuantiles() throws {
    for reading in RangeReading.allCases {
      guard let z = reading.halfWidth, let ends = reading.probabilities else {
        #expect(reading == .minMax)
        continue
      }
      #expect(abs(Normal.standard.survival(z) - ends.low) <= 1e-16 + 4 * ends.low.ulp)
      #expect(abs(ends.low + ends.high - 1) <= 1e-16)
      #expect(abs(z - (try #require(Self.z[reading]))) < 1e-12)
    }
    #expect(RangeReading(rawValue: "p10-p90") == .p10p90)
    #expect(RangeReading(rawValue: "min-max") == .minMax)
  }
}
