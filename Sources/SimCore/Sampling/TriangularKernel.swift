// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The closed-form inverse of the triangular distribution over a block, without branches.
///
/// ```
/// v = u/c on the rise, (1−u)/(1−c) on the fall;   c = P(X ≤ mode)
/// x = end ± width √v                       far from the mode
/// x = mode ± width (1 − v)/(1 + √v)        near it
/// ```
/// Numerics: two forms, so that x is right to an ulp or two near both ends and near the mode, also when
/// the mode is an end.
struct TriangularKernel: Sendable {
  private let low: Double
  private let peak: Double
  private let high: Double
  private let belowMode: Double
  private let aboveMode: Double

  init(_ triangular: Triangular) {
    low = triangular.low
    peak = triangular.peak
    high = triangular.high
    belowMode = triangular.probabilityBelowMode
    aboveMode = (high - peak) / (high - low)
  }

  func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>, support: Support
  ) {
    let least = support.innermostLower
    let most = support.innermostUpper
    let whole = out.count & ~3
    for i in stride(from: 0, to: whole, by: 4) {
      let u = SIMD4(
        UniformStream.uniform(words[i]), UniformStream.uniform(words[i + 1]),
        UniformStream.uniform(words[i + 2]), UniformStream.uniform(words[i + 3]))
      let x = values(below: u, above: 1 - u)
      let raised = x.replacing(with: least, where: x .< least)
      let held = raised.replacing(with: most, where: raised .> most)
      for lane in 0..<4 { out[i + lane] = held[lane] }
    }
    for i in whole..<out.count {
      // u and 1 − u are both exact.
      let u = UniformStream.uniform(words[i])
      out[i] = min(max(value(below: u, above: 1 - u), least), most)
    }
  }

  /// The value with these probabilities below and above it.
  @inline(__always)
  func value(below: Double, above: Double) -> Double {
    let isRise = below < belowMode || aboveMode == 0
    let part = isRise ? belowMode : aboveMode
    let ratio = (isRise ? below : above) / part
    // Of the two differences the one without cancellation when the mode is an end.
    let rest = (isRise ? above - aboveMode : below - belowMode) / part
    let root = ratio.squareRoot()
    let width = isRise ? peak - low : peak - high
    let end = isRise ? low : high
    return root < 0.5 ? end + width * root : peak - width * (rest / (1 + root))
  }

  /// The same for four, without a branch: both sides of the mode and both forms of each are computed.
  @inline(__always)
  private func values(below: SIMD4<Double>, above: SIMD4<Double>) -> SIMD4<Double> {
    func pick(_ rise: SIMD4<Double>, _ fall: SIMD4<Double>, _ isRise: SIMDMask<SIMD4<Int64>>)
      -> SIMD4<Double>
    { fall.replacing(with: rise, where: isRise) }
    let isRise = (below .< belowMode) .| SIMDMask(repeating: aboveMode == 0)
    let part = pick(SIMD4(repeating: belowMode), SIMD4(repeating: aboveMode), isRise)
    let ratio = pick(below, above, isRise) / part
    let rest = pick(above - aboveMode, below - belowMode, isRise) / part
    let root = ratio.squareRoot()
    let width = pick(SIMD4(repeating: peak - low), SIMD4(repeating: peak - high), isRise)
    let end = pick(SIMD4(repeating: low), SIMD4(repeating: high), isRise)
    return pick(end + width * root, peak - width * (rest / (1 + root)), root .< 0.5)
  }
}
