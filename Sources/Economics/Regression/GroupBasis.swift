// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// A basis in several parameters: an additive spline for each, and products of two and three of them.
///
/// ```
/// g(x) = Σ_j f_j(x_j) + Σ_{j<k} products of {x, z² − 1, z}_j and {…}_k + products x_j x_k x_l
/// ```
/// z are normal scores, x the standardised parameter: costs times probabilities are products of
/// parameters as they are. Where products are too many for the draws, those are kept that go best
/// with what the additive part leaves.
struct GroupBasis {
  let rows: any BasisRows
  let penalties: [PenalisedRegression.Penalty]
  let gram: SymmetricMatrix
  /// X′y, one for each outcome.
  let right: [[Double]]

  /// Most functions of a basis.
  static let most = 150

  private struct Member: Sendable {
    let basis: ParameterBasis
    /// Bin of each draw.
    let place: [UInt32]
    /// First of its functions in the basis, and which of its own are left out.
    let first: Int
    let dropped: Int
    var kept: Int { basis.size - dropped }
    /// What products are made of, for each bin.
    let factors: [[Double]]
  }

  /// `nil` when all columns are constant.
  init?(_ columns: [[Double]], _ outcomes: IncrementalOutcomes) {
    let count = outcomes.count
    let knots = max(2, min(8, count / (10 * max(1, columns.count))))
    var members: [Member] = []
    var size = 0
    for column in columns {
      let order = DrawOrder(column)
      guard let basis = ParameterBasis(column, order, knots: knots) else { continue }
      let dropped = members.isEmpty ? 0 : 1
      members.append(
        Member(
          basis: basis, place: Self.places(basis.bins, order), first: size, dropped: dropped,
          factors: Self.factors(basis)))
      size += basis.size - dropped
    }
    guard !members.isEmpty else { return nil }
    let additive = size
    let products = Self.products(members)
    let room = max(0, min(Self.most, count / 20) - additive)
    var kept = products
    if products.count > room {
      kept = Self.screened(
        products, room, Rows(additive: additive, kept: [], members: members, count: count),
        outcomes)
    }
    let rows = Rows(additive: additive, kept: kept, members: members, count: count)
    self.rows = rows
    (gram, right) = rows.products(with: outcomes.rows, width: outcomes.width)
    penalties = Self.penalties(members, additive: additive, size: rows.size, gram: gram)
  }

  /// Bin of each draw.
  static func places(_ bins: DrawBins, _ order: DrawOrder) -> [UInt32] {
    var places = [UInt32](repeating: 0, count: order.rows.count)
    for bin in 0..<bins.count {
      for place in bins.starts[bin]..<bins.starts[bin + 1] {
        places[Int(order.rows[place])] = UInt32(bin)
      }
    }
    return places
  }

  private static func factors(_ basis: ParameterBasis) -> [[Double]] {
    let squares = basis.scores.map { $0 * $0 - 1 }
    if basis.bins.count == 2 { return [basis.scores] }
    // The score by itself only where the parameter is no straight line in it.
    return basis.size > basis.splines
      ? [basis.standardised, squares, basis.scores] : [basis.scores, squares]
  }

  /// Member and factor of each part.
  private typealias Product = [(member: Int, factor: Int)]

  private static func products(_ members: [Member]) -> [Product] {
    var result: [Product] = []
    for j in members.indices {
      for k in 0..<j {
        for a in members[j].factors.indices {
          for b in members[k].factors.indices { result.append([(j, a), (k, b)]) }
        }
        for l in 0..<k { result.append([(j, 0), (k, 0), (l, 0)]) }
      }
    }
    return result
  }

  @inline(__always)
  private static func value(_ product: Product, _ members: [Member], _ draw: Int) -> Double {
    product.reduce(1) {
      let member = members[$1.member]
      return $0 * member.factors[$1.factor][Int(member.place[draw])]
    }
  }

  /// The products with the highest squared correlation with the residuals of the additive part, over
  /// at most 10 000 draws; all outcomes count alike.
  private static func screened(
    _ products: [Product], _ room: Int, _ rows: Rows, _ outcomes: IncrementalOutcomes
  ) -> [Product] {
    let members = rows.members
    let (gram, right) = rows.products(with: outcomes.rows, width: outcomes.width)
    var ridged = gram
    for i in 0..<gram.size { ridged[i, i] *= 1 + 1e-8 }
    guard room > 0, let factor = Cholesky(ridged) else { return [] }
    let (size, width) = (gram.size, outcomes.width)
    let stride = (outcomes.count + 9999) / 10000
    let draws = Array(Swift.stride(from: 0, to: outcomes.count, by: stride))
    let betas = right.map { factor.solve($0) }
    var residuals = [[Double]](repeating: [], count: width)
    rows.forEachPanel(step: stride) { done, panel in
      for outcome in 0..<width {
        for row in 0..<panel.count / size {
          let y = outcomes.rows[(done + row) * stride * width + outcome]
          residuals[outcome].append(
            (0..<size).reduce(y) { $0 - betas[outcome][$1] * panel[row * size + $1] })
        }
      }
    }
    let scales = residuals.map { $0.reduce(0) { $0 + $1 * $1 } }
    let scores = products.map { product in
      let column = draws.map { value(product, members, $0) }
      let own = column.reduce(0) { $0 + $1 * $1 }
      guard own > 0 else { return 0.0 }
      return (0..<width).reduce(0) { total, outcome in
        guard scales[outcome] > 0 else { return total }
        let sum = zip(column, residuals[outcome]).reduce(0) { $0 + $1.0 * $1.1 }
        return total + sum * sum / (own * scales[outcome])
      }
    }
    return products.indices.sorted {
      scores[$0] > scores[$1] || scores[$0] == scores[$1] && $0 < $1
    }
    .prefix(room).map { products[$0] }
  }

  /// The additive functions and the products after them, draw by draw.
  private struct Rows: BasisRows {
    let additive: Int
    let kept: [Product]
    let members: [Member]
    let count: Int
    var size: Int { additive + kept.count }

    /// Draws at a time, that stay in the first cache while all products go over them.
    private static let length = 32

    func fill(_ target: UnsafeMutablePointer<Double>, first: Int, rows: Int, step: Int) {
      precondition(rows == 0 || first + (rows - 1) * step < count)
      for start in stride(from: 0, to: rows, by: Self.length) {
        fillFew(
          target + start * size, first: first + start * step, rows: min(Self.length, rows - start),
          step: step)
      }
    }

    private func fillFew(
      _ target: UnsafeMutablePointer<Double>, first: Int, rows: Int, step: Int
    ) {
      let size = size
      for member in members {
        let own = member.basis.size
        member.basis.values.withUnsafeBufferPointer { functions in
          for row in 0..<rows {
            let source = Int(member.place[first + row * step]) * own + member.dropped
            let start = row * size + member.first
            for f in 0..<member.kept { target[start + f] = functions[source + f] }
          }
        }
      }
      for (index, product) in kept.enumerated() {
        for (number, part) in product.enumerated() {
          let member = members[part.member]
          member.factors[part.factor].withUnsafeBufferPointer { factor in
            member.place.withUnsafeBufferPointer { places in
              for row in 0..<rows {
                let place = row * size + additive + index
                let x = factor[Int(places[first + row * step])]
                target[place] = number == 0 ? x : target[place] * x
              }
            }
          }
        }
      }
    }
  }

  /// One smoothing parameter for all curvatures and products, and a choice of how much harder products
  /// are held than curvatures.
  private static func penalties(
    _ members: [Member], additive: Int, size: Int, gram: SymmetricMatrix
  ) -> [PenalisedRegression.Penalty] {
    var base = SymmetricMatrix(size: size)
    var rank = 0
    for member in members where member.basis.penalty.rank > 0 {
      rank += member.basis.penalty.rank
      // λ = 1 is to mean the same for all: traces as those of the columns.
      for i in 0..<member.basis.splines - member.dropped {
        for j in 0..<member.basis.splines - member.dropped {
          base[member.first + i, member.first + j] =
            member.basis.penalty.scale
            * member.basis.penalty.matrix[i + member.dropped, j + member.dropped]
        }
      }
    }
    let products = size - additive
    if rank + products == 0 {
      return [PenalisedRegression.Penalty(matrix: base, rank: 0, logDeterminant: 0, scale: 1)]
    }
    let weights = products > 0 ? [1e-3, 1, 1e3, 1e8] : [1]
    return weights.map { weight in
      var matrix = base
      for f in additive..<size { matrix[f, f] = weight * gram[f, f] }
      return PenalisedRegression.Penalty(
        matrix: matrix, rank: rank + products,
        logDeterminant: Double(products) * Double.log(weight), scale: 1)
    }
  }
}
