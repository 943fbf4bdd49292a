// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// `run: {stop: …}` and `--stop`: a run that is as long as it has to be.
@Suite struct StopTests {
  private static func text(_ stop: String, method: String = "random") -> String {
    """
    utfall: 1
    run:
      seed: 5
      method: \(method)
      stop:
    \(stop)
    parameters:
      x: gamma(mean = 5, sd = 2)
      y: normal(1, 3)
    outputs:
      z: {value: x * y, percentiles: [5, 97.5]}
      w: {value: x + y, percentiles: [50]}

    """
  }

  private static let rule = """
        when:
          - mean of w within 0.7% of sd
          - p97.5 of z within ±0.4
          - P(z > 0) within 0.6%
        minimum: 2048
        maximum: 400 000
    """

  private struct Manifest: Decodable {
    struct Stop: Decodable {
      struct Condition: Decodable {
        let condition: String
        let row: String
        let value: Double?
        let error: Double?
        let limit: Double
        let holds: Bool
      }
      struct Check: Decodable {
        let iterations: Int
        let randomisations: Int?
        let conditions: [Condition]
      }
      let reason: String
      let minimum: Int
      let maximum: Int
      let randomisations: Int?
      let pointsPerRandomisation: Int?
      let checks: [Check]

      enum CodingKeys: String, CodingKey {
        case reason, minimum, maximum, randomisations, checks
        case pointsPerRandomisation = "points_per_randomisation"
      }
    }
    let iterations: Int
    let replicates: Int
    let stop: Stop?
  }

  private func manifest(_ workplace: Workplace, _ folder: String = "results/s") throws -> Manifest {
    try JSONDecoder().decode(
      Manifest.self, from: Data(try workplace.bytes("\(folder)/manifest.json")))
  }

  /// The half-width of a figure as summary.csv gives it.
  private func halfWidth(_ summary: CSVTable, _ output: String, _ figure: String, _ method: String)
    throws -> Double
  {
    let n = try summary.number(output, "iterations")
    // Of 16 randomisations of 128 points each more, in 64 groups at most.
    let t =
      ["latin-hypercube", "sobol"].contains(method)
      ? [2.131449545559323, 2.039513446396408, 1.998340542520741][n < 4096 ? 0 : n < 8192 ? 1 : 2]
      : 1.959963984540054
    switch figure {
    case "mean": return t * (try summary.number(output, "mcse"))
    case "p_positive":
      let p = try summary.number(output, "p_positive")
      let z2 = 1.959963984540054 * 1.959963984540054
      if method == "random" {
        return (z2 * (p * (1 - p) / n + z2 / (4 * n * n))).squareRoot() / (1 + z2 / n)
      }
      return max(t * (try summary.number(output, "p_positive_mcse")), z2 / (2 * (n + z2)))
    default:
      return
        (try summary.number(output, figure + "_high") - summary.number(output, figure + "_low")) / 2
    }
  }

  /// Every check is a run of its own: its figures, its decision, and in the end all bytes. With randomisations
  /// that is the run of a rule that can't hold and has this maximum.
  @Test(arguments: ["random", "latin-hypercube", "sobol", "antithetic"])
  func aStoppedRunIsAPlainRun(method: String) throws {
    let workplace = try Workplace()
    try workplace.write(Self.text(Self.rule, method: method), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "--draws", "-w", "3")
    #expect(outcome.code == 0, "\(outcome)")
    let manifest = try manifest(workplace)
    let stop = try #require(manifest.stop)
    #expect(stop.reason == "conditions-hold" && stop.minimum == 2048 && stop.maximum == 400_000)
    #expect(outcome.output.contains("all conditions hold"))
    #expect(stop.checks.last?.iterations == manifest.iterations)
    #expect(stop.checks.map(\.iterations) == stop.checks.indices.map { 2048 << $0 })
    for check in stop.checks {
      let fixed =
        check.randomisations == nil
        ? ["-i", "\(check.iterations)"]
        : ["--stop", "mean of w mcse 1e-12", "--maximum", "\(check.iterations)"]
      let plain = try workplace.simulate(
        ["run", "s.yaml", "-w", "1", "--draws", "-o", "n\(check.iterations)"] + fixed)
      #expect(plain.code == 0, "\(plain)")
      let summary = try workplace.table("n\(check.iterations)/s/summary.csv")
      let expected = try [
        (halfWidth(summary, "w", "mean", method), 0.007 * summary.number("w", "sd")),
        (halfWidth(summary, "z", "p97.5", method), 0.4),
        (halfWidth(summary, "z", "p_positive", method), 0.006),
      ]
      for (condition, (half, limit)) in zip(check.conditions, expected) {
        #expect(abs((condition.error ?? .nan) - half) <= 1e-9 * half, "\(condition)")
        #expect(abs(condition.limit - limit) <= 1e-12 * limit)
        #expect(condition.holds == (half <= limit))
      }
      let isLast = check.iterations == manifest.iterations
      #expect(check.conditions.allSatisfy(\.holds) == isLast)
      #expect(outcome.output.contains("mean of w within 0.7% of sd"))
    }
    // The first randomisations are those of a plain run, and every check begins with the ones before.
    if method != "random" && method != "antithetic" {
      #expect(stop.pointsPerRandomisation == 128)
      #expect(stop.checks.map(\.randomisations) == stop.checks.indices.map { 16 << $0 })
      #expect(stop.randomisations == manifest.replicates)
      #expect(manifest.replicates == manifest.iterations / 128)
      #expect(
        try workplace.simulate("run", "s.yaml", "-i", "2048", "--draws", "-o", "first").code == 0)
      for file in ["summary.csv", "draws.csv", "histograms.csv"] {
        #expect(try workplace.bytes("first/s/\(file)") == workplace.bytes("n2048/s/\(file)"))
      }
      let all = try workplace.table("results/s/draws.csv").rows
      for check in stop.checks {
        let own = try workplace.table("n\(check.iterations)/s/draws.csv").rows
        #expect(own.count == check.iterations && Array(all.prefix(own.count)) == own)
      }
    } else {
      #expect(stop.randomisations == nil && stop.checks.allSatisfy { $0.randomisations == nil })
    }
    // The folder of a run of the size at which it stopped.
    let files = workplace.content.filter { $0.hasPrefix("results/s/") && $0.hasSuffix(".csv") }
    #expect(files.count >= 8)
    for file in files {
      let plain = file.replacing("results/", with: "n\(manifest.iterations)/")
      #expect(try workplace.bytes(file) == workplace.bytes(plain), "\(file)")
    }
    for workers in [1, 2, 5] {
      #expect(
        try workplace.simulate("run", "s.yaml", "--draws", "-w", "\(workers)", "-o", "w").code == 0)
      for file in files {
        let other = file.replacing("results/", with: "w/")
        #expect(try workplace.bytes(file) == workplace.bytes(other), "\(file) \(workers)")
      }
      #expect(try self.manifest(workplace, "w/s").stop?.checks.count == stop.checks.count)
    }
  }

  @Test(
    arguments: [
      ("random", [2000, 4000, 8000, 11_000]), ("latin-hypercube", [2048, 4096, 8192, 10_240]),
      ("sobol", [2048, 4096, 8192, 10_240]), ("antithetic", [2000, 4000, 8000, 11_000]),
    ])
  func theMaximumEndsIt(method: String, sizes: [Int]) throws {
    let workplace = try Workplace()
    let rule = """
          when: mean of w mcse 1e-9
          minimum: 2000
          maximum: 11000
      """
    try workplace.write(Self.text(rule, method: method), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("the maximum, before every condition held"))
    let stop = try #require(try manifest(workplace).stop)
    #expect(stop.reason == "maximum")
    #expect(stop.checks.map(\.iterations) == sizes)
    #expect(try manifest(workplace).iterations == sizes.last)
  }

  /// A share of 1 is not known at once: the score interval of 1 024 iterations is ± 0.0019.
  @Test func aShareOfOneTakesIterationsToo() throws {
    let workplace = try Workplace()
    let text = Self.text("    - P(w > 0) within 0.0004\n").replacing("x + y", with: "x")
    try workplace.write(text, to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "--minimum", "1024")
    #expect(outcome.code == 0, "\(outcome)")
    // 3.8415 / (2 (n + 3.84)) ≤ 0.0004 from n = 4 798 on.
    #expect(try manifest(workplace).stop?.checks.map(\.iterations) == [1024, 2048, 4096, 8192])
  }

  @Test func optionsReplaceTheRule() throws {
    let workplace = try Workplace()
    try workplace.write(Self.text(Self.rule), to: "s.yaml")
    let outcome = try workplace.simulate(
      "run", "s.yaml", "--stop", "median of w within 0.2", "--stop", "mean of z mcse 0.2")
    #expect(outcome.code == 0, "\(outcome)")
    let stop = try #require(try manifest(workplace).stop)
    #expect(
      stop.checks[0].conditions.map(\.condition)
        == ["median of w within 0.2", "mean of z mcse 0.2"])
    #expect(stop.minimum == 2048 && stop.maximum == 400_000)
    let fixed = try workplace.simulate("run", "s.yaml", "-i", "3000")
    #expect(fixed.code == 0)
    #expect(try manifest(workplace).stop == nil && manifest(workplace).iterations == 3000)
  }

  /// 0.6 % and 0.6 percentage points are one limit of a probability.
  @Test(arguments: ["0.6 pp", "±0.6 pp", "0.6pp", "0.006"])
  func percentagePointsLimitAProbability(limit: String) throws {
    let workplace = try Workplace()
    try workplace.write(Self.text("    - P(z > 0) within \(limit)\n"), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "--minimum", "1024")
    #expect(outcome.code == 0, "\(outcome)")
    let stop = try #require(try manifest(workplace).stop)
    #expect(stop.checks.allSatisfy { $0.conditions.map(\.limit) == [0.006] })
    #expect(stop.checks.last?.conditions.map(\.holds) == [true])
  }

  @Test func acceptabilityStopsARun() throws {
    let workplace = try Workplace()
    try workplace.write(ConvergenceTests.text, to: "s.yaml")
    let outcome = try workplace.simulate(
      "run", "s.yaml", "--stop", "p_best at 30000 within 0.012", "--minimum", "1024")
    #expect(outcome.code == 0, "\(outcome)")
    let manifest = try manifest(workplace)
    let check = try #require(manifest.stop?.checks.last)
    let ceac = try workplace.table("results/s/ceac.csv")
    let row = try #require(
      try ceac.rows.indices.first {
        try ceac.column("wtp")[$0] == "30000" && ceac.column("figure")[$0] == "p_best"
          && ceac.column("strategy")[$0] == check.conditions[0].row
      })
    let p = try #require(Double(try ceac.column("value")[row]))
    #expect(check.conditions[0].value == p)
    let n = Double(manifest.iterations)
    let z2 = 1.959963984540054 * 1.959963984540054
    let half = (z2 * (p * (1 - p) / n + z2 / (4 * n * n))).squareRoot() / (1 + z2 / n)
    #expect(abs((check.conditions[0].error ?? .nan) - half) < 1e-12)
    #expect(half <= 0.012 && manifest.iterations > 1024)
  }

  /// A minimum that a method can't do is rounded up, as iterations are, also past a maximum next to it.
  @Test(arguments: [
    ("latin-hypercube", 1025, 2000, [2048]), ("sobol", 1025, 2000, [2048]),
    ("antithetic", 1025, 1025, [1026]), ("random", 1025, 1025, [1025]),
    ("latin-hypercube", 1025, 9000, [2048, 4096, 8192]),
    ("antithetic", 1025, 3000, [1026, 2050, 3000]),
  ])
  func theMinimumIsRoundedUp(_ method: String, _ minimum: Int, _ maximum: Int, _ sizes: [Int])
    throws
  {
    let workplace = try Workplace()
    try workplace.write(
      Self.text(
        "    when: mean of w mcse 1e-9\n    minimum: \(minimum)\n    maximum: \(maximum)",
        method: method), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml")
    #expect(outcome.code == 0, "\(outcome)")
    let stop = try #require(try manifest(workplace).stop)
    #expect(stop.checks.map(\.iterations) == sizes && stop.minimum == minimum)
    let note = "The minimum of 1 025 was rounded up to \(sizes[0] == 2048 ? "2 048" : "1 026")"
    #expect(outcome.output.contains(note) == (sizes[0] > minimum))
  }

  /// Rules look at errors, not at values, and at few sizes: intervals keep what they promise. Of 200 seeds, a
  /// count below 174 has probability 3e-6 at a coverage of 95 %.
  @Test(arguments: ["random", "latin-hypercube", "sobol"])
  func intervalsOfStoppedRunsHoldTheTruth(method: String) throws {
    let workplace = try Workplace()
    let rule = """
            when: [mean of z within 0.35]
            minimum: 1024
      """
    let limit = ["random": "0.35", "latin-hypercube": "0.2", "sobol": "0.05"][method] ?? ""
    try workplace.write(
      Self.text(rule.replacing("0.35", with: limit), method: method), to: "s.yaml")
    var held = 0
    var sizes: Set<Int> = []
    for seed in 0..<200 {
      let outcome = try workplace.simulate("run", "s.yaml", "-s", "\(seed)", "-q", "-w", "1")
      #expect(outcome.code == 0, "\(outcome)")
      let summary = try workplace.table("results/s/summary.csv")
      sizes.insert(Int(try summary.number("z", "iterations")))
      let error = try summary.number("z", "mcse")
      let half = method == "random" ? 1.959963984540054 * error : try studentHalf(summary)
      #expect(half <= (Double(limit) ?? 0))
      if abs(try summary.number("z", "mean") - 5) <= half { held += 1 }
    }
    #expect(held >= 174, "\(held) of 200")
    // The rule has something to decide.
    #expect(sizes.max() ?? 0 > 1024, "\(sizes)")
  }

  /// Of the mean of z after a minimum of 1 024: 64 points for each randomisation.
  private func studentHalf(_ summary: CSVTable) throws -> Double {
    let groups = try summary.number("z", "iterations") / 64
    let t =
      groups < 32
      ? 2.131449545559323
      : groups < 48 ? 2.039513446396408 : groups < 64 ? 2.011740513729766 : 1.998340542520741
    return t * (try summary.number("z", "mcse"))
  }

  // MARK: Hostile input

  @Test(
    arguments: [
      Refusal(StopTests.text("    - mean of w within 0"), "6:24", "the limit 0", "above 0"),
      Refusal(StopTests.text("    - mean of w within -3"), "6:24", "the limit -3"),
      Refusal(StopTests.text("    - mean of w within NaN"), "6:24", "`NaN`"),
      Refusal(
        StopTests.text("    - mean of ww within 1"), "6:15", "unknown output `ww`",
        "Did you mean `w`?"),
      Refusal(StopTests.text("    - mean of x within 1"), "6:15", "unknown output `x`"),
      Refusal(StopTests.text("    - p90 of z within 1"), "6:8", "p90", "p97.5", "`percentiles`"),
      Refusal(StopTests.text("    - p101 of z within 1"), "6:8", "the percentile 101"),
      Refusal(StopTests.text("    - p_best at 5 within 0.1"), "6:17", "without a decision"),
      Refusal(StopTests.text("    - P(w > 1) within 0.1"), "6:11", "`> 0)`"),
      Refusal(StopTests.text("    - P(w > 0) within 1% of sd"), "6:26", "plain number"),
      Refusal(StopTests.text("    - P(w > 0) within 5"), "6:23", "below 1"),
      Refusal(StopTests.text("    - P(w > 0) within 100 pp"), "6:23", "100 pp", "below 100"),
      Refusal(StopTests.text("    - P(w > 0) within 1% pp"), "6:23", "both % and pp"),
      Refusal(StopTests.text("    - mean of w within 1 pp"), "6:26", "`pp`", "`% of sd`"),
      Refusal(
        StopTests.text("    - P(best) at 300000 within 1 pp"), "6:9", "`P(best)`",
        "Write `p_best at 300000 within 1 pp`."),
      Refusal(StopTests.text("    - P(best) within 0.1"), "6:9", "p_best at 50000"),
      Refusal(StopTests.text("    - mean of w within 5%"), "6:24", "`of sd` or `of mean`"),
      Refusal(
        StopTests.text("    - mean of w within 1 of sd"), "6:24", "1 times the sd",
        "Write 1% of sd"),
      Refusal(StopTests.text("    - mean of w within 100% of mean"), "6:24", "1 times the mean"),
      Refusal(StopTests.text("    - mean w within 5"), "6:12", "`of`"),
      Refusal(StopTests.text("    - mean of w below 5"), "6:17", "`within` or `mcse`"),
      Refusal(StopTests.text("    - mean of w within 5 and so on"), "6:26", "nothing more"),
      Refusal(StopTests.text("    - {mean: w}"), "6:7", "a mapping as a condition"),
      Refusal(StopTests.text("    []"), "6:5", "0 conditions"),
      Refusal(StopTests.text("    minimum: 2000"), "5:3", "`stop` without `when`"),
      Refusal(
        StopTests.text("    when: mean of w within 1\n    minimum: 9000\n    maximum: 8000"),
        "8:14",
        "below the minimum"),
      Refusal(
        StopTests.text("    when: mean of w within 1\n    minimum: 10"), "7:14",
        "from 1024 to 1000000000"),
      Refusal(
        StopTests.text("    when: mean of w within 1\n    maximun: 1e6"), "7:5", "unknown key"),
      Refusal(
        StopTests.text("    - mean of w within 1").replacing("seed: 5", with: "iterations: 5"),
        "3:3",
        "`iterations` beside `stop`"),
    ])
  func refused(refusal: Refusal) throws { try refusal.check() }

  @Test(
    arguments: [
      (["--stop", "mean of w within 0"], "the limit 0"),
      (["--stop", "mean of q within 1"], "unknown output `q`"),
      (["--stop", "p1 of z within 1"], "no percentile of `z`"),
      (["--stop", ""], "the end of the condition"),
      (["--maximum", "5"], "expected 1024 to"),
      (["--maximum", "5000", "--minimum", "6000"], "below the minimum"),
      (["--stop", "mean of w within 1", "-i", "5"], "beside a stop rule"),
    ] as [([String], String)])
  func optionsRefused(options: [String], words: String) throws {
    let workplace = try Workplace()
    try workplace.write(Self.text(Self.rule), to: "s.yaml")
    let outcome = try workplace.simulate(["run", "s.yaml"] + options)
    #expect(outcome.code == 64, "\(outcome)")
    #expect(outcome.errors.contains(words), "\(outcome)")
    #expect(workplace.content == ["s.yaml"])
  }

  @Test func boundsNeedARule() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "--maximum", "5000")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("without a stop rule"))
    #expect(workplace.content == ["s.yaml"])
  }
}
