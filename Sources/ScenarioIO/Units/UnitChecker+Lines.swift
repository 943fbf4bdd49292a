// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Lines that add up to a total, and outputs under the name of what they report.
extension UnitChecker {
  mutating func checkLines() {
    for kind in LineKind.allCases {
      var first: (name: String, unit: Unit)?
      for line in decoder.lines where line.kind == kind {
        guard case .unit(let unit)? = context.measures[line.name]?.kind else { continue }
        guard let known = first else {
          first = (line.name, unit)
          continue
        }
        if known.unit == unit { continue }
        problems.report(
          line.position,
          "the line \(Excerpt.quoted(line.name)) in \(text(unit, beside: known.unit)), beside "
            + "\(Excerpt.quoted(known.name)) in \(text(known.unit, beside: unit))",
          expected: "lines of `\(kind.section)` in one unit",
          advice: UnitAdvice.converting(
            "this line", from: unit, to: known.unit, context.system))
      }
    }
  }

  /// Outputs under the name of what they report.
  mutating func checkReports() {
    for output in decoder.outputs where decoder.reports.contains(output.name) {
      guard let text = output.unit, let unit = unit(text, output.position),
        case .unit(let own)? = context.measures[output.name]?.kind, own != unit
      else { continue }
      problems.report(
        output.position,
        "the output \(Excerpt.quoted(output.name)) in \(self.text(unit, beside: own)), a report of a "
          + "quantity in \(self.text(own, beside: unit))",
        expected: "the same unit", advice: "Leave the unit of the output out.")
    }
  }
}
