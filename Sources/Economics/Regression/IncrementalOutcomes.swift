// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Costs and effects of all strategies as differences to the first one, less their means: what
/// regressions work on.
///
/// Shapes: `width` = 2 (strategies − 1) columns, first the costs, then the effects; stored draw by draw,
/// so that one draw is one piece of memory.
/// Numerics: differences before smoothing, since what all strategies share is noise to a decision.
struct IncrementalOutcomes: Sendable {
  let strategies: Int
  let count: Int
  let width: Int
  /// Mean of each column before it was taken off.
  let means: [Double]
  /// Draw by draw, centred.
  let rows: [Double]
  /// Σ y y′ over the draws.
  let products: SymmetricMatrix

  /// Every `stride`-th draw.
  init(_ draws: Draws, stride: Int = 1) {
    let differences = draws.strategies.count - 1
    let width = 2 * differences
    let count = (draws.count + stride - 1) / stride
    var rows = [Double](repeating: 0, count: count * width)
    var means = [Double](repeating: 0, count: width)
    for column in 0..<width {
      let values = column < differences ? draws.costs : draws.effects
      let strategy = 1 + column % max(1, differences)
      var sum = 0.0
      for row in 0..<count {
        let difference = values[strategy][row * stride] - values[0][row * stride]
        rows[row * width + column] = difference
        sum += difference
      }
      means[column] = sum / Double(count)
      for row in 0..<count { rows[row * width + column] -= means[column] }
    }
    var products = SymmetricMatrix(size: width)
    for row in 0..<count { products.addProduct(of: rows, at: row * width) }
    strategies = draws.strategies.count
    self.count = count
    self.width = width
    self.means = means
    self.rows = rows
    self.products = products
  }

  /// Adds the outcomes of some draws, and their products, one draw after the other.
  func add(
    _ draws: ArraySlice<UInt32>, to sums: inout ArraySlice<Double>,
    _ products: inout SymmetricMatrix
  ) {
    precondition(sums.count == width && products.size == width)
    rows.withUnsafeBufferPointer { rows in
      draws.withUnsafeBufferPointer { draws in
        sums.withUnsafeMutableBufferPointer { sums in
          products.elements.withUnsafeMutableBufferPointer { products in
            if width == 2 { return Self.addPair(rows, draws, sums, products) }
            for draw in draws {
              let start = Int(draw) * width
              for i in 0..<width {
                let value = rows[start + i]
                sums[i] += value
                for j in 0..<width { products[i * width + j] += value * rows[start + j] }
              }
            }
          }
        }
      }
    }
  }

  /// The same for two strategies: one cost and one effect, kept in registers.
  private static func addPair(
    _ rows: UnsafeBufferPointer<Double>, _ draws: UnsafeBufferPointer<UInt32>,
    _ sums: UnsafeMutableBufferPointer<Double>, _ products: UnsafeMutableBufferPointer<Double>
  ) {
    var (cost, effect) = (sums[0], sums[1])
    var (costs, both, effects) = (products[0], products[1], products[3])
    for draw in draws {
      let (c, e) = (rows[2 * Int(draw)], rows[2 * Int(draw) + 1])
      cost += c
      effect += e
      costs += c * c
      both += c * e
      effects += e * e
    }
    (sums[0], sums[1]) = (cost, effect)
    (products[0], products[1], products[2], products[3]) = (costs, both, both, effects)
  }

  /// The weights that turn the columns into NMB of `strategy` less NMB of `other`.
  func contrast(_ strategy: Int, _ other: Int, _ willingnessToPay: Double) -> [Double] {
    var weights = [Double](repeating: 0, count: width)
    for (member, sign) in [(strategy, 1.0), (other, -1.0)] where member > 0 {
      weights[member - 1] -= sign
      weights[width / 2 + member - 1] += sign * willingnessToPay
    }
    return weights
  }

  /// NMB of all strategies, that of the first taken as 0, from a row of increments.
  func benefits(
    _ increments: ArraySlice<Double>, _ willingnessToPay: Double, into nmb: inout [Double]
  ) {
    let first = increments.startIndex
    nmb[0] = 0
    for d in 1..<strategies {
      nmb[d] = willingnessToPay * increments[first + width / 2 + d - 1] - increments[first + d - 1]
    }
  }

  /// Covariances of the NMB from those of the increments; row and column of the first strategy are 0.
  func benefitCovariance(
    _ increments: SymmetricMatrix, _ willingnessToPay: Double
  ) -> SymmetricMatrix {
    var result = SymmetricMatrix(size: strategies)
    for i in 1..<strategies {
      for j in 1..<strategies {
        let (ci, ei, cj, ej) = (i - 1, width / 2 + i - 1, j - 1, width / 2 + j - 1)
        result[i, j] =
          willingnessToPay * willingnessToPay * increments[ei, ej]
          - willingnessToPay * (increments[ei, cj] + increments[ci, ej]) + increments[ci, cj]
      }
    }
    return result
  }
}

extension SymmetricMatrix {
  /// Adds v v′, v the `size` numbers at `start`.
  @inline(__always)
  mutating func addProduct(of values: [Double], at start: Int, weight: Double = 1) {
    for i in 0..<size {
      let scaled = weight * values[start + i]
      for j in 0..<size { elements[i * size + j] += scaled * values[start + j] }
    }
  }
}

extension IncrementalOutcomes {
  /// Every strategy against the one with the highest mean NMB.
  func contrasts(_ willingnessToPay: Double) -> [[Double]] {
    var nmb = [Double](repeating: 0, count: strategies)
    benefits(means[...], willingnessToPay, into: &nmb)
    let best = nmb.indices.max { nmb[$0] < nmb[$1] } ?? 0
    return nmb.indices.filter { $0 != best }.map { contrast($0, best, willingnessToPay) }
  }
}
