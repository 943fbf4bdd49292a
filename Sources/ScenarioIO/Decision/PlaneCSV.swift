// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// `ce-plane.csv`: draws on the cost-effectiveness plane, each strategy against the comparator.
///
/// One row a draw: every k-th iteration, so that at most 10 000 a pair remain; k is in `every`.
enum PlaneCSV {
  static func csv(_ tables: DecisionTables) -> [UInt8] {
    var csv = CSVWriter(header: [
      "variant", "perspective", "strategy", "comparator", "every", "iteration",
      "incremental_effect", "effect_unit", "incremental_cost", "cost_unit",
    ])
    for group in tables.groups {
      let analysis = group.analysis
      let names = analysis.draws.strategies
      for comparison in analysis.comparisons {
        let plane = PlaneDraws(
          analysis.draws, strategy: comparison.strategy, comparator: comparison.comparator)
        for point in plane.points {
          csv.text(group.variant)
          csv.text(group.perspective)
          csv.text(names[plane.strategy])
          csv.text(names[plane.comparator])
          csv.number(plane.step)
          csv.number(point.iteration)
          csv.number(point.effect)
          csv.text(tables.settings.effectUnit)
          csv.number(point.cost)
          csv.text(tables.settings.currency)
          csv.endLine()
        }
      }
    }
    return csv.bytes
  }
}
