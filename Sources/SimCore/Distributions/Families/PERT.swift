// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The PERT distribution: a beta on [min, max] with a stated most likely value.
///
/// ```
/// alpha = 1 + shape (mode − min)/(max − min),   beta = 1 + shape (max − mode)/(max − min)
/// mean = (min + shape · mode + max) / (shape + 2),   shape 4 unless stated
/// ```
/// Source: Malcolm, Roseboom, Clark and Fazar (1959); shape: Vose (2008), section 13.
public struct PERT: Distribution, Hashable {
  public let low: Double
  public let peak: Double
  public let high: Double
  public let shape: Double
  private let standard: Beta

  /// - Throws: `DistributionError` unless all are finite, `low < high`, `mode` in between, and `shape`
  ///   from 0.01 to 1000.
  public init(low: Double, mode: Double, high: Double, shape: Double = 4)
    throws(DistributionError)
  {
    try Check.finite(low, "min")
    try Check.finite(mode, "mode")
    try Check.finite(high, "max")
    if !(low < high) {
      throw DistributionError(found: "min = \(low), max = \(high)", expected: "min below max")
    }
    try Check.within(mode, low...high, "mode")
    try Check.finite((high - low) * (high - low), "(max − min)²")
    try Check.within(shape, 0.01...1000, "shape")
    self.low = low
    self.peak = mode
    self.high = high
    self.shape = shape
    self.standard = try Beta(
      alpha: 1 + shape * ((mode - low) / (high - low)),
      beta: 1 + shape * ((high - mode) / (high - low)))
  }

  public static let family = Family(
    name: "pert",
    summary: "expert guesses with limits and a most likely value, smooth",
    supportText: "min < x < max",
    parametrisations: [
      Parametrisation(["min", "mode", "max"], allowsPositional: true) {
        (v) throws(DistributionError) in try PERT(low: v[0], mode: v[1], high: v[2])
      },
      Parametrisation(["min", "mode", "max", "shape"]) { (v) throws(DistributionError) in
        try PERT(low: v[0], mode: v[1], high: v[2], shape: v[3])
      },
    ],
    fromBounds: { (base, baseIs, low, high) throws(DistributionError) in
      switch baseIs {
      case .mode: return try PERT(low: low, mode: base, high: high)
      case .mean: return try Self.member(of: low, high, reaching: base, "mean") { $0.mean }
      case .median:
        return try Self.member(of: low, high, reaching: base, "median") {
          $0.quantile(cumulative: 0.5)
        }
      }
    },
    source: "Malcolm et al. (1959), doi:10.1287/opre.7.5.646")

  /// The member whose centre, a rising function of the mode, is `base`; by bisection on the mode.
  private static func member(
    of low: Double, _ high: Double, reaching base: Double, _ name: String,
    centre: (PERT) -> Double
  ) throws(DistributionError) -> PERT {
    let least = centre(try PERT(low: low, mode: low, high: high))
    let most = centre(try PERT(low: low, mode: high, high: high))
    if !(base >= least && base <= most) {
      throw DistributionError(
        found: "\(name) \(base) of a PERT from \(low) to \(high)",
        expected: "a \(name) from \(least) to \(most)",
        advice: "State the most likely value with base_is: mode, or use another family.")
    }
    var a = low
    var b = high
    for _ in 0..<200 {
      let middle = a + (b - a) / 2
      if middle <= a || middle >= b { break }
      let reached = centre(try PERT(low: low, mode: middle, high: high))
      if reached < base { a = middle } else { b = middle }
    }
    return try PERT(low: low, mode: b, high: high)
  }

  public var parameters: [NamedValue] {
    [
      NamedValue("min", low), NamedValue("mode", peak), NamedValue("max", high),
      NamedValue("shape", shape),
    ]
  }
  public var support: Support { Support(lower: low, upper: high) }
  public var mean: Double { low + (high - low) * standard.mean }
  public var variance: Double { (high - low) * (high - low) * standard.variance }
  public var mode: Double? { peak }

  public func density(_ x: Double) -> Double { standard.density(position(x)) / (high - low) }
  public func cumulative(_ x: Double) -> Double { standard.cumulative(position(x)) }
  public func survival(_ x: Double) -> Double { standard.survival(position(x)) }
  public func quantile(_ tail: TailProbability) -> Double {
    support.interior(low + (high - low) * standard.quantile(tail))
  }
  private func position(_ x: Double) -> Double { (x - low) / (high - low) }

  public var sampling: SamplingForm {
    .table(standard: standard, location: low, scale: high - low)
  }
}
