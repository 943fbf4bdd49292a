// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Finds and verifies the polynomial of one cell after another, from the middle of a segment outwards on one
/// side. A plain table has one segment, which is all of (0, 1).
struct CellSolver<D: Distribution>: LowerSideSolver {
  private let distribution: D
  /// Solver of the lower side of 1 − X, for the upper side on the logit scale.
  private let mirror: (any LowerSideSolver)?
  private let side: TailProbability.Side
  /// The tail probability of this side at the end of the segment, and the segment's length.
  private let start: Double
  private let length: Double
  private let transform: QuantileTable.Transform
  private let cellBits: Int
  private let support: Support
  /// Polynomial and cell that predict the next cell's values.
  private var previous: [Double]?
  private var previousCell = 0

  /// Points at which a cell is checked, between the nodes where the interpolation error peaks.
  private static var checksNearMiddle: [Double] { [-0.47, -0.19, 0.08, 0.35] }
  private static var checksInTail: [Double] { [-0.47, 0.08] }
  /// Halvings that hold all but 1e-3 of a side.
  private static var middleHalvings: Int { 10 }

  init(
    _ distribution: D, side: TailProbability.Side, start: Double = 0, length: Double = 1,
    transform: QuantileTable.Transform, cellBits: Int
  ) {
    self.distribution = distribution
    self.side = side
    self.start = start
    self.length = length
    self.transform = transform
    self.cellBits = cellBits
    self.support = distribution.support
    // A segment's lower side may reach into the upper half.
    mirror =
      transform == .logit && (side == .upper || length < 1)
      ? distribution.mirrored.map { Self.lowerSide(of: $0, cellBits) } : nil
  }

  private static func lowerSide(of mirrored: some Distribution, _ cellBits: Int)
    -> any LowerSideSolver
  {
    CellSolver<_>(mirrored, side: .lower, transform: .logit, cellBits: cellBits)
  }

  /// The probability that a draw falls in `cell` of this side.
  func probability(of cell: Int) -> Double { cellWidth(cell) * length }

  /// The cell as an interval of u.
  func interval(of cell: Int) -> ClosedRange<Double> {
    let near = start + distance(cell, -0.5) * length
    let far = start + distance(cell, 0.5) * length
    return side == .lower ? near...far : (1 - far)...(1 - near)
  }

  /// The tail probability at position `t` of a cell, from the side where it is smaller.
  private func target(_ cell: Int, _ t: Double) -> TailProbability {
    let distance = distance(cell, t) * length
    let near = start + distance
    if near <= 0.5 { return TailProbability(near, side: side) }
    return TailProbability((1 - start) - distance, side: side == .lower ? .upper : .lower)
  }

  /// Writes the coefficients of `cell` to `row`.
  ///
  /// - Returns: the largest error at the points checked, as a share of what `AccuracyRule` allows;
  ///   infinity when a value could not be had.
  mutating func solve(_ cell: Int, into row: UnsafeMutablePointer<Double>) -> Double {
    // Nearer to an inner split than doubles are to each other: no draw gets there.
    if start > 0 && distance(cell, 0.5) * length < 0x1p-54 { return .infinity }
    let nodes = LobattoInterpolation.nodes
    var values = [Double](repeating: 0, count: nodes.count)
    for j in nodes.indices {
      guard let y = position(at: target(cell, nodes[j]), guess: predict(cell, nodes[j])) else {
        previous = nil
        return .infinity
      }
      values[j] = y
    }
    let coefficients = LobattoInterpolation.coefficients(values)
    for k in coefficients.indices { row[k] = coefficients[k] }
    previous = coefficients
    previousCell = cell

    let isTail = cell >> cellBits < QuantileTable.halvings - Self.middleHalvings
    var worst = 0.0
    for t in isTail ? Self.checksInTail : Self.checksNearMiddle {
      let x = support.interior(value(QuantileKernel.polynomial(row, t)))
      let target = target(cell, t)
      if isTooCoarse(x, target) { return .infinity }
      let excess = AccuracyRule.excess(distribution, at: x, for: target)
      if !(excess <= 0.5) { return excess.isNaN ? .infinity : 2 * excess }
      worst = max(worst, excess)
    }
    return worst
  }

  /// Whether doubles near the upper end of (0, 1) are so far apart that a polynomial in x meets the rule
  /// at the points checked by luck alone.
  private func isTooCoarse(_ x: Double, _ target: TailProbability) -> Bool {
    guard transform == .identity, target.side == .upper, support.upper == 1 else { return false }
    return x.ulp * distribution.density(x)
      > 0.5 * min(AccuracyRule.absolute, AccuracyRule.relative * target.probability)
  }

  // MARK: Cells

  /// Width of a cell as a share of the segment.
  private func cellWidth(_ cell: Int) -> Double {
    let halving = cell >> cellBits
    return Double(sign: .plus, exponent: halving - 1 - cellBits - 52, significand: 1)
  }

  /// The distance from the segment's end, as a share of it, at position `t` in [−½, ½] of a cell.
  private func distance(_ cell: Int, _ t: Double) -> Double {
    let perHalving = 1 << cellBits
    return (Double(perHalving + cell % perHalving) + (t + 0.5)) * cellWidth(cell)
  }

  private func predict(_ cell: Int, _ t: Double) -> Double? {
    guard let previous else { return nil }
    let centre = distance(previousCell, 0)
    let s = (distance(cell, t) - centre) / cellWidth(previousCell)
    return previous.reversed().reduce(0) { $0 * s + $1 }
  }

  // MARK: Values

  private func value(_ y: Double) -> Double {
    switch transform {
    case .identity: y
    case .log: VectorExponential.exp(y)
    case .logit: VectorExponential.logistic(y)
    }
  }

  /// The quantile on the scale of the transform; `nil` when it is not finite there.
  private func position(at target: TailProbability, guess: Double?) -> Double? {
    if target.side == .upper, let mirror {
      // The upper end of (0, 1) is solved from 1 − X, whose small values keep their digits.
      return mirror.lowerPosition(at: target.probability, guess: guess.map { -$0 }).map { -$0 }
    }
    return ownPosition(at: target, guess: guess)
  }

  func lowerPosition(at p: Double, guess: Double?) -> Double? {
    ownPosition(at: TailProbability(p, side: .lower), guess: guess)
  }

  private func ownPosition(at target: TailProbability, guess: Double?) -> Double? {
    // First: where doubles run out, Newton steps may end at any y that rounds to a right x, and the values
    // of neighbouring points lie on no smooth line.
    if let y = powerLaw(target) { return y }
    if let guess, let y = refine(guess, target) { return y }
    let x = distribution.quantile(target)
    if x == 0 && support.attainsLower && transform == .log {
      // A point mass at 0: far enough down to give 0.
      return 2 * VectorExponential.least
    }
    let y =
      switch transform {
      case .identity: x
      case .log: Double.log(x)
      case .logit: Double.log(x / (1 - x))
      }
    // Polish: near an end of the support the double x is coarser than y.
    return refine(y, target) ?? (y.isFinite ? y : nil)
  }

  /// Below the least value that the tail function is asked for, P follows its power law in x: the
  /// logarithm of x may then be far below that of the least double.
  private func powerLaw(_ target: TailProbability) -> Double? {
    guard transform != .identity, target.side == .lower, !support.attainsLower else { return nil }
    let p = target.probability
    let least = 1e-290
    let tail = distribution.cumulative(least)
    guard tail > p else { return nil }
    let exponent = distribution.density(least) * (least / tail)
    return Double.log(least) + Double.log(p / tail) / exponent
  }

  /// Newton steps on the tail function; `nil` unless they converge at once.
  private func refine(_ guess: Double, _ target: TailProbability) -> Double? {
    var y = guess
    let p = target.probability
    let sign: Double = target.side == .lower ? 1 : -1
    for _ in 0..<4 {
      let x = value(y)
      guard x > support.lower, x < support.upper else { return nil }
      let tail = distribution.tail(x, target.side)
      let relative = (tail - p) / p
      if abs(relative) <= 2e-15 { return y }
      guard abs(relative) < 0.1 else { return nil }
      let jacobian =
        switch transform {
        case .identity: 1.0
        case .log: x
        case .logit: x * (1 - x)
        }
      let step = sign * (tail - p) / (distribution.density(x) * jacobian)
      guard step.isFinite else { return nil }
      y -= step
      // The error of a Newton step is of the order of the squared relative error.
      if abs(relative) < 1e-7 { return y }
    }
    return nil
  }
}

/// The one service that the solver of a mirrored distribution gives.
protocol LowerSideSolver {
  /// The quantile of the lower tail `p` on the scale of the transform; `nil` when it is not finite.
  func lowerPosition(at p: Double, guess: Double?) -> Double?
}
