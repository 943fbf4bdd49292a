// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What `simulate base` prints.
public enum BaseReport {
  private static let mostParameters = 12

  public static func text(_ result: BaseResult, folder: String) -> String {
    let scenario = result.scenario
    var text = Excerpt.escaped(scenario.title ?? scenario.name) + "\n"
    text += "  deterministic: all parameters at base, all low, all high\n\n"
    var table = TextTable(header: ["output", "base", "low", "high", "unit"], leftColumns: [0, 4])
    for row in result.rows.prefix(TerminalReport.mostRows) {
      table.add([
        row.name, ReadableNumber.string(row.base), ReadableNumber.string(row.low),
        ReadableNumber.string(row.high),
        Excerpt.shortened(scenario.unit(ofOutput: row.output.index) ?? ""),
      ])
    }
    text += table.text
    if result.rows.count > TerminalReport.mostRows {
      text += "  … and \(result.rows.count - TerminalReport.mostRows) more rows in base.csv\n"
    }
    text += tornado(result)
    if !scenario.notPriced.isEmpty {
      text += "\n  Not priced: "
      text += scenario.notPriced.map { Excerpt.escaped($0) }.joined(separator: "; ") + "\n"
    }
    return text + "\n  Written to \(Excerpt.escaped(folder))/\n"
  }

  /// The parameters that move the decision most, or else the last output that moves.
  private static func tornado(_ result: BaseResult) -> String {
    let inputs = Dictionary(result.oneWay.map { ($0.parameter, $0) }) { first, _ in first }
    let (title, bars) = decision(result) ?? output(result) ?? ("", [])
    if bars.isEmpty { return "" }
    var table = TextTable(
      header: ["one at a time", "from", "to", "at low", "at high", "swing", "ends"],
      leftColumns: [0, 6])
    for bar in bars.sorted(by: { $0.swing > $1.swing }).prefix(mostParameters) {
      guard let input = inputs[bar.parameter] else { continue }
      table.add([
        bar.parameter, input.lowInput.isNaN ? "" : ReadableNumber.string(input.lowInput),
        input.highInput.isNaN ? "" : ReadableNumber.string(input.highInput),
        ReadableNumber.string(bar.low), ReadableNumber.string(bar.high),
        ReadableNumber.string(bar.swing), input.isStated ? "stated" : "implied",
      ])
    }
    return "\n  \(title), one parameter at a time\n\n" + table.text
  }

  private struct Bar {
    let parameter: String
    let low: Double
    let high: Double

    var swing: Double { abs(high - low) }
  }

  /// Incremental net benefit from the first perspective, at the willingness to pay in the middle of the list: of the
  /// strategy that has most of it at base.
  private static func decision(_ result: BaseResult) -> (title: String, bars: [Bar])? {
    guard let wtps = result.scenario.decision?.willingnessToPay,
      let perspective = result.oneWayDecision.first?.perspective
    else { return nil }
    let wtp = wtps[wtps.count / 2]
    let own = result.oneWayDecision.filter {
      $0.perspective == perspective && $0.willingnessToPay == wtp
    }
    guard let best = own.max(by: { $0.base < $1.base }) else { return nil }
    let bars = own.filter { $0.strategy == best.strategy }
      .map { Bar(parameter: $0.parameter, low: $0.low, high: $0.high) }
    let unit = result.scenario.units.decision.willingnessToPay
    var title =
      "incremental net benefit of \(best.strategy) against \(best.comparator) at "
      + ReadableNumber.string(wtp)
    if !unit.isEmpty { title += " \(unit)" }
    if !perspective.isEmpty { title += " from perspective \(perspective)" }
    return (title, bars)
  }

  /// The first row that moves of the last output that has one, else the first of the last output.
  private static func output(_ result: BaseResult) -> (title: String, bars: [Bar])? {
    let series = SeriesColumns(result.scenario)
    let moving = result.oneWay.filter { $0.swing > 0 }
    let rows = moving.isEmpty ? result.oneWay : moving
    guard let last = rows.map(\.output.index).max() else { return nil }
    let names = Set(rows.filter { $0.output.index == last }.map { series.name($0.output) })
    let own = result.oneWay.filter { $0.output.index == last }
      .map {
        (
          name: series.name($0.output),
          bar: Bar(parameter: $0.parameter, low: $0.low, high: $0.high)
        )
      }
    guard let first = own.first(where: { names.contains($0.name) })?.name else { return nil }
    return (first, own.filter { $0.name == first }.map(\.bar))
  }
}
