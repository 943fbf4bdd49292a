// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Draws as runs make them: with two uniforms where the law takes two, and correlated with one.
@Suite struct ComposedDrawTests {
  static let count = 100_000

  static func draws(_ law: any Distribution, _ name: String) -> [Double] {
    let source = DrawSource(law, name: name, seed: 4)
    var draws = [Double](repeating: 0, count: count)
    draws.withUnsafeMutableBufferPointer { source.fill($0, first: 0) }
    return draws
  }

  /// Kolmogorov's distance, with point masses: from both sides of every value.
  static func distance(_ draws: [Double], _ law: any Distribution) -> Double {
    let sorted = draws.sorted()
    let n = Double(sorted.count)
    var distance = 0.0
    var i = 0
    while i < sorted.count {
      var j = i
      while j + 1 < sorted.count, sorted[j + 1] == sorted[i] { j += 1 }
      let x = sorted[i]
      distance = max(
        distance, abs(law.cumulative(x) - Double(j + 1) / n),
        abs(law.cumulative(x.nextDown) - Double(i) / n))
      i = j + 1
    }
    return distance
  }

  /// √n D exceeds 2.7 with a probability of at most 2 exp(−2 · 2.7²) = 9e-7 for each law.
  @Test(arguments: ComposedReference.laws)
  func kolmogorovSmirnov(name: String) throws {
    let law = try ComposedReference.law(name)
    let distance = Self.distance(Self.draws(law, name), law)
    #expect(distance * Double(Self.count).squareRoot() <= 2.7, "\(distance)")
  }

  /// The mean within 5 Monte Carlo standard errors: a false-alarm rate of 6e-7 each.
  @Test(arguments: ComposedReference.laws)
  func means(name: String) throws {
    let law = try ComposedReference.law(name)
    guard law.variance.isFinite else { return }
    let draws = Self.draws(law, name)
    let mean = draws.reduce(0) { $0 + ($1 - law.mean) } / Double(Self.count)
    let error = (law.variance / Double(Self.count)).squareRoot()
    #expect(abs(mean) <= 5 * error + 1e-12 * abs(law.mean), "off by \(mean / error) MCSE")
  }

  @Test(arguments: ComposedReference.laws)
  func drawsLieInside(name: String) throws {
    let law = try ComposedReference.law(name)
    let support = law.support
    let atoms = Set(law.atoms.map(\.value))
    for x in Self.draws(law, name) where !atoms.contains(x) {
      #expect(x > support.lower && x < support.upper, "\(x)")
    }
  }

  /// A score's draw is the quantile at its tail probability, far out too.
  @Test(arguments: ComposedReference.laws)
  func scoresAreInverted(name: String) throws {
    let law = try ComposedReference.law(name)
    for score in [-8.0, -5.5, -2.1, -0.7, -0.01, 0.02, 0.4, 1.3, 3.3, 6, 8] {
      let p = Normal.standard.survival(abs(score))
      let target = TailProbability(p, side: score < 0 ? .lower : .upper)
      let x = DrawSource.draw(law, score: score, tables: ComposedReference.tables)
      let exact = law.quantile(target)
      if abs(x - exact) <= 8
        * max(exact.ulp, law.support.lower.isFinite ? law.support.lower.ulp : 0)
      {
        continue
      }
      let error = abs(law.tail(x, target.side) - p)
      let slack = 8 * exact.ulp * (law.density(exact).isFinite ? law.density(exact) : 0)
      #expect(error <= 1e-11 + slack && error <= 1e-8 * p + slack, "\(score): \(x), not \(exact)")
    }
  }

  /// Exact zeros with their probability, not values near 0.
  @Test func zeroInflatedCostsHaveZeros() throws {
    let law = try ComposedReference.zeroInflated()
    let draws = Self.draws(law, "zeros")
    let zeros = draws.count { $0 == 0 }
    let n = Double(Self.count)
    #expect(abs(Double(zeros) - 0.35 * n) <= 5 * (0.35 * 0.65 * n).squareRoot())
    #expect(draws.allSatisfy { $0 >= 0 })
    let inverted = DrawSource.draw(law, word: 1 << 61, tables: ComposedReference.tables)
    #expect(inverted == 0 && inverted.sign == .plus)
  }

  /// The component is chosen by another uniform than the value is drawn with.
  @Test func componentsDoNotDependOnTheFirstUniform() throws {
    let law = try Mixture(components: [
      (0.5, Uniform(low: 0, high: 1)), (0.5, Uniform(low: 10, high: 11)),
    ])
    let draws = Self.draws(law, "components")
    let stream = UniformStream(StreamAddress(.draw, name: "components"), seed: 4)
    var sum = 0.0
    for (i, x) in draws.enumerated() {
      let u = UniformStream.uniform(stream.word(iteration: i))
      let second = UniformStream.uniform(stream.word(iteration: i, draw: 1))
      #expect((x > 5) == (second >= 0.5))
      #expect(abs(x - (second >= 0.5 ? 10 : 0) - u) <= 1e-14)
      sum += (x > 5 ? 1 : -1) * (u - 0.5)
    }
    #expect(abs(sum) <= 5 * (Double(Self.count) / 12).squareRoot())
  }

  /// Correlated with another parameter, a mixture still has its own distribution.
  @Test func correlatedMixturesKeepTheirDistribution() throws {
    let law = try ComposedReference.law("mixture bimodal")
    let names = ["mixed", "other"]
    let model = Model(
      parameters: [
        Parameter(name: "mixed", distribution: law),
        Parameter(name: "other", distribution: try Normal(mean: 0, standardDeviation: 1)),
      ], variables: [],
      outputs: names.map {
        Output(name: "\($0)_out", value: .name($0, offset: 0), probabilities: [], histogram: nil)
      },
      correlations: [CorrelationGroup(comonotone: names)])
    let plan = try Plan(model, recordsParameters: true, tables: ComposedReference.tables)
    let keeper = DrawKeeper(plan)
    _ = try Simulation(plan, settings: RunSettings(seed: 1, iterations: Self.count, workers: 1))
      .run(recorder: keeper)
    let mixed = keeper.column("mixed")
    let other = keeper.column("other")
    #expect(Self.distance(mixed, law) * Double(Self.count).squareRoot() <= 2.7)
    for i in stride(from: 0, to: Self.count, by: 977) {
      let u = Normal.standard.cumulative(other[i])
      #expect(abs(law.cumulative(mixed[i]) - u) <= 1e-10)
    }
  }
}
