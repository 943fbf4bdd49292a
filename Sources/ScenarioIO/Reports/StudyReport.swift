// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// What `simulate` prints about studies: the size with the highest expected net benefit of sampling.
enum StudyReport {
  /// Rows that are printed; enbs.csv holds all.
  private static let mostRows = 20

  static func text(_ optima: [StudyValues.Optimum]) -> String {
    if optima.isEmpty { return "" }
    let perspectives = Set(optima.map(\.result.perspective)).count > 1
    var table = TextTable(
      header: ["study", "method", "wtp", "best size", "from", "to", "ENBS", "mcse"],
      leftColumns: [0, 1])
    for item in optima.prefix(mostRows) {
      let name = item.result.study.name
      table.add([
        Excerpt.shortened(perspectives ? "\(name) [\(item.result.perspective)]" : name),
        item.method.rawValue, ReadableNumber.string(item.willingnessToPay),
        item.size.sampleSize == 0 ? "no study" : ReadableNumber.whole(item.size.sampleSize),
        ReadableNumber.whole(item.size.open.lowerBound),
        ReadableNumber.whole(item.size.open.upperBound), ReadableNumber.string(item.size.enbs),
        ReadableNumber.string(item.size.mcse, digits: 2),
      ])
    }
    let rest =
      optima.count > mostRows ? "  … and \(optima.count - mostRows) more in enbs.csv\n" : ""
    return "\n  Studies: the size with the highest ENBS, and the sizes that its error leaves open\n"
      + table.text + rest
  }
}
