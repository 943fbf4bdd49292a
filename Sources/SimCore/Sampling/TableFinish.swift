// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What becomes of the value y that a table's polynomial gives.
///
/// ```
/// x = location + scale · f(innerLocation + innerScale · y),   kept in low … high
/// ```
/// f is the identity, which leaves the inner numbers out, exp or the logistic function.
struct TableFinish: Sendable {
  var kind: QuantileTable.Transform
  var innerLocation = 0.0
  var innerScale = 1.0
  var location = 0.0
  var scale = 1.0
  let low: Double
  let high: Double

  /// `location + scale · Q(u)` for a table of Q.
  init(_ table: QuantileTable, location: Double, scale: Double, support: Support) {
    kind = table.transform
    self.location = location
    self.scale = scale
    low = support.innermostLower
    high = support.innermostUpper
  }

  /// `exp(location + scale · Q(u))` or the logistic function of it.
  ///
  /// - Precondition: the table gives Q itself.
  init(
    _ kind: QuantileTable.Transform, of table: QuantileTable, location: Double, scale: Double,
    support: Support
  ) {
    precondition(table.transform == .identity)
    self.kind = kind
    innerLocation = location
    innerScale = scale
    low = support.innermostLower
    high = support.innermostUpper
  }

  /// The finished value. NaN, which marks cells left to the solver, passes.
  @inline(__always)
  func callAsFunction(_ y: Double) -> Double {
    switch kind {
    case .identity: identity(y)
    case .log: exponential(y)
    case .logit: logistic(y)
    }
  }

  @inline(__always)
  func identity(_ y: Double) -> Double { min(max(location + scale * y, low), high) }

  @inline(__always)
  func exponential(_ y: Double) -> Double {
    identity(VectorExponential.exp(innerLocation + innerScale * y))
  }

  @inline(__always)
  func logistic(_ y: Double) -> Double {
    identity(VectorExponential.logistic(innerLocation + innerScale * y))
  }

  /// The finished value of a quantile of the table's own law, found by the solver.
  func finished(_ x: Double, of table: QuantileTable) -> Double {
    if kind == table.transform { return identity(x) }
    return kind == .log ? exponential(x) : logistic(x)
  }
}
