// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension HistogramEdges {
  /// Equal bins between two stated ends, which are kept exactly.
  ///
  /// ```
  /// edge i = (from · (B − i) + to · i) / B
  /// ```
  /// Numerics: an edge that is a decimal with few digits, given those of the ends, is the double
  /// nearest to it: 0 to 1 in 10 bins has the edge 0.3, not 0.30000000000000004. Others are off
  /// by an ulp or two.
  ///
  /// - Returns: `nil` where from < to fails, an end is not finite, there is no bin, or the ends
  ///   are too close for so many bins.
  package static func between(_ from: Double, _ to: Double, bins: Int) -> HistogramEdges? {
    guard bins >= 1, from.isFinite, to.isFinite, from < to else { return nil }
    var edges = (0...bins).map { i in
      decimalEdge(ShortDecimal(from), ShortDecimal(to), i, bins)
        ?? roundedEdge(from, to, i, bins)
    }
    // Adding 0 turns −0 into 0.
    edges[0] = from + 0
    edges[bins] = to + 0
    return areValid(edges) ? HistogramEdges(edges: edges) : nil
  }

  /// The edge in whole numbers; `nil` where it has no short decimal.
  private static func decimalEdge(
    _ from: ShortDecimal, _ to: ShortDecimal, _ i: Int, _ bins: Int
  ) -> Double? {
    // The exponent of 0 says nothing.
    let exponent =
      from.digits == 0
      ? to.exponent : to.digits == 0 ? from.exponent : Swift.min(from.exponent, to.exponent)
    guard let a = from.digits(atExponent: exponent), let b = to.digits(atExponent: exponent)
    else { return nil }
    let (left, overflowLeft) = a.multipliedReportingOverflow(by: bins - i)
    let (right, overflowRight) = b.multipliedReportingOverflow(by: i)
    var (numerator, overflow) = left.addingReportingOverflow(right)
    if overflowLeft || overflowRight || overflow { return nil }
    for places in 0...12 {
      if numerator % bins == 0 {
        return ShortDecimal(digits: numerator / bins, exponent: exponent - places).value
      }
      (numerator, overflow) = numerator.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
    }
    return nil
  }

  /// The edge in doubles, weighted before it is added so that huge ends don't overflow.
  private static func roundedEdge(_ from: Double, _ to: Double, _ i: Int, _ bins: Int) -> Double {
    from * (Double(bins - i) / Double(bins)) + to * (Double(i) / Double(bins))
  }
}
