// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Incremental net monetary benefit of a strategy against the comparator, with one parameter at its low and high
/// number and all others at base.
///
/// ```
/// INMB = λ Δe − Δc
/// ```
struct OneWayDecisionRow {
  let parameter: String
  let perspective: String
  let willingnessToPay: Double
  let strategy: String
  let comparator: String
  let base: Double
  let low: Double
  let high: Double

  var swing: Double { abs(high - low) }

  /// - Parameters:
  ///   - plan: cases of the base, then of each name low and high, each from every perspective.
  ///   - first: index of the decision's cost among the outputs; its effect comes next.
  /// - Returns: none where cost or effect has no finite value in some case.
  static func rows(
    _ scenario: Scenario, _ plan: Plan, _ names: [String], first: Int, perspectives: Int
  ) -> [OneWayDecisionRow] {
    guard let decision = scenario.decision else { return [] }
    var columns: [[(label: String?, value: Double)]] = Array(
      repeating: [], count: 2 * perspectives * (1 + 2 * names.count))
    for (place, output) in plan.outputs.enumerated() where output.index >= first {
      guard let value = plan.constantValue(ofOutput: place), value.isFinite else { return [] }
      columns[2 * output.modelCase + output.index - first]
        .append((output.labels.first?.label, value))
    }
    /// Of cost (0) or effect (1); one value may hold for all strategies.
    func value(_ kind: Int, _ strategy: String?, _ place: Int) -> Double {
      guard let strategy else { return 0 }
      let own = columns[2 * place + kind]
      return (own.first { $0.label == strategy } ?? own.first)?.value ?? 0
    }
    let strategies: [String] =
      scenario.strategies.isEmpty ? ["programme"] : scenario.strategies
    // A single strategy stands against nothing, which costs nothing and has no effect.
    let comparator: String? =
      strategies.count > 1 ? scenario.comparator ?? strategies[0] : nil
    return names.indices.flatMap { place in
      (0..<perspectives).flatMap { perspective in
        decision.willingnessToPay.flatMap { wtp in
          strategies.filter { $0 != comparator }.map { strategy in
            func benefit(_ step: Int) -> Double {
              let place = perspective + perspectives * step
              let effect = value(1, strategy, place) - value(1, comparator, place)
              return wtp * effect - (value(0, strategy, place) - value(0, comparator, place))
            }
            return OneWayDecisionRow(
              parameter: names[place],
              perspective: scenario.perspectives.isEmpty
                ? "" : scenario.perspectives[perspective].name,
              willingnessToPay: wtp, strategy: strategy, comparator: comparator ?? "nothing",
              base: benefit(0), low: benefit(1 + 2 * place), high: benefit(2 + 2 * place))
          }
        }
      }
    }
  }
}

/// `one-way-decision.csv`: incremental net monetary benefit with one parameter at its low and high number.
enum OneWayDecisionTable {
  static func csv(_ result: BaseResult) -> [UInt8] {
    var csv = CSVWriter(
      header: [
        "parameter", "low_input", "high_input", "inputs", "perspective", "strategy", "comparator",
        "wtp",
        "unit", "base", "low", "high", "swing",
      ])
    let inputs = Dictionary(result.oneWay.map { ($0.parameter, $0) }) { first, _ in first }
    for row in result.oneWayDecision {
      let moved = inputs[row.parameter]
      csv.text(row.parameter)
      csv.number(moved.flatMap { $0.lowInput.isNaN ? nil : $0.lowInput })
      csv.number(moved.flatMap { $0.highInput.isNaN ? nil : $0.highInput })
      csv.text(moved?.isStated == true ? "stated" : "implied")
      csv.text(row.perspective)
      csv.text(row.strategy)
      csv.text(row.comparator)
      csv.number(row.willingnessToPay)
      csv.text(result.scenario.currency)
      csv.number(row.base)
      csv.number(row.low)
      csv.number(row.high)
      csv.number(row.swing)
      csv.endLine()
    }
    return csv.bytes
  }
}
