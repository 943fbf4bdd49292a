// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The rows of a regression's basis, made where they are read: kept whole, those of a group of parameters
/// would be most of a run's memory.
protocol BasisRows: Sendable {
  /// Number of functions.
  var size: Int { get }
  /// Number of rows.
  var count: Int { get }

  /// Writes `rows` rows from `first` on, of which each is `step` after the one before, `size` numbers each.
  func fill(
    _ target: UnsafeMutablePointer<Double>, first: Int, rows: Int, step: Int)
}

extension BasisRows {
  /// Calls `body` with some rows at a time, that fit in the second cache: the number of those before them
  /// and the rows.
  func forEachPanel(step: Int = 1, _ body: (_ done: Int, _ panel: [Double]) -> Void) {
    let total = (count + step - 1) / step
    let length = min(total, 256)
    var panel = [Double](repeating: 0, count: length * size)
    for done in stride(from: 0, to: total, by: max(length, 1)) {
      let rows = min(length, total - done)
      panel.removeLast((length - rows) * size)
      panel.withUnsafeMutableBufferPointer {
        if let target = $0.baseAddress { fill(target, first: done * step, rows: rows, step: step) }
      }
      body(done, panel)
    }
  }

  /// Sums of products of the functions with each other and with outcomes, of which each row has `width`.
  func products(with outcomes: [Double], width: Int) -> (gram: SymmetricMatrix, right: [[Double]]) {
    var gram = SymmetricMatrix(size: size)
    var right = [[Double]](repeating: [Double](repeating: 0, count: size), count: width)
    forEachPanel { done, panel in
      CrossProducts.add(panel, rows: panel.count / size, to: &gram.elements)
      RowProducts.addRight(panel, size: size, sums: outcomes, from: done * width, to: &right)
    }
    return (gram, right)
  }
}

/// Rows that are kept.
struct StoredRows: BasisRows {
  let size: Int
  /// `size` numbers a row.
  let values: [Double]
  var count: Int { values.count / size }

  func fill(_ target: UnsafeMutablePointer<Double>, first: Int, rows: Int, step: Int) {
    values.withUnsafeBufferPointer { values in
      precondition(rows == 0 || (first + (rows - 1) * step + 1) * size <= values.count)
      for row in 0..<rows {
        let source = (first + row * step) * size
        for f in 0..<size { target[row * size + f] = values[source + f] }
      }
    }
  }
}
