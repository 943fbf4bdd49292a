// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Those who a decision is for, as discounted persons.
///
/// ```
/// effective population = Σ_t incidence_t · uptake_t / (1 + r)^t        t = 0 … horizon − 1
/// ```
/// The first year is not discounted. Incidence and uptake are given for all years alike or year by year.
///
/// Source: Philips, Claxton and Palmer (2008), doi:10.1177/0272989X07312724.
public struct Population: Sendable, Hashable {
  /// Persons a year, one number for each year of the horizon.
  public let incidence: [Double]
  /// Share of them whom the decision reaches, one number for each year of the horizon.
  public let uptake: [Double]
  /// Per year.
  public let discountRate: Double

  public var horizon: Int { incidence.count }

  /// Longest horizon.
  public static let longestHorizon = 1000

  /// - Parameters:
  ///   - incidence: one number, or one for each year; 0 to 1e15.
  ///   - horizon: years, 1 to 1000.
  ///   - discountRate: per year, from 0 on and below 1, 0.04 for 4 %.
  ///   - uptake: one number, or one for each year; in 0 … 1.
  /// - Throws: `PopulationError` for anything else.
  public init(
    incidence: [Double], horizon: Int, discountRate: Double, uptake: [Double] = [1]
  ) throws(PopulationError) {
    guard (1...Self.longestHorizon).contains(horizon) else { throw .horizon(horizon) }
    guard discountRate >= 0, discountRate < 1 else { throw .discountRate(discountRate) }
    if let value = incidence.first(where: { !($0 >= 0 && $0 <= 1e15) }) { throw .incidence(value) }
    if let value = uptake.first(where: { !($0 >= 0 && $0 <= 1) }) { throw .uptake(value) }
    self.incidence = try Self.yearly(incidence, horizon, "incidence")
    self.uptake = try Self.yearly(uptake, horizon, "uptake")
    self.discountRate = discountRate
  }

  private static func yearly(_ values: [Double], _ horizon: Int, _ name: String)
    throws(PopulationError) -> [Double]
  {
    if values.count == horizon { return values }
    guard values.count == 1 else {
      throw .years(name: name, count: values.count, horizon: horizon)
    }
    return Array(repeating: values[0], count: horizon)
  }

  /// Discounted persons whom the decision reaches over the horizon.
  public var effective: Double {
    var sum = 0.0
    var factor = 1.0
    for t in incidence.indices {
      sum += incidence[t] * uptake[t] / factor
      factor *= 1 + discountRate
    }
    return sum
  }
}

/// Why numbers are not a population.
public enum PopulationError: Error, Sendable, Hashable, CustomStringConvertible {
  case horizon(Int)
  case discountRate(Double)
  case incidence(Double)
  case uptake(Double)
  case years(name: String, count: Int, horizon: Int)

  public var description: String {
    switch self {
    case .horizon(let years):
      "a horizon of \(years) years; expected 1 to \(Population.longestHorizon)"
    case .discountRate(let rate):
      "a discount rate of \(rate); expected 0 or more and below 1, such as 0.04 for 4 % a year"
    case .incidence(let value): "an incidence of \(value); expected 0 to 1e15 persons a year"
    case .uptake(let value): "an uptake of \(value); expected a share, 0 to 1"
    case .years(let name, let count, let horizon):
      "\(count) numbers for \(name); expected one for all years, or \(horizon), one for each year"
    }
  }
}
