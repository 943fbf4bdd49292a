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

  /// The parameters that move the last output of the scenario most.
  private static func tornado(_ result: BaseResult) -> String {
    guard let target = result.oneWay.map(\.output.index).max() else { return "" }
    let series = SeriesColumns(result.scenario)
    let own = result.oneWay.filter { $0.output.index == target }
    guard let first = own.first.map({ series.name($0.output) }) else { return "" }
    let rows = own.filter { series.name($0.output) == first }.sorted { $0.swing > $1.swing }
    var table = TextTable(
      header: ["one at a time", "from", "to", "at low", "at high", "swing", "ends"],
      leftColumns: [0, 6])
    for row in rows.prefix(mostParameters) {
      table.add([
        row.parameter, row.lowInput.isNaN ? "" : ReadableNumber.string(row.lowInput),
        row.highInput.isNaN ? "" : ReadableNumber.string(row.highInput),
        ReadableNumber.string(row.low), ReadableNumber.string(row.high),
        ReadableNumber.string(row.swing), row.isStated ? "stated" : "implied",
      ])
    }
    return "\n  \(first), one parameter at a time\n\n" + table.text
  }
}
