// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import RealModule

extension HistogramEdges {
  /// Equal bins of a tidy width that cover low … high.
  ///
  /// ```
  /// width = m · 10ᵏ, m in 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8     edge i = (s + i) · width
  /// ```
  /// The width is the smallest of these for which `bins` bins from a multiple s · width cover the
  /// range.
  ///
  /// - Parameters:
  ///   - low: finite.
  ///   - high: finite and at least `low`. Where equal, the output is constant and the bins spread
  ///     over half its size on either side (½ around 0).
  ///   - bins: 1 … 1,000,000.
  ///
  /// Numerics: edges come from whole numbers times a power of ten, rounded once; they print with
  /// 15 digits at most. A range narrower than about 1e-13 of its ends, or 1e-300, is widened.
  /// Where no tidy width serves (a single bin around 0, ends near the largest double) the ends
  /// themselves are the outer edges.
  package static func nice(low: Double, high: Double, bins: Int) -> HistogramEdges {
    precondition(low.isFinite && high.isFinite && low <= high, "histogram from \(low) to \(high)")
    precondition((1...1_000_000).contains(bins), "histogram with \(bins) bins")
    var (low, high) = (low, high)
    if low == high {
      let half = low == 0 ? 0.5 : low.magnitude / 2
      low = Swift.max(low - half, -.greatestFiniteMagnitude)
      high = Swift.min(high + half, .greatestFiniteMagnitude)
    }
    // Narrower bins would have edges of more digits than doubles keep apart.
    let largest = Swift.max(low.magnitude, high.magnitude)
    let equalShare = high / Double(bins) - low / Double(bins)
    let wanted = Swift.min(
      Swift.max(equalShare, largest * 1e-13, 1e-300), .greatestFiniteMagnitude)
    var exponent = Int(Double.log10(wanted).rounded(.down)) - 2
    while exponent <= 308 {
      for mantissa in mantissas {
        // The cover is what counts: a width short by rounding alone may do.
        let width = ShortDecimal(digits: mantissa, exponent: exponent).value
        if width < wanted * (1 - 1e-12) { continue }
        if width > 1000 * wanted { return plain(low, high, bins) }
        if let edges = tidy(low, high, bins, mantissa, exponent, width) { return edges }
      }
      exponent += 1
    }
    return plain(low, high, bins)
  }

  /// Ten times the mantissas.
  private static let mantissas = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80]

  /// Bins from the largest multiple of the width that is not above `low`; `nil` where they end
  /// too early.
  private static func tidy(
    _ low: Double, _ high: Double, _ bins: Int, _ mantissa: Int, _ exponent: Int, _ width: Double
  ) -> HistogramEdges? {
    func multiple(_ j: Int) -> Double {
      ShortDecimal(digits: j * mantissa, exponent: exponent).value
    }
    // |low| / width is at most 1e13.
    var start = Int((low / width).rounded(.down))
    while multiple(start) > low { start -= 1 }
    while multiple(start + 1) <= low { start += 1 }
    guard multiple(start + bins) >= high else { return nil }
    let edges = (0...bins).map { multiple(start + $0) }
    return areValid(edges) ? HistogramEdges(edges: edges) : nil
  }

  /// The ends as outer edges, moved apart where they are too close.
  private static func plain(_ low: Double, _ high: Double, _ bins: Int) -> HistogramEdges {
    if let edges = between(low, high, bins: bins) { return edges }
    let largest = Swift.max(low.magnitude, high.magnitude)
    let margin = Swift.max(largest * 1e-9, 1e-290)
    let outerLow = Swift.max(low - margin, -.greatestFiniteMagnitude)
    let outerHigh = Swift.min(high + margin, .greatestFiniteMagnitude)
    guard let edges = between(outerLow, outerHigh, bins: bins) else {
      preconditionFailure("no \(bins) bins from \(low) to \(high)")
    }
    return edges
  }
}
