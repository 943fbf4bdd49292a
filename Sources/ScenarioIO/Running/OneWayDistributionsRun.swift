// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore

/// One parameter at its low and high number, all others drawn from their distributions: conditional means of
/// the outputs.
///
/// Members of the parameter's correlation group follow their conditional distribution; all cases share the
/// other draws, so that errors of swings are those of paired draws.
struct OneWayDistributionsRun {
  struct Row {
    let parameter: [ScenarioParameter]
    let output: Output
    let base: Estimate
    let low: Estimate
    let high: Estimate
    let swing: Estimate
    let followsPartners: Bool
  }

  private static let mostIterations = 65_536
  /// The most values kept in memory: 256 MB.
  private static let mostValues = 1 << 25

  let rows: [Row]
  let iterations: Int

  /// - Returns: `nil` when it is not asked for, or nothing varies.
  init?(_ scenario: Scenario, settings: RunSettings, tables: TableStore, control: RunControl) throws
  {
    guard scenario.oneWay?.others == .distributions else { return nil }
    let model = scenario.withoutVariants(scenario.model)
    let plan = try scenario.compiled(model, tables: tables)
    let outputs = plan.outputs.indices.filter { plan.constantValue(ofOutput: $0) == nil }
    var settings = settings
    settings.method = .random
    settings.seed = Resimulation.seed(settings.seed, 5)
    settings.iterations = min(
      settings.iterations, Self.mostIterations,
      max(1024, Self.mostValues / (3 * plan.outputs.count)))
    guard settings.iterations > 1, !outputs.isEmpty else { return nil }
    func draws(_ plan: Plan, _ overrides: DrawOverrides, _ words: String) throws -> [[Double]] {
      do throws(RunError) {
        return try Simulation(plan, settings: settings, overrides: overrides)
          .draws(control: control)
      } catch {
        throw error.told { "draw \($0 + 1) of `one_way`, \(words)" }
      }
    }
    let base = try draws(plan, DrawOverrides(), "all from their distributions")
    let correlated = Set(model.correlations.flatMap(\.names))
    var rows: [Row] = []
    for (name, own) in Self.varied(scenario) {
      var plan = plan
      let known: Resimulation
      do throws(Resimulation.Refusal) {
        known = try Resimulation(scenario, model, known: [name])
      } catch {
        continue
      }
      if correlated.contains(name) { plan = try scenario.compiled(known.model, tables: tables) }
      func moved(_ level: StatedLevel) throws -> [[Double]] {
        var overrides = DrawOverrides(values: [name: .labels(own.map { $0.number(at: level) })])
        if correlated.contains(name) {
          overrides.streams[name] = .fixedByLabel(
            own.map { cell in
              // Cells that are known have no draws.
              let u = cell.isConstant ? 0.5 : cell.distribution.cumulative(cell.number(at: level))
              return min(max(u, 0x1p-52), 1 - 0x1p-52)
            })
        }
        return try draws(
          plan, overrides, "\(Excerpt.quoted(name)) at its \(level.rawValue) number")
      }
      let (low, high) = (try moved(.low), try moved(.high))
      for index in outputs {
        let output = plan.outputs[index]
        // What a perspective sets stays as it sets it.
        let isSet =
          scenario.perspectives.indices.contains(output.modelCase)
          && scenario.perspectives[output.modelCase].changes.names.contains(name)
        let ends = isSet ? (base[index], base[index]) : (low[index], high[index])
        let swing = Self.mean(zip(ends.0, ends.1).map { $1 - $0 })
        rows.append(
          Row(
            parameter: own, output: output, base: Self.mean(base[index]), low: Self.mean(ends.0),
            high: Self.mean(ends.1),
            swing: Estimate(
              abs(swing.value), monteCarloStandardError: swing.monteCarloStandardError),
            followsPartners: correlated.contains(name)))
      }
    }
    self.rows = rows
    iterations = settings.iterations
  }

  /// The parameters to move, with their cells.
  private static func varied(_ scenario: Scenario) -> [(String, [ScenarioParameter])] {
    var names: [String] = []
    for parameter in scenario.parameters
    where !parameter.isConstant && parameter.each.isEmpty && parameter.joint == nil
      && parameter.uncertain == nil && !names.contains(parameter.name)
      && scenario.oneWay?.vary?.contains(parameter.name) ?? true
    {
      names.append(parameter.name)
    }
    return names.map { name in (name, scenario.parameters.filter { $0.name == name }) }
  }

  private static func mean(_ values: [Double]) -> Estimate {
    let origin = values.first ?? 0
    let n = Double(values.count)
    let mean = values.reduce(0) { $0 + ($1 - origin) } / n + origin
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Estimate(mean, monteCarloStandardError: (squares / (n - 1) / n).squareRoot())
  }

  func write(_ scenario: Scenario, to folder: ResultFolder) throws(OutputError) {
    try folder.write(
      OneWayDistributionsTable.csv(self, scenario), to: "one-way-distributions.csv")
  }
}

/// `one-way-distributions.csv`: `one-way.csv` with the others drawn, and errors.
enum OneWayDistributionsTable {
  static func csv(_ run: OneWayDistributionsRun, _ scenario: Scenario) -> [UInt8] {
    let series = SeriesColumns(scenario)
    let figures = ["base", "low", "high", "swing"].flatMap { [$0, $0 + "_mcse"] }
    var csv = CSVWriter(
      header: ["parameter", "low_input", "high_input", "inputs", "partners", "output"]
        + series.header + ["unit"] + figures + ["iterations"])
    for row in run.rows {
      let one = row.parameter.count == 1 ? row.parameter[0] : nil
      csv.text(row.parameter[0].name)
      csv.number(one?.number(at: .low))
      csv.number(one?.number(at: .high))
      csv.text(
        row.parameter.allSatisfy { $0.isStated(.low) && $0.isStated(.high) }
          ? "stated" : "implied")
      csv.text(row.followsPartners ? "conditional" : "independent")
      csv.text(row.output.name)
      series.write(row.output, to: &csv)
      csv.text(scenario.unit(ofOutput: row.output.index))
      for estimate in [row.base, row.low, row.high, row.swing] {
        csv.number(estimate.value)
        csv.number(estimate.monteCarloStandardError)
      }
      csv.number(run.iterations)
      csv.endLine()
    }
    return csv.bytes
  }
}
