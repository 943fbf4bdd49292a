// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the terminal shows of a stop rule: why the run ended, and each condition at each size.
enum StopReport {
  static func text(_ record: StopRecord) -> String {
    let reason =
      switch record.reason {
      case .conditionsHold:
        record.rule.conditions.count == 1 ? "the condition holds\n" : "all conditions hold\n"
      case .maximum: "the maximum, before every condition held\n"
      }
    let count = ReadableNumber.count(record.iterations, "iteration")
    var size = ""
    if let points = record.points, let number = record.checks.last?.randomisations {
      size =
        " (\(ReadableNumber.whole(number)) randomisations of \(ReadableNumber.count(points, "point")))"
    }
    var text = "\n  Stopped at \(count)\(size): \(reason)"
    let first = record.checks[0].iterations
    if first > record.rule.minimum {
      text +=
        "  The minimum of \(ReadableNumber.whole(record.rule.minimum)) was rounded up to "
        + "\(ReadableNumber.whole(first)), a number that the method can do\n"
    }
    var table = TextTable(
      header: ["iterations", "condition", "row", "value", "error", "limit", "holds", "needed"],
      leftColumns: [1, 2, 6])
    for check in record.checks {
      for value in check.values {
        table.add([
          ReadableNumber.whole(check.iterations), Excerpt.shortened(value.condition),
          Excerpt.shortened(value.row), value.value.map { ReadableNumber.string($0) } ?? "",
          value.error.map { ReadableNumber.string($0, digits: 2) } ?? "none",
          ReadableNumber.string(value.limit, digits: 2), value.holds ? "yes" : "no",
          value.needed(after: check.iterations).map { ReadableNumber.whole($0) } ?? "",
        ])
      }
    }
    return text + table.text
  }
}
