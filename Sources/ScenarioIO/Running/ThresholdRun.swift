// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Thresholds of single parameters, all others at base: where the preferred strategy changes, and where an
/// output passes 0.
struct ThresholdRun {
  enum Place: String {
    /// Between the parameter's low and high number.
    case inside
    /// Beyond them, at most ten times their distance; of a known number, from 0 to ten times it.
    case outside
    case none
  }

  struct Row {
    let parameter: ScenarioParameter
    /// Place of the output in the plan, or of the perspective and its willingness to pay.
    let output: Output?
    let perspective: String
    let willingnessToPay: Double?
    let from: String
    let to: String
    let value: Double?
    let place: Place
  }

  /// How far beyond low and high is searched, in units of their distance.
  static let reach = 10.0

  private(set) var rows: [Row] = []

  /// - Returns: `nil` when none are asked for.
  init?(_ scenario: Scenario) throws {
    guard let request = scenario.sensitivity.thresholds else { return nil }
    for parameter in scenario.parameters
    where parameter.labels.isEmpty && parameter.each.isEmpty {
      // A known number is searched where it is named.
      guard request.vary?.contains(parameter.name) ?? !parameter.isConstant else { continue }
      try search(scenario, parameter, outputs: request.outputs)
    }
  }

  private mutating func search(
    _ scenario: Scenario, _ parameter: ScenarioParameter, outputs: [String]?
  ) throws {
    let name = parameter.name
    let model = try ScenarioPoints(scenario, varying: [name])
    let (low, high) = (parameter.number(at: .low), parameter.number(at: .high))
    guard low < high || parameter.isConstant, (high - low).isFinite else { return }
    // Within its range the model has to have values.
    let scan = ThresholdSearch.grid(low, high)
    _ = try model.checked([name: scan], order: [name])
    var scans = Scans(model: model.points, name: name)
    for place in model.outputs {
      let output = model.output(place)
      if !(outputs?.contains(output.name) ?? true) { continue }
      let found = find(parameter, low, high) { values in
        scans.outputs(at: values)[place].map { y in
          y.isNaN ? (-1, 0) : (y > 0 ? 1 : 0, abs(y))
        }
      }
      add(found) { change, place in
        func word(_ kind: Int) -> String { kind == 1 ? "above 0" : "0 or below" }
        return Row(
          parameter: parameter, output: output, perspective: "", willingnessToPay: nil,
          from: change.map { word($0.from) } ?? "", to: change.map { word($0.to) } ?? "",
          value: change?.value, place: place)
      }
    }
    for (perspective, strategies) in model.decisions {
      for wtp in scenario.decision?.willingnessToPay ?? [] {
        let found = find(parameter, low, high) { values in
          Self.preferred(strategies, scans.outputs(at: values), values.count, wtp)
        }
        add(found) { change, place in
          Row(
            parameter: parameter, output: nil, perspective: perspective, willingnessToPay: wtp,
            from: change.map { strategies[$0.from].name } ?? "",
            to: change.map { strategies[$0.to].name } ?? "", value: change?.value, place: place)
        }
      }
    }
  }

  /// Outputs along one parameter: what the first scans of every search share is computed once.
  private struct Scans {
    let model: ModelPoints
    let name: String
    private var known: [[Double]: [[Double]]] = [:]

    init(model: ModelPoints, name: String) {
      self.model = model
      self.name = name
    }

    /// The range itself and both sides of it.
    private static let most = 3

    mutating func outputs(at values: [Double]) -> [[Double]] {
      let ends = [values[0], values[values.count - 1]]
      if let columns = known[ends] { return columns }
      let columns = model.outputs(at: [name: values])
      if known.count < Self.most { known[ends] = columns }
      return columns
    }
  }

  /// At each point the strategy with the highest net benefit, the first of equals, and its lead over the next.
  private static func preferred(
    _ strategies: [DecisionColumns.Strategy], _ columns: [[Double]], _ count: Int, _ wtp: Double
  ) -> [(kind: Int, distance: Double)] {
    var best = [(kind: Int, distance: Double)](repeating: (0, 0), count: count)
    var most = [Double](repeating: -.infinity, count: count)
    var next = most
    for (d, strategy) in strategies.enumerated() {
      let effects = strategy.effect.map { columns[$0] }
      let costs = strategy.cost.map { columns[$0] }
      for point in 0..<count {
        let benefit = wtp * (effects?[point] ?? 0) - (costs?[point] ?? 0)
        if benefit.isNaN || best[point].kind < 0 {
          best[point].kind = -1
        } else if benefit > most[point] {
          next[point] = most[point]
          most[point] = benefit
          best[point].kind = d
        } else {
          next[point] = max(next[point], benefit)
        }
      }
    }
    for point in 0..<count where best[point].kind >= 0 {
      best[point].distance = most[point] - next[point]
    }
    return best
  }

  /// Changes inside of the range; where there is none, the nearest one on either side of it.
  private func find(
    _ parameter: ScenarioParameter, _ low: Double, _ high: Double,
    _ classes: ThresholdSearch.Classes
  ) -> [(change: ThresholdSearch.Change?, place: Place)] {
    let inside = ThresholdSearch.changes(from: low, to: high, classes)
    if !inside.isEmpty { return inside.map { ($0, .inside) } }
    let (least, most) = Self.bounds(parameter, low, high)
    var outside: [(change: ThresholdSearch.Change?, place: Place)] = []
    if least < low, least.isFinite,
      let change = ThresholdSearch.changes(from: least, to: low, classes).last
    {
      outside.append((change, .outside))
    }
    if most > high, most.isFinite,
      let change = ThresholdSearch.changes(from: high, to: most, classes).first
    {
      outside.append((change, .outside))
    }
    return outside.isEmpty ? [(nil, .none)] : outside
  }

  /// How far is searched.
  private static func bounds(_ parameter: ScenarioParameter, _ low: Double, _ high: Double)
    -> (least: Double, most: Double)
  {
    if parameter.isConstant { return (min(0, reach * low), max(0, reach * high)) }
    let support = parameter.distribution.support
    let width = reach * (high - low)
    return (max(low - width, support.innermostLower), min(high + width, support.innermostUpper))
  }

  private mutating func add(
    _ found: [(change: ThresholdSearch.Change?, place: Place)],
    _ row: (ThresholdSearch.Change?, Place) -> Row
  ) {
    rows += found.map { row($0.change, $0.place) }
  }

  func write(_ scenario: Scenario, to folder: ResultFolder) throws(OutputError) {
    try folder.write(ThresholdTable.csv(rows, scenario), to: "thresholds.csv")
    if scenario.decision != nil {
      try folder.write(ThresholdTable.decision(rows, scenario), to: "decision-thresholds.csv")
    }
  }
}

/// `thresholds.csv` and `decision-thresholds.csv`.
enum ThresholdTable {
  private static let inputs = ["parameter", "base_input", "low_input", "high_input", "inputs"]
  private static let found = ["from", "to", "threshold", "place", "unit"]

  /// Where outputs pass 0.
  static func csv(_ rows: [ThresholdRun.Row], _ scenario: Scenario) -> [UInt8] {
    let series = SeriesColumns(scenario)
    var csv = CSVWriter(header: inputs + ["output"] + series.header + found)
    for row in rows {
      guard let output = row.output else { continue }
      write(row.parameter, to: &csv)
      csv.text(output.name)
      series.write(output, to: &csv)
      write(row, to: &csv)
    }
    return csv.bytes
  }

  /// Where the preferred strategy changes.
  static func decision(_ rows: [ThresholdRun.Row], _ scenario: Scenario) -> [UInt8] {
    var csv = CSVWriter(header: inputs + ["perspective", "wtp"] + found)
    for row in rows where row.output == nil {
      write(row.parameter, to: &csv)
      csv.text(row.perspective)
      csv.number(row.willingnessToPay)
      write(row, to: &csv)
    }
    return csv.bytes
  }

  private static func write(_ parameter: ScenarioParameter, to csv: inout CSVWriter) {
    csv.text(parameter.name)
    csv.number(parameter.number(at: .base))
    csv.number(parameter.number(at: .low))
    csv.number(parameter.number(at: .high))
    let isStated = parameter.isConstant || parameter.isStated(.low) && parameter.isStated(.high)
    csv.text(isStated ? "stated" : "implied")
  }

  private static func write(_ row: ThresholdRun.Row, to csv: inout CSVWriter) {
    csv.text(row.from)
    csv.text(row.to)
    csv.number(row.value)
    csv.text(row.place.rawValue)
    csv.text(row.parameter.unit)
    csv.endLine()
  }
}
