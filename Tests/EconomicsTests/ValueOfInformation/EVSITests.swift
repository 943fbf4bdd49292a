// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import SimCore
import Testing

@Suite struct EVSITests {
  static let sizes = [1, 10, 100, 1000]
  static let truths = [0.0251272713, 0.0723251204, 0.0821176061, 0.0831946062]

  /// Twelve figures at 4 MCSE: false-alarm rate 8e-4 for another seed.
  @Test func `All methods meet the closed forms for a normal mean`() throws {
    let draws = try TestColumns.difference(100_000, seed: 41)
    let evsi = try EVSI(
      draws, study: .normalMean(parameter: "p1", standardDeviation: 1), seed: 41)
    let weighed = try evsi.importanceSampling(sampleSizes: Self.sizes, willingnessToPay: [1])
    let matched = try evsi.momentMatching(sampleSizes: Self.sizes, willingnessToPay: [1])
    for (index, size) in Self.sizes.enumerated() {
      let regression = try evsi.regression(sampleSize: size, willingnessToPay: [1])[0]
      for estimate in [regression, weighed[index], matched[index]] {
        #expect(estimate.sampleSize == size)
        #expect(abs(estimate.evsi - Self.truths[index]) <= 4 * estimate.mcse, "\(estimate)")
        #expect(estimate.mcse < 0.008)
      }
    }
    #expect(weighed.allSatisfy { ($0.effectiveDraws ?? 0) > 50 })
  }

  /// Conjugate laws: the study's effect on the posterior mean is known in distribution, so that
  /// the methods, which share the draws only, must agree. At 4 joint errors: 1e-4 each.
  @Test func `All methods agree for proportions, rates and two arms`() throws {
    let count = 20_000
    func column(_ law: any Distribution, _ name: String) -> [Double] {
      let source = DrawSource(law, name: name, seed: 42)
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      defer { buffer.deallocate() }
      buffer.initialize(repeating: 0)
      source.fill(buffer, first: 0)
      return Array(buffer)
    }
    let p = column(try Beta(alpha: 8, beta: 12), "p")
    let rate = column(try Gamma(shape: 4, scale: 0.1), "rate")
    let ratio = column(try Normal(mean: -0.4, standardDeviation: 0.5), "ratio")
    let noise = column(try Normal(mean: 0, standardDeviation: 1), "noise")
    let zeros = [Double](repeating: 0, count: count)
    let gain: [Double] = (0..<count).map { (row: Int) -> Double in
      let events: Double = 10 * (p[row] - 0.4) + 6 * (rate[row] - 0.4)
      let effect: Double = 5 * p[row] * ratio[row] + 0.8
      return events - effect + noise[row]
    }
    let draws = try Draws(
      strategies: ["a", "b"], costs: [zeros, zeros], effects: [zeros, gain],
      parameters: [
        DrawColumn(name: "p", values: p), DrawColumn(name: "rate", values: rate),
        DrawColumn(name: "ratio", values: ratio),
      ])
    for study in [
      StudyDesign.proportion(parameter: "p"), .rate(parameter: "rate"),
      .twoArms(baseline: "p", logOddsRatio: "ratio"),
    ] {
      let evsi = try EVSI(draws, study: study, seed: 7)
      let a = try evsi.regression(sampleSize: 40, willingnessToPay: [1])[0]
      let b = try evsi.importanceSampling(sampleSizes: [40], willingnessToPay: [1])[0]
      let error = (a.mcse * a.mcse + b.mcse * b.mcse).squareRoot()
      #expect(abs(a.evsi - b.evsi) <= 4 * error, "\(a) \(b)")
      #expect(a.evsi > 10 * a.mcse && b.evsi > 5 * b.mcse, "\(a) \(b)")
      let c = try evsi.momentMatching(sampleSizes: [40], willingnessToPay: [1])[0]
      let joint = (a.mcse * a.mcse + c.mcse * c.mcse).squareRoot()
      #expect(abs(a.evsi - c.evsi) <= 4 * joint && c.evsi > 5 * c.mcse, "\(a) \(c)")
      let known = try EVPPI(draws).group(study.parameters, willingnessToPay: [1])[0]
      #expect(a.evsi < known.evppi + 4 * known.mcse)
    }
  }

  @Test func `Net benefit of sampling weighs value against cost`() throws {
    let draws = try TestColumns.difference(20_000, seed: 43)
    let evsi = try EVSI(
      draws, study: .normalMean(parameter: "p1", standardDeviation: 1), seed: 1)
    let costs = try StudyCosts(fixed: 10, perParticipant: 1, population: 1000)
    let estimates = try evsi.importanceSampling(
      sampleSizes: Self.sizes, willingnessToPay: [1]
    ).map(costs.netBenefit)
    for estimate in estimates {
      #expect(estimate.cost == 10 + Double(estimate.evsi.sampleSize))
      #expect(estimate.enbs == 1000 * estimate.evsi.evsi - estimate.cost)
      #expect(estimate.mcse == 1000 * estimate.evsi.mcse)
    }
    // 14.1, 52.3, −27.9 and −926.8 in closed form.
    #expect(StudyCosts.best(estimates, willingnessToPay: 1)?.evsi.sampleSize == 10)
    let dear = try StudyCosts(fixed: 1e6, perParticipant: 0, population: 1000)
    #expect(StudyCosts.best(estimates.map { dear.netBenefit($0.evsi) }, willingnessToPay: 1) == nil)
    #expect(throws: ValueOfInformationError.self) {
      try StudyCosts(fixed: .nan, perParticipant: 0, population: 1)
    }
  }

  @Test func `What a design can't mean is refused`() throws {
    let draws = try TestColumns.difference(100, seed: 44)
    #expect(throws: ValueOfInformationError.self) {
      try EVSI(draws, study: .proportion(parameter: "p1"), seed: 1)
    }
    #expect(throws: ValueOfInformationError.self) {
      try EVSI(draws, study: .rate(parameter: "p2"), seed: 1)
    }
    #expect(throws: ValueOfInformationError.self) {
      try EVSI(draws, study: .normalMean(parameter: "p1", standardDeviation: 0), seed: 1)
    }
    #expect(
      throws: ValueOfInformationError.unknownParameter(
        "q", known: ["p1", "p2", "idle", "known"])
    ) { try EVSI(draws, study: .rate(parameter: "q"), seed: 1) }
    let evsi = try EVSI(
      draws, study: .normalMean(parameter: "p1", standardDeviation: 1), seed: 1)
    #expect(throws: ValueOfInformationError.self) {
      try evsi.regression(sampleSize: 0, willingnessToPay: [1])
    }
    for sd in [1e-155, 1e155, .infinity, .nan] {
      #expect(throws: ValueOfInformationError.self) {
        try EVSI(draws, study: .normalMean(parameter: "p1", standardDeviation: sd), seed: 1)
      }
    }
  }

  /// Counts too large to add up: finite, close to perfect information; beyond 1e15 events refused.
  @Test func `Studies of enormous size are as good as knowing`() throws {
    let rate = try TestColumns.normal(2_000, name: "r", seed: 9).map { 9e4 + 1e4 * $0 }
    let draws = try Draws(
      strategies: ["a", "b"],
      costs: [rate.map { _ in 9e4 }, rate], effects: [rate.map { _ in 0 }, rate.map { _ in 0 }],
      parameters: [DrawColumn(name: "r", values: rate)])
    let evsi = try EVSI(draws, study: .rate(parameter: "r"), seed: 1)
    let most = EVPPI(draws).parameter(0, willingnessToPay: [0])[0]
    for estimate in try evsi.regression(sampleSize: 1_000_000_000, willingnessToPay: [0]) {
      #expect(abs(estimate.evsi - most.evppi) <= 3 * most.mcse && estimate.evsi > 0)
      #expect(estimate.mcse.isFinite)
    }
    let long = try EVSI(draws, study: .rate(parameter: "r", followUp: 1e12), seed: 1)
    #expect(throws: ValueOfInformationError.self) {
      try long.regression(sampleSize: 1_000, willingnessToPay: [0])
    }
  }
}

@Suite struct EVPPIGroupTests {
  /// At 4 MCSE: false-alarm rate 6e-5.
  @Test func `All parameters together are worth the EVPI`() throws {
    let draws = try TestColumns.difference(20_000, seed: 51)
    let estimate = try EVPPI(draws).group(["p1", "p2"], willingnessToPay: [1])[0]
    #expect(abs(estimate.evppi - TestColumns.evpi) <= 4 * estimate.mcse)
    #expect(estimate.mcse < 0.01 && estimate.iterations == 20_000)
  }

  /// Incremental net benefit x·y + noise of sd 2: E max(0, xy) = 1/π; no single parameter has any
  /// value. At 4 MCSE.
  @Test func `Parameters that act only together are found`() throws {
    let count = 20_000
    let x = try TestColumns.normal(count, name: "x", seed: 52)
    let y = try TestColumns.normal(count, name: "y", seed: 52)
    let noise = try TestColumns.normal(count, sd: 2, name: "noise", seed: 52)
    let zeros = [Double](repeating: 0, count: count)
    let draws = try Draws(
      strategies: ["a", "b"], costs: [zeros, zeros],
      effects: [zeros, x.indices.map { (row: Int) -> Double in x[row] * y[row] + noise[row] }],
      parameters: [DrawColumn(name: "x", values: x), DrawColumn(name: "y", values: y)])
    let information = EVPPI(draws)
    let both = try information.group(["x", "y"], willingnessToPay: [1])[0]
    #expect(abs(both.evppi - 1 / Double.pi) <= 4 * both.mcse, "\(both)")
    #expect(both.mcse < 0.02)
    #expect(try information.group(["x", "y"], willingnessToPay: [1], workers: 3) == [both])
    let alone = information.parameter(0, willingnessToPay: [1])[0]
    #expect(alone.evppi <= 3 * alone.mcse)
  }

  @Test func `The same parameter twice over, constants and long runs are taken`() throws {
    let draws = try TestColumns.difference(100_000, seed: 53)
    let p1 = draws.parameters[0]
    let doubled = try Draws(
      strategies: draws.strategies, costs: draws.costs, effects: draws.effects,
      parameters: [p1, DrawColumn(name: "copy", values: p1.values.map { 3 * $0 - 1 })]
        + draws.parameters.suffix(2))
    let information = EVPPI(doubled)
    let group = try information.group(["p1", "copy", "known"], willingnessToPay: [1])[0]
    #expect(abs(group.evppi - 0.083315471) <= 4 * group.mcse)
    #expect(group.iterations == 50_000)
    let nothing = try information.group(["known"], willingnessToPay: [1])[0]
    #expect(nothing.evppi == 0 && nothing.mcse == 0)
  }

  @Test func `Groups name parameters of the draws, each once`() throws {
    let information = EVPPI(try TestColumns.difference(50, seed: 54))
    #expect(throws: ValueOfInformationError.noParameters) {
      try information.group([], willingnessToPay: [1])
    }
    #expect(throws: ValueOfInformationError.repeatedParameter("p1")) {
      try information.group(["p1", "p1"], willingnessToPay: [1])
    }
    #expect(throws: ValueOfInformationError.self) {
      try information.group(["p9"], willingnessToPay: [1])
    }
  }
}

@Suite struct OptimalSizeTests {
  private func estimate(_ size: Int, _ enbs: Double, _ mcse: Double) throws -> ENBSEstimate {
    ENBSEstimate(
      evsi: EVSIEstimate(
        method: .regression, sampleSize: size, willingnessToPay: 1, evsi: 0, mcse: 0,
        effectiveDraws: nil), enbs: enbs, mcse: mcse, cost: 0)
  }

  @Test func `Sizes within error of the best stay open, and no study is a size`() throws {
    let estimates = try [
      estimate(10, 50, 1), estimate(20, 58, 1), estimate(30, 60, 1), estimate(40, 55, 1),
    ]
    let best = OptimalSize(estimates)
    #expect(best.sampleSize == 30 && best.enbs == 60 && best.mcse == 1)
    // 60 − 58 ≤ 1.96 · 2, 60 − 55 is not.
    #expect(best.open == 20...30)
    #expect(best.leavesOpen(estimates[1]) && !best.leavesOpen(estimates[3]))
    let weak = OptimalSize(try [estimate(10, 1, 2), estimate(20, -1, 1)])
    #expect(weak.sampleSize == 10 && weak.open == 0...20)
    let none = OptimalSize(try [estimate(10, -5, 1)])
    #expect(none.sampleSize == 0 && none.enbs == 0 && none.open == 0...0)
  }
}
