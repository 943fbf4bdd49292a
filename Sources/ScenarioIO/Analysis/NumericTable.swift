// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A text table of numbers: named columns of equal length.
struct NumericTable {
  struct Column {
    let name: String
    /// Of the name in the file.
    let position: SourcePosition
    /// Empty for a column that was not read.
    var values: [Double]
  }

  let file: String
  let sha256: String
  let format: TableFormat
  let columns: [Column]
  let rows: Int
  /// Of the last row.
  let lastLine: Int

  func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
