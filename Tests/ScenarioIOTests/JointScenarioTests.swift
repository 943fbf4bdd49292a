// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Parameters whose labels are drawn together, against the joint distributions by themselves, which
/// Tests/SimCoreTests/Joint holds against theory.
@Suite struct JointScenarioTests {
  static let text = """
    utfall: 1
    dimensions:
      state: [well, ill, dead]
      term: [one, age, sex]
      to: [well, ill, dead]
      week: 0..4
    parameters:
      mix:
        by: state
        dirichlet:
          counts: {well: 15, ill: 3, dead: 0.4}
      stated:
        by: state
        dirichlet:
          means: {well: 70%, ill: 20%, dead: 10%}
          size: 40
      zeros:
        by: state
        dirichlet:
          counts: {well: 5, ill: 0, dead: none}
          prior: jeffreys
      cases:
        by: state
        multinomial:
          n: 50
          probabilities: {well: 0.1, ill: 0.65, dead: 0.25}
      people:
        by: state
        multinomial: {n: 100, probabilities: mix}
      coefficient:
        by: term
        multivariate-normal:
          means: {one: 1, age: -2, sex: 300}
          covariances:
            - [4]
            - [-1.2, 1]
            - [10, 3, 900]
      other:
        by: term
        multivariate-normal:
          means: {one: 0, age: 5, sex: 1}
          sds: {one: 2, age: 0.1, sex: 1}
          correlations: [[1, -0.9, 0], [-0.9, 1, 0.1], [0, 0.1, 1]]
      moves:
        by: [state, to]
        dirichlet:
          counts:
            well: {well: 80, ill: 15, dead: 5}
            ill: {well: 20, ill: 60, dead: 20}
            dead: {well: none, ill: none, dead: 1}
    variables:
      table:
        transitions: state
        rows:
          well: {well: "moves[state = well, to = well]", ill: "moves[state = well, to = ill]", dead: rest}
          ill: {well: "moves[state = ill, to = well]", ill: "moves[state = ill, to = ill]", dead: rest}
          dead: {dead: 1}
      cohort:
        over: week
        by: state
        first: {well: 1, otherwise: 0}
        then: move(previous(cohort), table)
    variants:
      known: {freeze: all}
      more: {set: {mix: {dirichlet: {counts: {well: 150, ill: 30, dead: 4}}}}}
    outputs:
      mix: mix
      stated: stated
      zeros: zeros
      cases: cases
      people: people
      coefficient: coefficient
      other: other
      moves: moves
      all: sum(mix, over = state)
      all_people: sum(people, over = state)
      alive: cohort[week = 4, state = well] + cohort[week = 4, state = ill]
    """

  private static func columns(_ name: String, _ labels: [String], _ draws: [String: [Double]])
    throws -> [[Double]]
  {
    try labels.map { try #require(draws["\(name)[\($0)]"]) }
  }

  /// The engine's joint kernels and the same quantities made of formulas: equal bits.
  @Test func drawsAreThoseOfTheKernels() throws {
    let count = 4096
    let draws = try outputDraws(Self.text, iterations: count)
    func expect(_ name: String, _ labels: [String], _ law: any JointDistribution) throws {
      let own = try Self.columns(name, labels, draws)
      let expected = JointDrawSource(law, name: name, seed: 11).draws(count: count)
      #expect(own == expected, "\(name)")
    }
    let states = ["state = well", "state = ill", "state = dead"]
    let terms = ["term = one", "term = age", "term = sex"]
    try expect("mix", states, try Dirichlet(counts: [15, 3, 0.4]))
    try expect(
      "stated", states, try Dirichlet(means: [0.7, 0.2, 0.1], effectiveSampleSize: 40))
    try expect(
      "cases", states, try Multinomial(trials: 50, probabilities: [0.1, 0.65, 0.25]))
    try expect(
      "coefficient", terms,
      try MultivariateNormal(
        means: [1, -2, 300], covariances: [[4, -1.2, 10], [-1.2, 1, 3], [10, 3, 900]]))
    try expect(
      "other", terms,
      try MultivariateNormal(
        means: [0, 5, 1], standardDeviations: [2, 0.1, 1],
        correlations: [[1, -0.9, 0], [-0.9, 1, 0.1], [0, 0.1, 1]]))
  }

  /// Sums, structural zeros, a multinomial of a Dirichlet, and a Markov chain of Dirichlet rows. Means
  /// within 5 standard errors.
  @Test func sumsAndMeansHold() throws {
    let count = 50_000
    let draws = try outputDraws(Self.text, iterations: count)
    let all = try #require(draws["all"])
    #expect(all.allSatisfy { abs($0 - 1) < 1e-14 })
    #expect(Set(try #require(draws["all_people"])) == [100])
    #expect(Set(try #require(draws["zeros[state = dead]"])) == [0])
    #expect(Set(try #require(draws["moves[state = dead, to = dead]"])) == [1])
    func expect(_ name: String, mean: Double, sd: Double) throws {
      let own = moments(try #require(draws[name]))
      #expect(abs(own.mean - mean) <= 5 * sd / Double(count).squareRoot(), "\(name)")
      #expect(abs(own.sd / sd - 1) < 0.03, "\(name) sd")
    }
    // Beta-binomial: n m (1 − m) (n + A)/(1 + A), A = 18.4.
    let m = 15 / 18.4
    try expect(
      "people[state = well]", mean: 100 * m,
      sd: (100 * m * (1 - m) * (100 + 18.4) / 19.4).squareRoot())
    // 5.5 and 0.5 of 6.
    try expect(
      "zeros[state = ill]", mean: 1.0 / 12, sd: (5.5 * 0.5 / 36 / 7).squareRoot())
    // Rows are independent of each other.
    try expect("moves[state = ill, to = well]", mean: 0.2, sd: (0.2 * 0.8 / 101).squareRoot())
    let alive = moments(try #require(draws["alive"])).mean
    #expect(alive > 0.6 && alive < 0.8)
  }

  @Test(arguments: SamplingMethod.allCases)
  func methodsAndWorkersAgree(_ method: SamplingMethod) throws {
    let one = try outputDraws(Self.text, iterations: 4096, method: method)
    #expect(try outputDraws(Self.text, iterations: 4096, method: method, workers: 3) == one)
    let mix = moments(try #require(one["mix[state = well]"])).mean
    #expect(abs(mix - 15 / 18.4) < 5 * 0.09 / 64)
  }

  @Test func basesAreMeans() throws {
    let result = try BaseResult(try read(Self.text))
    func base(_ name: String) -> Double? { result.rows.first { $0.name == name }?.base }
    #expect(abs((base("mix [well]") ?? .nan) - 15 / 18.4) < 1e-12)
    let rows = result.rows.filter { $0.name.contains("people") }
    #expect(rows.count >= 3)
    for row in rows { #expect(row.low == row.base && row.base == row.high) }
    #expect(abs(rows.prefix(3).reduce(0) { $0 + $1.base } - 100) < 1e-9)
    #expect(result.oneWay.isEmpty)
  }

  @Test func freezingAndSettingActOnAllLabels() throws {
    let known = try outputDraws(Self.text, iterations: 1024) { $0.modelCase == 1 }
    #expect(Set(try #require(known["mix[state = well]"])) == [15 / 18.4])
    #expect(Set(try #require(known["coefficient[term = sex]"])) == [300])
    #expect(Set(try #require(known["cases[state = ill]"])) == [32.5])
    let more = try outputDraws(Self.text, iterations: 1024) { $0.modelCase == 2 }
    #expect(moments(try #require(more["mix[state = well]"])).sd < 0.035)
  }

  @Test func resolvedTableHasEachLabelAlone() throws {
    let parameters = try read(Self.text).parameters
    func parameter(_ name: String) throws -> ScenarioParameter {
      try #require(parameters.first { $0.fullName == name })
    }
    let mix = try parameter("mix[state = ill]")
    #expect(mix.family == "dirichlet" && abs(mix.distribution.mean - 3 / 18.4) < 1e-15)
    #expect(try parameter("coefficient[term = age]").distribution.standardDeviation == 1)
    #expect(abs(try parameter("people[state = well]").distribution.mean - 100 * 15 / 18.4) < 1e-9)
    #expect(try parameter("zeros[state = dead]").isConstant)
  }

  // MARK: Refusals

  @Test(
    arguments: [
      ("dirichlet: {counts: {a: 1, b: 0}}", "8:35 0 as a count"),
      ("dirichlet: {counts: {a: 1}}", "8:17 no value for b of `d`"),
      ("dirichlet: {counts: {a: 1, b: 2, c: 3}}", "8:38 the unknown label `c` of `d`"),
      ("dirichlet: {means: {a: 0.5, b: 0.4}, size: 10}", "8:24 means that add up to 0.9"),
      ("dirichlet: {means: {a: 0.5, b: 0.5}}", "8:5 means without `size`"),
      ("dirichlet: {counts: {a: 5, b: 5}, size: 3}", "8:39 `size` beside `counts`"),
      ("dirichlet: {counts: {a: none, b: none}}", "8:26 a row of nothing but `none`"),
      ("dirichlet: 5", "8:16 the text `5` as `dirichlet`"),
      ("dirichlet: {}", "8:5 `dirichlet` with neither counts nor means"),
      ("dirichlet: {counts: {a: 1, b: 2}, seize: 3}", "8:39 the unknown key `seize`"),
      ("multinomial: {n: 10}", "8:5 `multinomial` without `probabilities`"),
      ("multivariate-normal: {means: {a: 1, b: 2}}", "8:5 `multivariate-normal` with means"),
      (
        "multivariate-normal: {means: {a: 1, b: 2}, covariances: [[1, 2], [2, 1]]}",
        "8:61 a correlation of 2 between 1 and 2"
      ),
      (
        "multivariate-normal: {means: {a: 1, b: 2}, covariances: [[1, x], [2, 1]]}",
        "8:66"
      ),
    ] as [(String, String)])
  func isRefused(_ keys: String, _ expected: String) {
    let text = """
      utfall: 1
      dimensions:
        d: [a, b]
      parameters:
        k: 1
        x:
          by: d
          \(keys)
      outputs:
        y: x
      """
    let found = problems(in: text)
    #expect(found.first?.hasPrefix(expected) == true, "\(found)")
  }

  /// A changed label leaves to the others what it left before; what a perspective did stays when a variant
  /// freezes.
  @Test func changesActOnWhatWasDrawn() throws {
    let text = """
      utfall: 1
      dimensions: {d: [a, b, c]}
      parameters:
        x: {by: d, multinomial: {n: 1000, probabilities: {a: 0.2, b: 0.3, c: 0.5}}}
        p: {value: "gamma(mean = 100, sd = 20)"}
      costs:
        c: p
      perspectives:
        once: {payers: all}
        twice: {payers: all, scale: {p: 2}, shift: {p: 1}}
      variants:
        moved: {shift: {x: 100}}
        more: {scale: {x: 2}}
        known: {freeze: [p]}
      outputs: {x: x, p_out: p + 0}
      """
    let scenario = try ScenarioReader.read(text: text, file: "s.yaml")
    let plan = try scenario.compiled()
    let result = try Simulation(plan, settings: .init(seed: 1, iterations: 2048, workers: 2)).run()
    func means(_ name: String, _ variant: String?, _ perspective: String? = nil) -> [Double] {
      zip(plan.outputs, result.outputs).filter { output, _ in
        let own = scenario.cases[output.modelCase]
        return output.name == name && own.variant == variant
          && (perspective == nil || own.perspective == perspective)
      }.map { $0.1.moments.mean }
    }
    let drawn = means("x", nil)
    #expect(drawn.count == 3 && abs(drawn.reduce(0, +) - 1000) < 1e-9)
    for (changed, own) in zip(means("x", "moved"), drawn) {
      #expect(abs(changed - own - 100) < 1e-9)
    }
    for (changed, own) in zip(means("x", "more"), drawn) { #expect(abs(changed - 2 * own) < 1e-9) }
    #expect(means("p_out", "known", "once") == [100])
    #expect(means("p_out", "known", "twice") == [201])
  }

  @Test func countsOfOneSumAreAskedFor() {
    let text = """
      utfall: 1
      dimensions: {d: [a, b]}
      parameters:
        n: {by: d, value: {a: 10, b: 20}}
        x: {by: d, multinomial: {n: n, probabilities: {a: 0.1, b: 0.9}}}
      outputs: {o: x}
      """
    #expect(
      problems(in: text).contains { $0.contains("`x` with an `n` that varies over `d`") },
      "\(problems(in: text))")
  }

  @Test func aDimensionIsNeeded() {
    let text = scenario(parameters: "a:\n    dirichlet:\n      counts: {u: 1, v: 2}")
    #expect(problems(in: text) == ["6:5 `dirichlet` without `by`"])
  }

  /// Probabilities that don't sum to 1 in some iteration.
  @Test func badProbabilitiesStopTheRun() throws {
    let text = """
      utfall: 1
      dimensions:
        d: [a, b]
      parameters:
        p: beta(2, 2)
        x:
          by: d
          multinomial: {n: 10, probabilities: {a: p, b: 0.5}}
      outputs:
        y: x
      """
    let scenario = try read(text)
    let plan = try scenario.compiled()
    let run = Result { () throws(RunError) in
      try Simulation(
        plan, settings: RunSettings(seed: 1, iterations: 1024, method: .random, workers: 1)
      ).run()
    }
    guard case .failure(.nonFinite(let fault)) = run else {
      Issue.record("it ran")
      return
    }
    #expect(NonFiniteReport.message(fault, scenario).contains("6:3: error: `x"))
  }
}
