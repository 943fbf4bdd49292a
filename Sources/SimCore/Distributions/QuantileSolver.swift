// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Inverts the tail functions of any distribution, bracketed, so that it never diverges.
///
/// Works on a coordinate y without bounds (x itself, log x, or logit x) with
///
/// ```
/// h(y) = ± (log T(x(y)) − log p),   increasing in y
/// ```
/// by Newton steps, with bisection whenever a step leaves the bracket or shrinks it too little.
///
/// Numerics: ends when the tail agrees to 1e-14 relative, or when the bracket holds no further double;
/// the result is then the best double. GSL's own inverses are not used: they fail on ordinary inputs.
enum QuantileSolver {
  static func solve(_ distribution: some Distribution, _ target: TailProbability) -> Double {
    let coordinate = Coordinate(distribution.support)
    let support = distribution.support
    let logTarget = Double.log(target.probability)
    let sign: Double = target.side == .lower ? 1 : -1

    func x(_ y: Double) -> Double { support.interior(coordinate.value(y)) }
    func evaluate(_ y: Double) -> (h: Double, slope: Double) {
      let value = x(y)
      let tail = distribution.tail(value, target.side)
      let h = sign * (Double.log(tail) - logTarget)
      let slope = distribution.density(value) * coordinate.derivative(y) / tail
      return (h, slope)
    }

    var y = coordinate.position(support.interior(distribution.mean))
    if !y.isFinite { y = 0 }
    var (h, slope) = evaluate(y)

    // Widen until the root is enclosed: h(low) <= 0 <= h(high).
    var low = y
    var high = y
    var step = 1.0
    for _ in 0..<1100 where h < 0 {
      low = high
      high += step
      step *= 2
      if x(high) == x(low), high > coordinate.farthest { break }
      if evaluate(high).h >= 0 { break }
    }
    step = 1
    for _ in 0..<1100 where h > 0 {
      high = low
      low -= step
      step *= 2
      if x(high) == x(low), low < -coordinate.farthest { break }
      if evaluate(low).h <= 0 { break }
    }

    var widthBefore = high - low
    for iteration in 0..<400 {
      if abs(h) <= 1e-14 { break }
      if h < 0 { low = max(low, y) } else if h > 0 { high = min(high, y) }
      if x(low).nextUp >= x(high) {
        // No double is left between: the end whose tail is nearer, also where all doubles are too far in.
        return abs(evaluate(low).h) < abs(evaluate(high).h) ? x(low) : x(high)
      }
      var next = y - h / slope
      // Every third step must halve the bracket, else bisect.
      let stalls = iteration % 3 == 2 && high - low > 0.5 * widthBefore
      if iteration % 3 == 2 { widthBefore = high - low }
      if !(next > low && next < high) || stalls { next = low + 0.5 * (high - low) }
      if next == y { break }
      y = next
      (h, slope) = evaluate(y)
    }
    return x(y)
  }

  /// The unbounded coordinate of a support.
  enum Coordinate {
    case identity
    case aboveLower(Double)
    case belowUpper(Double)
    case between(Double, Double)

    init(_ support: Support) {
      switch (support.lower.isFinite, support.upper.isFinite) {
      case (false, false): self = .identity
      case (true, false): self = .aboveLower(support.lower)
      case (false, true): self = .belowUpper(support.upper)
      case (true, true): self = .between(support.lower, support.upper)
      }
    }

    /// Beyond this |y| the value can't change any more.
    var farthest: Double {
      switch self {
      case .identity: .greatestFiniteMagnitude
      case .aboveLower, .belowUpper, .between: 800
      }
    }

    func value(_ y: Double) -> Double {
      switch self {
      case .identity: y
      case .aboveLower(let lower): lower + Double.exp(y)
      case .belowUpper(let upper): upper - Double.exp(-y)
      case .between(let lower, let upper):
        // The distance from the nearer end: near the upper one every double can be reached.
        y < 0
          ? lower + (upper - lower) * Self.nearerShare(y)
          : upper - (upper - lower) * Self.nearerShare(y)
      }
    }

    /// 1 / (1 + exp(|y|))
    private static func nearerShare(_ y: Double) -> Double {
      let e = Double.exp(-abs(y))
      return e / (1 + e)
    }

    func position(_ x: Double) -> Double {
      switch self {
      case .identity: x
      case .aboveLower(let lower): Double.log(x - lower)
      case .belowUpper(let upper): -Double.log(upper - x)
      case .between(let lower, let upper): Double.log((x - lower) / (upper - x))
      }
    }

    /// dx/dy at y.
    func derivative(_ y: Double) -> Double {
      switch self {
      case .identity: 1
      case .aboveLower: Double.exp(y)
      case .belowUpper: Double.exp(-y)
      case .between(let lower, let upper):
        (upper - lower) / ((1 + Double.exp(-y)) * (1 + Double.exp(y)))
      }
    }
  }
}
