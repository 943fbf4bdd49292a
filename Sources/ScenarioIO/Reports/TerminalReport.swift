// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What `simulate` prints about scenarios and results.
public enum TerminalReport {
  /// Rows of a result that are shown; the files hold all.
  static let mostRows = 60

  /// The result of a run: one row per output.
  public static func result(_ result: ScenarioResult, of runner: ScenarioRunner) -> String {
    let scenario = result.scenario
    var text = Excerpt.escaped(scenario.title ?? scenario.name) + "\n"
    text += "  \(ReadableNumber.count(result.result.iterations, "iteration")), "
    if runner.method != .random { text += "\(runner.method.rawValue), " }
    text += "seed \(runner.seed), "
    text += "\(ReadableNumber.string(result.seconds, digits: 2)) s\n\n"
    var table = TextTable(
      header: ["output", "mean", "mcse", "sd", "p2.5", "p50", "p97.5", "P(>0)", "unit"],
      leftColumns: [0, 8])
    let series = SeriesColumns(scenario)
    for (item, summary) in zip(result.plan.outputs, result.result.outputs).prefix(mostRows) {
      let output = scenario.outputs[item.index]
      func percentile(_ p: Double) -> String {
        summary.percentiles.first { $0.probability == p }
          .map { ReadableNumber.string($0.value) } ?? ""
      }
      table.add([
        series.name(item), ReadableNumber.string(summary.moments.mean),
        summary.meanStandardError.map { ReadableNumber.string($0, digits: 2) } ?? "",
        summary.moments.standardDeviation.map { ReadableNumber.string($0) } ?? "",
        percentile(0.025), percentile(0.5), percentile(0.975),
        summary.positive.value.map { ReadableNumber.share($0) } ?? "",
        Excerpt.shortened(scenario.units.text(of: output) ?? ""),
      ])
    }
    text += table.text
    if result.plan.outputs.count > mostRows {
      text += "  … and \(result.plan.outputs.count - mostRows) more rows in summary.csv\n"
    }
    for group in result.decision?.groups ?? [] where group.variant.isEmpty {
      guard let settings = result.decision?.settings else { break }
      if !group.perspective.isEmpty { text += "\n  Perspective: \(group.perspective)\n" }
      text += "\n" + DecisionReport.tables(group, settings)
    }
    text += StudyReport.text(result.optima)
    text += ChecksReport.text(result.checks, scenario)
    if let stopped = result.stopped { text += StopReport.text(stopped) }
    for group in scenario.model.correlations {
      guard let adjustment = group.adjustment else { continue }
      text +=
        "\n  Nearest correlations used for \(Excerpt.shortened(group.names.joined(separator: ", ")))"
        + ": largest change \(ReadableNumber.string(adjustment.largestChange, digits: 2))\n"
    }
    if !scenario.notPriced.isEmpty {
      text += "\n  Not priced: "
      text += scenario.notPriced.map { Excerpt.escaped($0) }.joined(separator: "; ") + "\n"
    }
    text += "\n  Written to \(Excerpt.escaped(result.folder))/\n"
    return text
  }

  /// The parameters of a scenario as they were understood.
  ///
  /// - Parameter explained: marks what has no unit.
  public static func parameters(_ scenario: Scenario, explained: Bool = false) -> String {
    var table = TextTable(
      header: ["parameter", "stated", "family", "mean", "sd", "p2.5", "p97.5", "unit"],
      leftColumns: [0, 1, 2, 7])
    for parameter in scenario.parameters {
      let distribution = parameter.distribution
      let isConstant = parameter.isConstant
      func percentile(_ u: Double) -> String {
        isConstant ? "" : ReadableNumber.string(distribution.quantile(cumulative: u))
      }
      table.add([
        parameter.fullName, Excerpt.shortened(parameter.statedText), parameter.family,
        ReadableNumber.string(distribution.mean),
        isConstant ? "" : ReadableNumber.string(distribution.standardDeviation),
        percentile(0.025), percentile(0.975),
        Excerpt.shortened(parameter.unit ?? (explained ? "?" : "")),
      ])
    }
    let uncertain = scenario.parameters.count { !$0.isConstant }
    let parameters = ReadableNumber.count(scenario.parameters.count, "parameter")
    let outputs = ReadableNumber.count(scenario.outputs.count, "output")
    return "\(Excerpt.escaped(scenario.file)): valid; \(parameters), \(uncertain) uncertain, "
      + "\(outputs)\n\n" + table.text + (explained ? "" : unitsUnknown(scenario))
  }

  /// The families of distributions and the ways to give them.
  public static func families() -> String {
    var text = "Families, with the ways to give them in a parameter's value:\n\n"
    for family in FamilyRegistry.all {
      text += "  \(family.name): \(family.summary) (\(family.supportText))\n"
      for way in family.parametrisations {
        let arguments = way.arguments.map { way.allowsPositional ? $0 : "\($0) = …" }
        text += "      \(family.name)(\(arguments.joined(separator: ", ")))\n"
      }
      var ranges: [String] = []
      if family.fromMoments != nil { ranges.append("ci95, ci90, p10-p90, iqr, se") }
      if family.fromBounds != nil { ranges.append("min-max") }
      if !ranges.isEmpty {
        text += "      base (low to high) or base ±x%, read as \(ranges.joined(separator: ", "))\n"
      }
    }
    return text + """

      Every continuous family takes numbers that papers print, as many as it has free, or more
      percentiles, which are then met by least squares; its own arguments may be held beside them:
          gamma(mean = 3, se = 0.4), with sd, variance or cv in place of se
          lognormal(median = 0.45, ci95 = (0.26 to 0.80)), with ci90, ci80, ci50 or iqr
          pert(p5 = 2, p50 = 6, p95 = 14)
          scaled-beta(min = 0, max = 24, p50 = 6, p95 = 14)
      Counted events: 15 of 1000, with family: beta and prior: uniform, jeffreys or none.

      A range needs `family:` and a reading: `ranges:` at the top of the file or `range:` on the
      parameter. fit: moments, width, ends, or for ratios log-midpoint, mean or median, says how it is met;
      docs/scenario-format.md has the formulas.

      """
  }
}
