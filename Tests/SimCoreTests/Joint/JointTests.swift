// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Draws of joint distributions: what each must be, and samples with fixed seeds.
@Suite struct JointTests {
  static let count = 100_000
  static let tables = TableStore()

  static func draws(_ law: any JointDistribution, _ name: String, count: Int = count) -> [[Double]]
  {
    JointDrawSource(law, name: name, seed: 4, tables: tables).draws(count: count)
  }

  static let laws: [any JointDistribution] = {
    var laws: [any JointDistribution] = []
    func add(_ make: () throws -> any JointDistribution) {
      if let law = try? make() { laws.append(law) }
    }
    add { try Dirichlet(counts: [15, 3, 82, 1]) }
    add { try Dirichlet(counts: [0.2, 0.05, 3]) }
    add { try Dirichlet(means: [0.7, 0.2, 0.1], effectiveSampleSize: 40) }
    add { try Multinomial(trials: 50, probabilities: [0.1, 0.6, 0.05, 0.25]) }
    add { try Multinomial(trials: 100_000, probabilities: [1e-4, 0.5, 0.4999]) }
    add {
      try MultivariateNormal(
        means: [1, -2, 300],
        covariances: [[4, -1.2, 10], [-1.2, 1, 3], [10, 3, 900]])
    }
    add {
      try MultivariateNormal(
        means: [0, 5], standardDeviations: [2, 0.1], correlations: [[1, -0.999], [-0.999, 1]])
    }
    return laws
  }()

  /// Means and covariances within 5 MCSE, each with a false-alarm rate of 6e-7; MCSE of products from the
  /// sample.
  @Test func momentsMeetTheory() {
    #expect(Self.laws.count == 7)
    for (index, law) in Self.laws.enumerated() {
      let columns = Self.draws(law, "law \(index)")
      let means = law.means
      let covariances = law.covariances
      let n = Double(Self.count)
      for i in columns.indices {
        for j in 0...i {
          var (first, second) = (0.0, 0.0)
          for (x, y) in zip(columns[i], columns[j]) {
            let product = (x - means[i]) * (y - means[j])
            first += product
            second += product * product
          }
          let error = ((second / n - first / n * first / n) / n).squareRoot()
          let miss = first / n - covariances[i][j]
          #expect(abs(miss) <= 5 * error, "law \(index), \(i), \(j): \(miss / error) MCSE")
          #expect(covariances[i][j] == covariances[j][i])
        }
        let mean = columns[i].reduce(0) { $0 + ($1 - means[i]) } / n
        let error = law.standardDeviations[i] / n.squareRoot()
        #expect(abs(mean) <= 5 * error, "law \(index), \(i): \(mean / error) MCSE")
      }
    }
  }

  @Test func sharesLieInsideAndAddUp() throws {
    for counts in [[1e-3, 1e-3, 1e-3], [0.001, 500, 2], [1e7, 1e7], [0.2, 0.05, 3]] {
      let columns = Self.draws(try Dirichlet(counts: counts), "shares \(counts)", count: 5000)
      for i in 0..<5000 {
        let shares = columns.map { $0[i] }
        #expect(shares.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(abs(shares.reduce(0, +) - 1) <= 1e-15)
      }
    }
  }

  /// Two components are a beta: Kolmogorov–Smirnov, √n D above 2.7 with a probability of 9e-7 for each.
  @Test(arguments: [[0.001, 0.001], [0.01, 2], [0.3, 0.6], [15, 985], [5, 5]])
  func twoComponentsAreABeta(counts: [Double]) throws {
    let law = try Dirichlet(counts: counts)
    let draws = Self.draws(law, "beta \(counts)")[0].sorted()
    // Shapes of 0.001 have all but 1e-3 at the ends: P(p < x) ≈ x^0.001/2 for x up to one half.
    let n = Double(draws.count)
    var distance = 0.0
    if counts[0] == 0.001 {
      let tiny = Double(draws.count { $0 <= .leastNonzeroMagnitude }) / n
      // exp(−744.44 · 0.001)/2, within 5 MCSE.
      #expect(abs(tiny - 0.2375) <= 5 * (0.2375 * 0.7625 / n).squareRoot(), "\(tiny)")
      return
    }
    let beta = try Beta(alpha: counts[0], beta: counts[1])
    for (i, x) in draws.enumerated() {
      let cumulative = beta.cumulative(x)
      distance = max(distance, cumulative - Double(i) / n, Double(i + 1) / n - cumulative)
    }
    #expect(distance * n.squareRoot() <= 2.7, "\(distance * n.squareRoot())")
  }

  /// The logarithm of a gamma draw is the power law in u where the draw is below every double.
  @Test func shareRatiosFollowThePowerLaw() throws {
    // log(p₁/p₂) of two tiny shapes spans thousands: its quantiles are those of a two-sided exponential.
    let law = try Dirichlet(counts: [0.01, 0.01])
    let draws = Self.draws(law, "ratio")[0]
    for x in [1e-300, 1e-200, 1e-100, 1e-30] {
      let share = Double(draws.count { $0 <= x }) / Double(draws.count)
      // Beta(0.01, 0.01) below x is x^0.01/(0.01 B): B = 199.9673.
      let expected = try Beta(alpha: 0.01, beta: 0.01).cumulative(x)
      let error = (expected * (1 - expected) / Double(draws.count)).squareRoot()
      #expect(abs(share - expected) <= 5 * error, "\(x)")
    }
  }

  @Test func peopleAreWholeAndAllThere() throws {
    let law = try Multinomial(trials: 1000, probabilities: [0.2, 0, 0.5, 0.3, 0])
    let columns = Self.draws(law, "people", count: 3000)
    for i in 0..<3000 {
      let people = columns.map { $0[i] }
      #expect(people.reduce(0, +) == 1000)
      #expect(people.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
      #expect(people[1] == 0 && people[4] == 0)
    }
    let none = try Multinomial(trials: 0, probabilities: [0.5, 0.5])
    #expect(
      Self.draws(none, "none", count: 10)
        == [[0, 0], [0, 0]].map { _ in Array(repeating: 0, count: 10) })
  }

  /// Each margin of a multinomial is a binomial: chi-square over its quantiles, with a false-alarm rate
  /// of 1e-6 for each.
  @Test func marginsAreBinomial() throws {
    let law = try Multinomial(trials: 50, probabilities: [0.1, 0.6, 0.05, 0.25])
    let columns = Self.draws(law, "law 3")
    for (j, p) in law.probabilities.enumerated() {
      let margin = try Binomial(trials: 50, probability: p)
      let fit = ChiSquareFit(columns[j], margin)
      #expect(fit.probability > 1e-6, "\(j): \(fit)")
    }
  }

  @Test func componentsKeepTheirDraws() throws {
    // A component added at the end changes no draw of the others.
    let two = try MultivariateNormal(
      means: [1, 2], standardDeviations: [1, 2], correlations: [[1, 0.3], [0.3, 1]])
    let three = try MultivariateNormal(
      means: [1, 2, 3], standardDeviations: [1, 2, 3],
      correlations: [[1, 0.3, 0.1], [0.3, 1, 0.2], [0.1, 0.2, 1]])
    let small = Self.draws(two, "same", count: 100)
    let large = Self.draws(three, "same", count: 100)
    #expect(small[0] == large[0] && small[1] == large[1])
    // Component 0 has the draws of a parameter of this name.
    let normal = try Normal(mean: 1, standardDeviation: 1)
    let source = DrawSource(normal, name: "same", seed: 4)
    let alone = [Double](unsafeUninitializedCapacity: 100) { buffer, count in
      source.fill(buffer, first: 0)
      count = 100
    }
    for (x, y) in zip(small[0], alone) { #expect(abs(x - y) <= 1e-15 * max(1, abs(y))) }
    // Any even start gives the same draws.
    let later = JointDrawSource(two, name: "same", seed: 4).draws(first: 2, count: 50)
    #expect(later[1] == Array(small[1][2..<52]))
  }

  @Test func faultsAreNamed() {
    func refuses(_ text: String, _ make: () throws(DistributionError) -> any JointDistribution) {
      do throws(DistributionError) {
        _ = try make()
        Issue.record("taken: \(text)")
      } catch {
        #expect("\(error.found)".contains(text), "\(error.found)")
      }
    }
    func normal(_ covariances: [[Double]]) throws(DistributionError) -> any JointDistribution {
      try MultivariateNormal(means: [0, 0], covariances: covariances)
    }
    refuses("1 component") { () throws(DistributionError) in try Dirichlet(counts: [3]) }
    refuses("count 2 = 0") { () throws(DistributionError) in try Dirichlet(counts: [3, 0]) }
    refuses("count 1 = nan") { () throws(DistributionError) in try Dirichlet(counts: [.nan, 2]) }
    refuses("count 1 = 1e-05") { () throws(DistributionError) in try Dirichlet(counts: [1e-5, 2]) }
    refuses("add up to 1.1") { () throws(DistributionError) in
      try Dirichlet(means: [0.5, 0.6], effectiveSampleSize: 10)
    }
    refuses("sample size = -1") { () throws(DistributionError) in
      try Dirichlet(means: [0.5, 0.5], effectiveSampleSize: -1)
    }
    refuses("n = 2.5") { () throws(DistributionError) in
      try Multinomial(trials: 2.5, probabilities: [0.5, 0.5])
    }
    refuses("p 2 = -0.5") { () throws(DistributionError) in
      try Multinomial(trials: 2, probabilities: [1.5 - 0.5, -0.5, 0.5])
    }
    refuses("add up to 0.9") { () throws(DistributionError) in
      try Multinomial(trials: 2, probabilities: [0.5, 0.4])
    }
    refuses("2, 1 and 1, 2") { () throws(DistributionError) in try normal([[1, 0.5], [0.4, 1]]) }
    refuses("variance 2 = 0") { () throws(DistributionError) in try normal([[1, 0], [0, 0]]) }
    refuses("rows of [2, 1]") { () throws(DistributionError) in try normal([[1, 0], [0]]) }
    refuses("between 1 and 2") { () throws(DistributionError) in try normal([[1, 2], [2, 1]]) }
    refuses("covariance 1, 2 = nan") { () throws(DistributionError) in
      try normal([[1, .nan], [.nan, 1]])
    }
    refuses("contradict") { () throws(DistributionError) in
      try MultivariateNormal(
        means: [0, 0, 0], standardDeviations: [1, 1, 1],
        correlations: [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    }
    refuses("correlation 2, 2 = 0.5") { () throws(DistributionError) in
      try MultivariateNormal(
        means: [0, 0], standardDeviations: [1, 1], correlations: [[1, 0], [0, 0.5]])
    }
    refuses("2 means and 1 sds") { () throws(DistributionError) in
      try MultivariateNormal(
        means: [0, 0], standardDeviations: [1], correlations: [[1, 0], [0, 1]])
    }
  }
}
