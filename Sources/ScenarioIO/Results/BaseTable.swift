// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// `base.csv`: every output with all parameters at base, all at their low and all at their high numbers.
enum BaseTable {
  static func csv(_ result: BaseResult) -> [UInt8] {
    let series = SeriesColumns(result.scenario)
    var csv = CSVWriter(header: ["output"] + series.header + ["unit", "base", "low", "high"])
    for row in result.rows {
      csv.text(row.output.name)
      series.write(row.output, to: &csv)
      csv.text(result.scenario.unit(ofOutput: row.output.index))
      csv.number(row.base)
      csv.number(row.low)
      csv.number(row.high)
      csv.endLine()
    }
    return csv.bytes
  }
}

/// `one-way.csv`: every output with one parameter at its low and high number, all others at base.
enum OneWayTable {
  static func csv(_ result: BaseResult) -> [UInt8] {
    let series = SeriesColumns(result.scenario)
    var csv = CSVWriter(
      header: ["parameter", "low_input", "high_input", "inputs", "output"] + series.header
        + ["unit", "base", "low", "high", "swing"])
    for row in result.oneWay {
      csv.text(row.parameter)
      csv.number(row.lowInput.isNaN ? nil : row.lowInput)
      csv.number(row.highInput.isNaN ? nil : row.highInput)
      csv.text(row.isStated ? "stated" : "implied")
      csv.text(row.output.name)
      series.write(row.output, to: &csv)
      csv.text(result.scenario.unit(ofOutput: row.output.index))
      csv.number(row.base)
      csv.number(row.low)
      csv.number(row.high)
      csv.number(row.swing)
      csv.endLine()
    }
    return csv.bytes
  }
}
