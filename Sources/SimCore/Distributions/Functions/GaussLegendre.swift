// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Gauss–Legendre quadrature on an interval.
///
/// ```
/// ∫ f = r Σ wᵢ f(m + r tᵢ),   m the middle and r half the length of the interval
/// ```
/// Source: nodes by Newton's method on the Legendre polynomial, weights 2 / ((1−t²) P′(t)²).
struct GaussLegendre: Sendable {
  /// Nodes in (0, 1), and their weights; the rule is symmetric and has an even number of nodes.
  private let nodes: [Double]
  private let weights: [Double]

  static let sixteen = GaussLegendre(16)
  static let thirtyTwo = GaussLegendre(32)

  /// - Precondition: `count` is even.
  private init(_ count: Int) {
    precondition(count.isMultiple(of: 2))
    var nodes: [Double] = []
    var weights: [Double] = []
    for i in 0..<count / 2 {
      var t = Double.cos(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<20 {
        var previous = 1.0
        var value = t
        for k in 2...count {
          let n = Double(k)
          (previous, value) = (value, ((2 * n - 1) * t * value - (n - 1) * previous) / n)
        }
        slope = Double(count) * (t * value - previous) / (t * t - 1)
        let step = value / slope
        t -= step
        if abs(step) <= 1e-15 { break }
      }
      nodes.append(t)
      weights.append(2 / ((1 - t * t) * slope * slope))
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// - Parameter f: takes a point, and the weight it has relative to half the length, for integrals
  ///   that share their points.
  func integral(_ low: Double, _ high: Double, _ f: (_ x: Double, _ weight: Double) -> Double)
    -> Double
  {
    let half = 0.5 * (high - low)
    let middle = low + half
    var sum = 0.0
    for i in nodes.indices {
      let w = weights[i]
      sum += w * (f(middle - half * nodes[i], w) + f(middle + half * nodes[i], w))
    }
    return half * sum
  }

  func integral(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
    integral(low, high) { x, _ in f(x) }
  }
}
