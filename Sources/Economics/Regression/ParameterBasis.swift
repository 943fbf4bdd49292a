// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The functions of one parameter that its smoother adds up, at the bins of its draws.
///
/// Natural cubic splines of the parameter's normal scores, and the parameter itself: what is a straight
/// line in the parameter or in its scores (the logarithm of a lognormal one) passes unpenalised, whatever
/// the shape of its distribution.
struct ParameterBasis: Sendable {
  let bins: DrawBins
  let size: Int
  /// `size` numbers for each bin.
  let values: [Double]
  let weights: [Double]
  /// Σ w x x′ over the bins.
  let gram: SymmetricMatrix
  let penalty: PenalisedRegression.Penalty
  /// How many of the functions are splines; the parameter itself, standardised, may follow.
  let splines: Int
  /// Normal score of each bin.
  let scores: [Double]
  /// Standardised mean of the parameter in each bin; all 0 where the spread is no usable number.
  let standardised: [Double]

  /// `nil` for a constant column.
  init?(_ column: [Double], _ order: DrawOrder, knots wanted: Int? = nil) {
    let bins = DrawBins.graded(column, order)
    guard bins.count >= 2 else { return nil }
    self.bins = bins
    let count = Double(column.count)
    let scores = (0..<bins.count).map {
      StandardNormal.score(0.5 * Double(bins.starts[$0] + bins.starts[$0 + 1]) / count)
    }
    let spline = NaturalSpline(
      knots: Self.knots(scores, bins, wanted ?? Self.defaultKnots(column.count)))
    weights = (0..<bins.count).map { Double(bins.size($0)) }
    let means = bins.means
    let weights = weights
    let mean = zip(means, weights).reduce(0) { $0 + $1.0 * $1.1 / count }
    self.scores = scores
    splines = spline.knots.count
    let variance = zip(means, weights).reduce(0) {
      $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 / count
    }
    let sd = variance.squareRoot()
    standardised = means.map { sd > 0 && sd.isFinite ? ($0 - mean) / sd : 0 }
    // Without the parameter itself where the splines contain it already, or where its spread is not
    // a number that can be worked with.
    for withParameter in sd > 0 && sd.isFinite ? [true, false] : [false] {
      let size = spline.knots.count + (withParameter ? 1 : 0)
      var values = [Double](repeating: 0, count: bins.count * size)
      for bin in 0..<bins.count {
        spline.cardinal(scores[bin], into: &values[bin * size..<bin * size + spline.knots.count])
        if withParameter { values[bin * size + size - 1] = standardised[bin] }
      }
      var gram = SymmetricMatrix(size: size)
      for bin in 0..<bins.count {
        gram.addProduct(of: values, at: bin * size, weight: weights[bin])
      }
      if withParameter, Cholesky(gram, tolerance: 1e-8) == nil { continue }
      var matrix = SymmetricMatrix(size: size)
      for i in spline.knots.indices {
        for j in spline.knots.indices { matrix[i, j] = spline.penalty[i, j] }
      }
      self.size = size
      self.values = values
      self.gram = gram
      penalty = PenalisedRegression.Penalty(
        matrix: matrix, rank: spline.knots.count - 2, logDeterminant: 0,
        scale: gram.trace / matrix.trace)
      return
    }
    return nil
  }

  /// 10 knots for up to 1 000 draws, 30 for a million.
  static func defaultKnots(_ draws: Int) -> Int {
    var knots = 10
    var size = 1000
    while size < draws, knots < 30 {
      knots += 2
      size *= 2
    }
    return knots
  }

  /// The scores of bins at equal shares of the draws, first and last bin included.
  private static func knots(_ scores: [Double], _ bins: DrawBins, _ count: Int) -> [Double] {
    if bins.count <= count { return scores }
    var knots = [scores[0]]
    let total = bins.starts[bins.count]
    var bin = 0
    for knot in 1..<count - 1 {
      let place = knot * total / (count - 1)
      while bins.starts[bin + 1] <= place { bin += 1 }
      if let last = knots.last, scores[bin] > last { knots.append(scores[bin]) }
    }
    if let last = knots.last, scores[bins.count - 1] > last {
      knots.append(scores[bins.count - 1])
    }
    return knots
  }
}
