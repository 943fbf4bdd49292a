// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CKernels

/// Primitive polynomials and initial direction numbers of Joe and Kuo, set D(6); `joe_kuo.c` holds them.
enum JoeKuoNumbers {
  static let dimensionCount = Int(UTFALL_JOE_KUO_DIMENSIONS)

  /// Where the row of each dimension from the second on begins.
  private static let rows: [Int] = {
    var rows: [Int] = []
    var next = 0
    for _ in 1..<dimensionCount {
      rows.append(next)
      next += 2 + Int(utfall_joe_kuo_rows()[next])
    }
    return rows
  }()

  /// The inner coefficients a₁ … a_{s−1} of a dimension's polynomial, a₁ in the highest bit, and its s
  /// numbers m. The first dimension, from 0, has m = 1 throughout.
  static func polynomial(dimension: Int) -> (coefficients: UInt32, initial: [UInt16]) {
    precondition(dimension >= 0 && dimension < dimensionCount, "dimension \(dimension)")
    if dimension == 0 { return (0, Array(repeating: 1, count: SobolDirections.digits)) }
    let row = utfall_joe_kuo_rows() + rows[dimension - 1]
    return (UInt32(row[1]), (0..<Int(row[0])).map { row[2 + $0] })
  }
}
