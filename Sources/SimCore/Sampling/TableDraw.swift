// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A parameter drawn by a quantile table, and by the table of cubics made from it where that could be had. A class: blocks
/// pass it on without counting references to its tables.
final class TableDraw: Sendable {
  let table: QuantileTable
  let finish: TableFinish
  let cubics: CubicTable?
  private let rows: CubicTable.Rows?
  /// Whether a cubic's value may lie outside of the support.
  let keepsRange: Bool

  init(_ table: QuantileTable, _ finish: TableFinish, tables: TableStore) {
    self.table = table
    self.finish = finish
    cubics = tables.cubics(for: table, finish)
    rows = cubics?.rows
    keepsRange =
      cubics.map { cubics in
        let ends = [cubics.range.lowerBound, cubics.range.upperBound]
          .map { finish.location + finish.scale * $0 }
        return !(ends.allSatisfy { finish.low < $0 && $0 < finish.high })
      } ?? true
  }

  /// Standard normal scores.
  static func standardNormal(_ tables: TableStore) -> TableDraw {
    let table = tables.table(for: Normal.standard)
    return TableDraw(
      table, TableFinish(table, location: 0, scale: 1, support: .real), tables: tables)
  }

  func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    path: VectorPath = .best
  ) {
    if let rows {
      CubicKernel.fill(out, words: words, draw: self, rows: rows, path: path)
    } else {
      QuantileKernel.fill(out, words: words, table: table, finish: finish, path: path)
    }
  }

  func fill(_ out: UnsafeMutableBufferPointer<Double>, scores: UnsafePointer<Double>) {
    QuantileKernel.fill(out, scores: scores, table: table, finish: finish)
  }
}
