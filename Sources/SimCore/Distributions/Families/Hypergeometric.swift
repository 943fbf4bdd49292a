// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The hypergeometric distribution: successes among draws without replacement from a population.
///
/// ```
/// P(X = k) = C(K, k) C(N−K, n−k) / C(N, n);   N population, K successes in it, n draws
/// mean = n K/N,   variance = n (K/N) (1 − K/N) (N−n)/(N−1)
/// ```
/// Numerics: masses by Stirling's formula with deviances whose distances come from exact integer
/// products; tails summed outwards from the mass at k on the side away from the mean.
public struct Hypergeometric: WholeNumberDistribution, Hashable {
  public let population: Double
  public let successes: Double
  public let draws: Double
  /// Terms of the logarithm of the mass that don't depend on k.
  private let margins: Double

  /// - Throws: `DistributionError` unless all are whole, `population` is in 1 … 1e9 and the two others
  ///   in 0 … population.
  public init(population: Double, successes: Double, draws: Double) throws(DistributionError) {
    try Check.whole(population, 1...WholeNumbers.mostTrials, "population")
    try Check.whole(successes, 0...population, "successes")
    try Check.whole(draws, 0...population, "draws")
    self.population = population
    self.successes = successes
    self.draws = draws
    margins =
      Self.stirling(successes) + Self.stirling(population - successes) + Self.stirling(draws)
      + Self.stirling(population - draws) - Self.stirling(population)
  }

  public static let family = Family(
    name: "hypergeometric",
    summary: "cases in a sample drawn without replacement",
    supportText: "max(0, draws + successes − population), …, min(draws, successes)",
    parametrisations: [
      Parametrisation(["population", "successes", "draws"]) { (v) throws(DistributionError) in
        try Hypergeometric(population: v[0], successes: v[1], draws: v[2])
      }
    ],
    source: "Johnson, Kemp and Kotz (2005), section 6.2; Loader (2000)")

  public var parameters: [NamedValue] {
    [
      NamedValue("population", population), NamedValue("successes", successes),
      NamedValue("draws", draws),
    ]
  }
  public var support: Support {
    Support(lower: max(0, draws - (population - successes)), upper: min(draws, successes))
  }
  public var mean: Double { draws * (successes / population) }
  public var variance: Double {
    if population == 1 { return 0 }
    let share = successes / population * ((population - successes) / population)
    return draws * share * ((population - draws) / (population - 1))
  }
  public var mode: Double? {
    uniqueMode(near: (draws + 1) / (population + 2) * (successes + 1))
  }

  /// log x! less x log x − x.
  private static func stirling(_ x: Double) -> Double {
    x == 0 ? 0 : Deviance.stirlingError(x) + 0.5 * Double.log(2 * Double.pi * x)
  }

  /// The part of the logarithm of the mass that one cell of the fourfold table has.
  private static func cell(_ count: Double, distance: Double, expected: Double) -> Double {
    if count == 0 { return expected }
    return stirling(count) + Deviance.deviance(count, distance: distance, at: expected)
  }

  public func mass(_ k: Double) -> Double {
    // K n − k N is exact as a whole number: both products are at most 1e18.
    let product = Int64(successes) * Int64(draws) - Int64(k) * Int64(population)
    let distance = Double(product) / population
    let (others, rest) = (population - successes, population - draws)
    let cells =
      Self.cell(k, distance: distance, expected: successes * (draws / population))
      + Self.cell(successes - k, distance: -distance, expected: successes * (rest / population))
      + Self.cell(draws - k, distance: -distance, expected: others * (draws / population))
      + Self.cell(
        others - draws + k, distance: distance, expected: others * (rest / population))
    return min(Double.exp(margins - cells), 1)
  }

  public func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double {
    let isLower = k < mean
    let sum = isLower ? sumOutwards(from: k, by: -1) : sumOutwards(from: k + 1, by: 1)
    return isLower == (side == .lower) ? sum : max(0, 1 - sum)
  }

  /// The masses of k, k + step, k + 2 step, …, falling.
  ///
  /// Numerics: by ratios of whole numbers, from a fresh mass every 256 terms.
  private func sumOutwards(from k: Double, by step: Double) -> Double {
    let support = support
    var x = k
    var term = mass(x)
    var sum = 0.0
    var count = 0
    while x >= support.lower, x <= support.upper {
      let next = sum + term
      if next == sum { break }
      sum = next
      if step > 0 {
        term *= (successes - x) * (draws - x) / ((x + 1) * (population - successes - draws + x + 1))
      } else {
        term *= x * (population - successes - draws + x) / ((successes - x + 1) * (draws - x + 1))
      }
      x += step
      count += 1
      if count % 256 == 0, x >= support.lower, x <= support.upper { term = mass(x) }
    }
    return min(sum, 1)
  }
}
