// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A truncated distribution counted from its limits: the form that tables are made of. Near a limit its
/// values are small numbers with all their digits, where those of the distribution itself are not.
///
/// ```
/// above:   Z = X − a,          Z > 0
/// below:   Z = X − b,          Z < 0
/// between: Z = (X − a)/(b − a), 0 < Z < 1
/// ```
struct TruncatedExcess: Distribution {
  enum Anchor: Sendable {
    case above(Double)
    case below(Double)
    case between(Double, Double)
  }

  private let law: Truncated
  private let anchor: Anchor

  init(_ law: Truncated, _ anchor: Anchor) {
    self.law = law
    self.anchor = anchor
  }

  static var family: Family { Truncated.family }
  var parameters: [NamedValue] { law.parameters }
  var identity: [NamedValue] { law.identity }
  var breaks: [Double] { law.breaks.map { ($0 - origin) / width } }

  var support: Support {
    switch anchor {
    case .above: .positive
    case .below: Support(lower: -.infinity, upper: 0)
    case .between: .unit
    }
  }

  private var origin: Double {
    switch anchor {
    case .above(let a), .between(let a, _): a
    case .below(let b): b
    }
  }
  private var width: Double {
    if case .between(let a, let b) = anchor { return b - a }
    return 1
  }

  var mean: Double { (law.mean - origin) / width }
  var variance: Double { law.variance / (width * width) }
  var mode: Double? { law.mode.map { ($0 - origin) / width } }

  func density(_ z: Double) -> Double {
    if z < support.lower || z > support.upper { return 0 }
    if case .between = anchor, z > 0.5 {
      return law.density(position(z), below: (1 - z) * width) * width
    }
    return law.density(position(z)) * width
  }

  /// From the limit that is nearer, and never beyond one by rounding.
  private func position(_ z: Double) -> Double {
    let x =
      if case .between(let a, let b) = anchor, z > 0.5 { b - (1 - z) * (b - a) } else {
        origin + z * width
      }
    return min(max(x, law.support.lower), law.support.upper)
  }

  func cumulative(_ z: Double) -> Double {
    if z <= support.lower { return 0 }
    if z >= support.upper { return 1 }
    switch anchor {
    case .above, .between: return law.lowerPart(to: position(z), length: z * width)
    case .below(let b): return law.cumulative(b + z)
    }
  }

  func survival(_ z: Double) -> Double {
    if z <= support.lower { return 1 }
    if z >= support.upper { return 0 }
    switch anchor {
    case .above(let a): return law.survival(a + z)
    case .below: return law.upperPart(from: position(z), length: -z)
    case .between: return law.upperPart(from: position(z), length: (1 - z) * width)
    }
  }

  /// Newton steps on the logarithm of the tail, from the quantile of the law; the solver when they fail.
  func quantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    let sign: Double = tail.side == .lower ? -1 : 1
    var z = start(tail)
    var miss = self.tail(z, tail.side) / p - 1
    for _ in 0..<8 where abs(miss) > 1e-14 {
      let next = support.interior(z + sign * miss * p / density(z))
      if next == z { return z }
      let nextMiss = self.tail(next, tail.side) / p - 1
      // Where doubles are coarse, the better of two neighbours.
      if !(abs(nextMiss) < abs(miss)) {
        if abs(next - z) <= 2 * z.ulp { return z }
        break
      }
      z = next
      miss = nextMiss
    }
    return abs(miss) <= 1e-12 ? z : QuantileSolver.solve(self, tail)
  }

  /// The quantile of the law, or near a limit the one of a constant density.
  private func start(_ tail: TailProbability) -> Double {
    let x = law.quantile(tail)
    let z = support.interior((x - origin) / width)
    let isCoarse = abs(x - origin) < 1e-6 * abs(origin)
    guard isCoarse, let limit = isLimitBelow == (tail.side == .lower) ? density(0) : nil,
      limit > 0, limit < .infinity
    else { return z }
    return support.interior((isLimitBelow ? 1 : -1) * tail.probability / limit)
  }

  /// Whether 0 is the lower end of the support.
  private var isLimitBelow: Bool {
    if case .below = anchor { return false }
    return true
  }

  /// 1 − Z, when the base can be mirrored where its own support ends; doubles near 1 are too coarse there.
  var mirrored: (any Distribution)? {
    guard case .between(let a, let b) = anchor, let base = law.base.mirrored,
      let mirror = try? Truncated(base, from: 1 - b, to: 1 - a)
    else { return nil }
    let ends = mirror.support
    return TruncatedExcess(mirror, .between(ends.lower, ends.upper))
  }

  var sampling: SamplingForm { .table(standard: self, location: 0, scale: 1) }
}
