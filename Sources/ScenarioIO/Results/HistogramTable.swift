// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `histograms.csv`: one row per bin, with an underflow row (bin 0, no lower edge) and an overflow row
/// (last, no upper edge), so that the counts of an output add up to its iterations.
enum HistogramTable {
  static func csv(_ scenario: Scenario, _ plan: Plan, _ result: RunResult) -> [UInt8] {
    let series = SeriesColumns(scenario)
    var csv = CSVWriter(
      header: ["output"] + series.header
        + ["unit", "bin", "lower", "upper", "count", "share", "density"])
    for (item, summary) in zip(plan.outputs, result.outputs) {
      let output = scenario.outputs[item.index]
      guard let histogram = summary.histogram else { continue }
      let edges = histogram.edges
      func row(_ bin: Int, _ lower: Double?, _ upper: Double?, _ count: UInt64) {
        let share = Double(count) / Double(result.iterations)
        csv.text(output.name)
        series.write(item, to: &csv)
        csv.text(scenario.units.text(of: output))
        csv.number(bin)
        csv.number(lower)
        csv.number(upper)
        csv.number(count)
        csv.number(share)
        if let lower, let upper { csv.number(share / (upper - lower)) } else { csv.empty() }
        csv.endLine()
      }
      row(0, nil, edges.lower(ofBin: 0), histogram.underflow)
      for (bin, count) in histogram.counts.enumerated() {
        row(bin + 1, edges.lower(ofBin: bin), edges.upper(ofBin: bin), count)
      }
      row(edges.binCount + 1, edges.upper(ofBin: edges.binCount - 1), nil, histogram.overflow)
    }
    return csv.bytes
  }
}
