// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The closed-form inverse of the triangular distribution over a block, without branches.
struct TriangularKernel: Sendable {
  private let low: Double
  private let high: Double
  private let belowMode: Double
  private let rise: Double
  private let fall: Double

  init(_ triangular: Triangular) {
    low = triangular.low
    high = triangular.high
    belowMode = triangular.probabilityBelowMode
    rise = (high - low) * (triangular.peak - low)
    fall = (high - low) * (high - triangular.peak)
  }

  func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>, support: Support
  ) {
    let least = support.innermostLower
    let most = support.innermostUpper
    for i in 0..<out.count {
      // u and 1 − u are both exact.
      let u = UniformStream.uniform(words[i])
      let onRise = u < belowMode
      let root = ((onRise ? u : 1 - u) * (onRise ? rise : fall)).squareRoot()
      let x = onRise ? low + root : high - root
      out[i] = min(max(x, least), most)
    }
  }

  /// The value whose tail has the given probability.
  func value(_ tail: Double, isUpper: Bool) -> Double {
    let below = isUpper ? 1 - tail : tail
    let above = isUpper ? tail : 1 - tail
    return below < belowMode ? low + (below * rise).squareRoot() : high - (above * fall).squareRoot()
  }
}
