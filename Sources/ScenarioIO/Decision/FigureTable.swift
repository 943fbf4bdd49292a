// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// A tidy table of figures: one figure a row, beside the names of what it is a figure of.
///
/// ```
/// variant, perspective, strategy, comparator, wtp, wtp_unit, figure, value, mcse, mc95_low, mc95_high, unit
/// ```
/// `mcse` is the Monte Carlo standard error, `mc95_low` and `mc95_high` the ends of a 95 % interval of
/// Monte Carlo error where it is not `value` ± 1.96 `mcse`. Tables may put columns of their own between.
struct FigureTable {
  /// What the rows that follow are figures of.
  struct Subject {
    var variant = ""
    var perspective = ""
    var strategy = ""
    var comparator = ""
    var willingnessToPay: Double?
  }

  private var csv: CSVWriter
  private let hasWillingnessToPay: Bool
  private let hasReading: Bool
  private let ratioUnit: String
  var subject = Subject()

  /// - Parameter hasReading: a column for words that stand for a value or explain it.
  init(_ tables: DecisionTables, hasWillingnessToPay: Bool = true, hasReading: Bool = false) {
    self.hasWillingnessToPay = hasWillingnessToPay
    self.hasReading = hasReading
    ratioUnit = tables.ratioUnit
    var header = ["variant", "perspective", "strategy", "comparator"]
    if hasWillingnessToPay { header += ["wtp", "wtp_unit"] }
    header += ["figure", "value", "mcse", "mc95_low", "mc95_high"]
    if hasReading { header.append("reading") }
    csv = CSVWriter(header: header + ["unit"])
  }

  var bytes: [UInt8] { csv.bytes }

  mutating func row(
    _ figure: String, _ value: Double?, mcse: Double?, low: Double? = nil, high: Double? = nil,
    reading: String = "", unit: String
  ) {
    csv.text(subject.variant)
    csv.text(subject.perspective)
    csv.text(subject.strategy)
    csv.text(subject.comparator)
    if hasWillingnessToPay {
      csv.number(subject.willingnessToPay)
      csv.text(ratioUnit)
    }
    csv.text(figure)
    // Ratios of effects near the least double have no figure.
    for number in [value, mcse, low, high] { csv.number(number.flatMap { $0.isFinite ? $0 : nil }) }
    if hasReading { csv.text(reading) }
    csv.text(unit)
    csv.endLine()
  }

  mutating func row(_ figure: String, _ estimate: Estimate, reading: String = "", unit: String) {
    row(
      figure, estimate.value, mcse: estimate.monteCarloStandardError, reading: reading, unit: unit)
  }

  mutating func row(_ figure: String, _ share: Share) {
    row(figure, share.value, mcse: share.monteCarloStandardError, unit: "share")
  }

  mutating func row(_ figure: String, _ percentile: PercentileEstimate, unit: String) {
    row(
      figure, percentile.value, mcse: percentile.monteCarloStandardError, low: percentile.lower,
      high: percentile.upper, unit: unit)
  }
}

extension DecisionTables.Group {
  /// The subject of rows about a strategy of this group, against another one or none.
  func subject(
    _ strategy: Int, against comparator: Int? = nil, willingnessToPay: Double? = nil
  ) -> FigureTable.Subject {
    let names = analysis.draws.strategies
    return FigureTable.Subject(
      variant: variant, perspective: perspective, strategy: names[strategy],
      comparator: comparator.map { names[$0] } ?? "", willingnessToPay: willingnessToPay)
  }
}
