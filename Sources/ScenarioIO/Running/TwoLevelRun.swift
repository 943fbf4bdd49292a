// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import SimCore
internal import Synchronization

/// EVPPI by simulating the model again, beside the regression's: a check that shares no assumption with it.
struct TwoLevelRun {
  /// One parameter or group from one perspective.
  struct Check {
    let perspective: String
    let item: ScenarioTwoLevel.Item
    /// By willingness to pay; empty where the conditional draws are not known.
    let estimates: [TwoLevelEVPPI.Estimate]
    /// By willingness to pay; empty for rows, whose draws are no column that could be regressed on.
    let regression: [EVPPIEstimate]
    /// By willingness to pay.
    let evpi: [Double: Double]
    /// Why there are no estimates.
    let refusal: String?
  }

  let checks: [Check]
  let request: ScenarioTwoLevel
  private let willingnessToPay: [Double]

  init(
    _ scenario: Scenario, _ decision: ScenarioDecision, _ request: ScenarioTwoLevel,
    regression: InformationValues, settings: RunSettings, tables: TableStore, control: RunControl
  ) throws {
    self.request = request
    willingnessToPay = decision.willingnessToPay
    var settings = settings
    settings.method = .random
    settings.seed = Resimulation.seed(settings.seed, 1)
    settings.iterations = request.outer * request.inner
    let model = scenario.decisionModel(decision, scenario.withoutVariants(scenario.model))
    let perspectives: [String] =
      scenario.perspectives.isEmpty ? [""] : scenario.perspectives.map(\.name)
    var checks: [Check] = []
    for item in request.items(scenario, decision) {
      func add(
        _ place: Int, _ estimates: [TwoLevelEVPPI.Estimate], _ refusal: String?
      ) throws {
        checks.append(
          Check(
            perspective: perspectives[place], item: item, estimates: estimates,
            regression: try regression.estimates(item.parameters, perspective: perspectives[place]),
            evpi: regression.evpi(perspective: perspectives[place]), refusal: refusal))
      }
      let known: Resimulation
      do throws(Resimulation.Refusal) {
        known = try Resimulation(scenario, model, known: item.parameters)
      } catch {
        for place in perspectives.indices { try add(place, [], error.description) }
        continue
      }
      let plan = try scenario.compiled(known.model, tables: tables)
      let outer = DrawOverrides.Stream.held(
        seed: Resimulation.seed(settings.seed, 2), span: request.inner)
      let simulation = Simulation(
        plan, settings: settings,
        overrides: DrawOverrides(
          streams: Dictionary(
            known.streams.map { ($0, outer) }, uniquingKeysWith: { first, _ in first })))
      let sums = InnerSums(
        perspectives.indices.map { DecisionColumns.strategies(scenario, plan, case: $0) },
        inner: request.inner)
      do throws(RunError) {
        try simulation.record(sums, control: control)
      } catch {
        throw error.told {
          let (outer, inner) = $0.quotientAndRemainder(dividingBy: request.inner)
          return "the two-level check of \(Excerpt.quoted(item.name)), outer draw \(outer + 1), "
            + "inner draw \(inner + 1)"
        }
      }
      for place in perspectives.indices {
        try add(place, sums.estimates(place, decision.willingnessToPay), nil)
      }
    }
    self.checks = checks
  }

  func write(to folder: ResultFolder, currency: String) throws(OutputError) {
    try folder.write(
      EVPPICheckTable.csv(self, willingnessToPay: willingnessToPay, currency: currency),
      to: "evppi-check.csv")
  }
}

/// Sums of costs and effects over the inner draws of every outer one, block by block.
private final class InnerSums: DrawRecorder {
  /// What a block holds of one half of one outer draw, for every perspective.
  private struct Part {
    let outer: Int
    let isSecond: Bool
    var sums: [TwoLevelEVPPI.InnerSums]
  }

  private let strategies: [[DecisionColumns.Strategy]]
  private let inner: Int
  private let blocks = Mutex<[Int: [Part]]>([:])

  init(_ strategies: [[DecisionColumns.Strategy]], inner: Int) {
    self.strategies = strategies
    self.inner = inner
  }

  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) {
    let first = block * Plan.blockLength
    let count = columns.first?.count ?? 0
    var parts: [Part] = []
    var place = 0
    while place < count {
      let iteration = first + place
      let half = iteration / (inner / 2)
      let end = min(count, (half + 1) * (inner / 2) - first)
      let sums = strategies.map { strategies in
        var sums = TwoLevelEVPPI.InnerSums(strategies: strategies.count)
        sums.count = end - place
        for (d, strategy) in strategies.enumerated() {
          if let cost = strategy.cost { sums.costs[d] = Self.sum(columns[cost], place..<end) }
          if let effect = strategy.effect {
            sums.effects[d] = Self.sum(columns[effect], place..<end)
          }
        }
        return sums
      }
      parts.append(Part(outer: half / 2, isSecond: half & 1 == 1, sums: sums))
      place = end
    }
    blocks.withLock { $0[block] = parts }
  }

  func abandon() {}

  private static func sum(_ values: UnsafeBufferPointer<Double>, _ range: Range<Int>) -> Double {
    var sum = 0.0
    for i in range { sum += values[i] }
    return sum
  }

  /// Added in the order of blocks, whoever made them.
  func estimates(_ perspective: Int, _ willingnessToPay: [Double]) -> [TwoLevelEVPPI.Estimate] {
    let count = strategies[perspective].count
    var check = TwoLevelEVPPI(strategies: count, willingnessToPay: willingnessToPay)
    let empty = TwoLevelEVPPI.InnerSums(strategies: count)
    var halves = [empty, empty]
    var outer = 0
    let blocks = blocks.withLock { $0 }
    func finish() {
      check.add(halves[0], halves[1])
      halves = [empty, empty]
    }
    for block in blocks.keys.sorted() {
      for part in blocks[block] ?? [] {
        if part.outer != outer { finish() }
        outer = part.outer
        halves[part.isSecond ? 1 : 0].add(part.sums[perspective])
      }
    }
    finish()
    return check.estimates()
  }
}

extension TwoLevelEVPPI.InnerSums {
  fileprivate mutating func add(_ other: Self) {
    count += other.count
    for d in costs.indices {
      costs[d] += other.costs[d]
      effects[d] += other.effects[d]
    }
  }
}
