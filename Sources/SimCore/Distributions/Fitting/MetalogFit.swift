// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Least squares for the coefficients of a metalog, with and without the condition that it rises.
struct MetalogFit {
  private let logits: [Double]
  private let distances: [Double]
  private let targets: [Double]

  /// - Parameter targets: values on the scale of M.
  init(_ probabilities: [Double], _ targets: [Double]) {
    logits = probabilities.map { Double.log($0) - Double.log(onePlus: -$0) }
    distances = probabilities.map { $0 - 0.5 }
    self.targets = targets
  }

  /// The coefficients without the condition; `nil` when the quantiles don't determine them.
  func leastSquares(terms: Int) -> MetalogSeries? {
    Householder(rows(terms))?.solve(targets).map { MetalogSeries($0) }
  }

  private func rows(_ terms: Int) -> [[Double]] {
    zip(logits, distances).map { MetalogSeries.basis(terms, logit: $0, d: $1) }
  }

  /// The coefficients nearest to the targets with which the metalog rises everywhere, by a little.
  ///
  /// Quadratic programming by exchange: the condition is laid on the point where it is broken most, the
  /// problem solved, and so on until it is broken nowhere.
  func nearestFeasible(terms: Int) -> MetalogSeries? {
    guard let solver = Householder(rows(terms)), let free = solver.solve(targets),
      let least = targets.first, let most = targets.last
    else { return nil }
    // A hundredth of the average slope keeps clear of the edge.
    let margin = 0.01 * (most - least) / max(logits[logits.count - 1] - logits[0], 1)
    var conditions = [-0.5, 0.5].map { MetalogSeries.slopes(terms, atEnd: $0) }
    for _ in 0..<60 {
      guard let nearest = solver.nearest(free, conditions, least: margin) else { return nil }
      let series = MetalogSeries(nearest)
      let worst = MetalogFeasibility.leastSlope(series)
      if worst.slope >= 0.5 * margin { return series }
      conditions.append(MetalogSeries.slopes(terms, logit: worst.logit))
    }
    return nil
  }
}

/// A least-squares problem factored by Householder reflections, Q R = A.
private struct Householder {
  /// Upper triangle.
  private var r: [[Double]]
  private var reflections: [[Double]] = []

  /// `nil` unless the columns are independent.
  init?(_ rows: [[Double]]) {
    r = rows
    let columns = rows.first?.count ?? 0
    guard rows.count >= columns else { return nil }
    for j in 0..<columns {
      let size = rows.reduce(0) { $0 + $1[j] * $1[j] }.squareRoot()
      var v = (0..<rows.count).map { $0 < j ? 0 : r[$0][j] }
      let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 1e-12 * size else { return nil }
      v[j] += v[j] < 0 ? -norm : norm
      let square = v.reduce(0) { $0 + $1 * $1 }
      for k in j..<columns {
        let dot = (j..<rows.count).reduce(0) { $0 + v[$1] * r[$1][k] } * 2 / square
        for i in j..<rows.count { r[i][k] -= dot * v[i] }
      }
      reflections.append(v)
    }
  }

  func solve(_ targets: [Double]) -> [Double]? {
    var b = targets
    for v in reflections {
      let square = v.reduce(0) { $0 + $1 * $1 }
      let dot = zip(v, b).reduce(0) { $0 + $1.0 * $1.1 } * 2 / square
      for i in b.indices { b[i] -= dot * v[i] }
    }
    let x = back(Array(b.prefix(reflections.count)))
    return x.allSatisfy(\.isFinite) ? x : nil
  }

  /// R x = b.
  private func back(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices.reversed() {
      for k in x.indices where k > i { x[i] -= r[i][k] * x[k] }
      x[i] /= r[i][i]
    }
    return x
  }

  /// Rᵀ x = b.
  private func forward(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for k in 0..<i { x[i] -= r[k][i] * x[k] }
      x[i] /= r[i][i]
    }
    return x
  }

  /// The nearest x to `free` in the norm of A for which each condition · x is at least `least`.
  ///
  /// Source: Hildreth's method on the dual, one multiplier after the other; Hildreth (1957),
  /// doi:10.1002/nav.3800040113.
  func nearest(_ free: [Double], _ conditions: [[Double]], least: Double) -> [Double]? {
    // With w = R⁻ᵀ c a condition is a direction in the space where distance is plain.
    let directions = conditions.map(forward)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let gram = directions.map { a in directions.map { dot(a, $0) } }
    let lacks = conditions.map { least - dot($0, free) }
    var multipliers = [Double](repeating: 0, count: conditions.count)
    for _ in 0..<20_000 {
      var change = 0.0
      for i in multipliers.indices where gram[i][i] > 0 {
        let rest = lacks[i] - dot(gram[i], multipliers)
        let next = max(multipliers[i] + rest / gram[i][i], 0)
        change = max(change, abs(next - multipliers[i]) * gram[i][i])
        multipliers[i] = next
      }
      if change <= 1e-6 * least { break }
    }
    var step = [Double](repeating: 0, count: free.count)
    for (direction, multiplier) in zip(directions, multipliers) where multiplier > 0 {
      for k in step.indices { step[k] += multiplier * direction[k] }
    }
    let x = zip(free, back(step)).map { $0 + $1 }
    return x.allSatisfy(\.isFinite) ? x : nil
  }
}
