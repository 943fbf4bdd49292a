// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The triangular distribution: rises in a straight line to its mode, then falls.
///
/// ```
/// F(x) = (x − min)² / ((max − min)(mode − min)),   min ≤ x ≤ mode
/// mean = (min + mode + max) / 3
/// ```
public struct Triangular: Distribution, Hashable {
  public let low: Double
  public let peak: Double
  public let high: Double

  /// - Throws: `DistributionError` unless all are finite, `low < high` and `peak` in between.
  public init(low: Double, mode: Double, high: Double) throws(DistributionError) {
    try Check.finite(low, "min")
    try Check.finite(mode, "mode")
    try Check.finite(high, "max")
    if !(low < high) {
      throw DistributionError(found: "min = \(low), max = \(high)", expected: "min below max")
    }
    try Check.within(mode, low...high, "mode")
    try Check.finite((high - low) * (high - low), "(max − min)²")
    self.low = low
    self.peak = mode
    self.high = high
  }

  public static let family = Family(
    name: "triangular",
    summary: "expert guesses with limits and a most likely value",
    supportText: "min < x < max",
    parametrisations: [
      Parametrisation(["min", "mode", "max"], allowsPositional: true) {
        (v) throws(DistributionError) in try Triangular(low: v[0], mode: v[1], high: v[2])
      }
    ],
    fromBounds: { (base, baseIs, low, high) throws(DistributionError) in
      let mode =
        switch baseIs {
        case .mode: base
        case .mean: 3 * base - low - high
        case .median: Self.mode(median: base, low: low, high: high)
        }
      let slack = 1e-9 * (high - low)
      if !(mode >= low - slack && mode <= high + slack) {
        throw Self.unreachable(base, baseIs, low, high)
      }
      return try Triangular(low: low, mode: min(max(mode, low), high), high: high)
    },
    source: "Johnson, Kotz and Balakrishnan (1995), section 26.9")

  /// The mode of the triangular on [low, high] with this median; outside the interval when none has.
  private static func mode(median: Double, low: Double, high: Double) -> Double {
    // F(median) = 1/2 solved for the mode, on the side of the mode where the median lies.
    median >= low + (high - low) / 2
      ? low + 2 * (median - low) * (median - low) / (high - low)
      : high - 2 * (high - median) * (high - median) / (high - low)
  }

  private static func unreachable(_ base: Double, _ baseIs: Centre, _ low: Double, _ high: Double)
    -> DistributionError
  {
    let third = (high - low) / 3
    let reach: PlainText =
      baseIs == .mean
      ? "a mean from \(low + third) to \(high - third)"
      : "a \(baseIs.rawValue) that a triangular on this range can have"
    return DistributionError(
      found: "\(baseIs.rawValue) \(base) of a triangular from \(low) to \(high)", expected: reach,
      advice: "Use family: pert, or state the most likely value with base_is: mode.")
  }

  public var parameters: [NamedValue] {
    [NamedValue("min", low), NamedValue("mode", peak), NamedValue("max", high)]
  }
  public var support: Support { Support(lower: low, upper: high) }
  public var mean: Double { (low + peak + high) / 3 }
  public var variance: Double {
    let a = peak - low
    let b = high - peak
    return (a * a + a * b + b * b) / 18
  }
  public var mode: Double? { peak }
  public var breaks: [Double] { peak > low && peak < high ? [peak] : [] }

  /// P(X ≤ mode).
  public var probabilityBelowMode: Double { (peak - low) / (high - low) }

  public func density(_ x: Double) -> Double {
    if x < low || x > high { return 0 }
    let height = 2 / (high - low)
    if x < peak { return height * (x - low) / (peak - low) }
    return x > peak ? height * (high - x) / (high - peak) : height
  }
  public func cumulative(_ x: Double) -> Double {
    if x <= low { return 0 }
    if x >= high { return 1 }
    return x < peak ? riseTail(x) : probabilityBelowMode + fallMass(x)
  }
  public func survival(_ x: Double) -> Double {
    if x <= low { return 1 }
    if x >= high { return 0 }
    return x < peak ? probabilityAboveMode + riseMass(x) : fallTail(x)
  }

  private var probabilityAboveMode: Double { (high - peak) / (high - low) }
  /// P(X ≤ x) on the rise.
  private func riseTail(_ x: Double) -> Double {
    (x - low) / (high - low) * ((x - low) / (peak - low))
  }
  /// P(X > x) on the fall.
  private func fallTail(_ x: Double) -> Double {
    (high - x) / (high - low) * ((high - x) / (high - peak))
  }
  /// P(x < X ≤ mode), from 1 − w² = (1 − w)(1 + w) so that nothing cancels next to the mode.
  private func riseMass(_ x: Double) -> Double {
    (peak - x) / (high - low) * (1 + (x - low) / (peak - low))
  }
  /// P(mode < X ≤ x)
  private func fallMass(_ x: Double) -> Double {
    (x - peak) / (high - low) * (1 + (high - x) / (high - peak))
  }

  public func quantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    let isLower = tail.side == .lower
    return support.interior(
      TriangularKernel(self).value(below: isLower ? p : 1 - p, above: isLower ? 1 - p : p))
  }

  public var sampling: SamplingForm { .triangular(self) }
}
