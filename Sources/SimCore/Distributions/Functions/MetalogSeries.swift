// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The series M of a metalog as a function of the logit l = log(y/(1 − y)) of the probability.
struct MetalogSeries: Hashable, Sendable {
  static let terms = 3...10

  var coefficients: [Double]

  init(_ coefficients: [Double]) { self.coefficients = coefficients }

  /// Power of d = y − ½ in each term, and whether the term has the factor l.
  private static let shape: [(power: Int, hasLogit: Bool)] = [
    (0, false), (0, true), (1, true), (1, false), (2, false), (2, true), (3, false), (3, true),
    (4, false), (4, true),
  ]

  private static func power(_ d: Double, _ k: Int) -> Double {
    (0..<k).reduce(1) { product, _ in product * d }
  }

  /// The terms at one point, each with coefficient 1.
  static func basis(_ count: Int, logit: Double, d: Double) -> [Double] {
    shape.prefix(count).map { power(d, $0.power) * ($0.hasLogit ? logit : 1) }
  }

  /// Their derivatives by the logit.
  static func slopes(_ count: Int, logit: Double) -> [Double] {
    let share = Double.exp(-abs(logit))
    let v = share / ((1 + share) * (1 + share))
    let d = distance(logit)
    return shape.prefix(count).map { k, hasLogit in
      let rise = k == 0 ? 0 : Double(k) * power(d, k - 1) * v
      return hasLogit ? rise * logit + power(d, k) : rise
    }
  }

  /// Their factors of the logit at an end: the slopes there.
  static func slopes(_ count: Int, atEnd d: Double) -> [Double] {
    shape.prefix(count).map { $0.hasLogit ? power(d, $0.power) : 0 }
  }

  /// y − ½ = tanh(l/2)/2, right to rounding near 0 and at both ends.
  static func distance(_ logit: Double) -> Double {
    let rest = Double.expMinusOne(-abs(logit))
    return (logit < 0 ? 0.5 : -0.5) * rest / (2 + rest)
  }

  func value(logit: Double) -> Double { value(logit, Self.distance(logit)) }

  func value(at tail: TailProbability) -> Double {
    let p = tail.probability
    let logit = Double.log(p) - Double.log(onePlus: -p)
    let sign: Double = tail.side == .lower ? 1 : -1
    return value(sign * logit, sign * (p - 0.5))
  }

  private func value(_ logit: Double, _ d: Double) -> Double {
    zip(coefficients, Self.basis(coefficients.count, logit: logit, d: d))
      .reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// dM/dl, above 0 for a distribution.
  func slope(_ logit: Double) -> Double {
    zip(coefficients, Self.slopes(coefficients.count, logit: logit))
      .reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Slopes at the ends, and the size of what is summed for them.
  func endSlope(_ d: Double) -> (slope: Double, size: Double) {
    zip(coefficients, Self.slopes(coefficients.count, atEnd: d)).reduce((0, 0)) {
      ($0.0 + $1.0 * $1.1, $0.1 + abs($1.0 * $1.1))
    }
  }

  /// M at both ends: infinite where it has a slope there, which rounding can't be told from 0 below 1e-15.
  var ends: (lower: Double, upper: Double) {
    func end(_ d: Double) -> Double {
      let (slope, size) = endSlope(d)
      if slope > 4e-16 * size { return d < 0 ? -.infinity : .infinity }
      return value(0, d)
    }
    return (end(-0.5), end(0.5))
  }

  /// The logit at which M has a value; ±745 beyond the least probability.
  func logit(at m: Double) -> Double {
    var low = -745.0
    var high = 745.0
    var l = coefficients[1] > 0 ? (m - coefficients[0]) / coefficients[1] : 0
    if !(l > low && l < high) { l = 0 }
    var width = high - low
    for step in 0..<200 {
      let miss = value(logit: l) - m
      if miss == 0 { return l }
      if miss < 0 { low = l } else { high = l }
      var next = l - miss / slope(l)
      let isThird = step % 3 == 2
      if !(next >= low && next <= high) || isThird && high - low > width / 2 {
        next = low + (high - low) / 2
      }
      if isThird { width = high - low }
      if abs(next - l) <= 1e-16 * abs(l) || high - low <= 1e-300 { return next }
      l = next
    }
    return l
  }

  /// The series of −M(−l).
  var mirrored: MetalogSeries {
    MetalogSeries(
      zip(coefficients, Self.shape).map { a, term in
        // Terms that are even in (l, d) change their sign.
        (term.power + (term.hasLogit ? 1 : 0)).isMultiple(of: 2) ? -a : a
      })
  }
}
