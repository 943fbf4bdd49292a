// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Sums of blocks: the same bits on every form, and the order of addition that they promise.
@Suite struct BlockSumsTests {
  private static let counts = [1, 3, 15, 16, 17, 31, 32, 33, 100, 1000, 1024]

  private static func values(_ count: Int) -> [Double] {
    TableAccuracyTests.words(count, seed: 37).enumerated().map { index, word in
      let u = UniformStream.uniform(word)
      return index % 7 == 3 ? -0.0 : (u - 0.4) * (index % 5 == 0 ? 1e12 : 1)
    }
  }

  @Test(arguments: counts)
  func everyFormGivesTheSameBits(count: Int) {
    let block = Self.values(count)
    block.withUnsafeBufferPointer { block in
      let portable = Moments(block: block, path: .portable)
      for path in VectorPath.available {
        let own = Moments(block: block, path: path)
        #expect(own == portable, "\(path)")
        #expect(own.mean.bitPattern == portable.mean.bitPattern, "\(path)")
        #expect(own.minimum.bitPattern == portable.minimum.bitPattern, "\(path)")
      }
    }
  }

  /// The order of additions is part of the results: sixteen lanes, joined by halves, once more in plain code.
  @Test(arguments: counts)
  func theOrderOfAdditionIsTheOnePromised(count: Int) {
    let block = Self.values(count)
    func sum(_ term: (Double) -> Double) -> Double {
      var lanes = [Double](repeating: 0, count: 16)
      for (index, x) in block.enumerated() { lanes[index % 16] += term(x) }
      for half in [8, 4, 2, 1] {
        for lane in 0..<half { lanes[lane] += lanes[lane + half] }
      }
      return lanes[0]
    }
    let n = Double(count)
    let rounded = sum { $0 } / n
    let residual = sum { $0 - rounded }
    let squares = sum { ($0 - rounded) * ($0 - rounded) }
    let moments = block.withUnsafeBufferPointer { Moments(block: $0) }
    if count > 1 {
      #expect(moments.mean == rounded + residual / n)
      #expect(moments.squaredDeviations == max(0, squares - residual * residual / n))
    }
    #expect(moments.minimum == block.min() && moments.maximum == block.max())
    var share = Proportion()
    block.withUnsafeBufferPointer { share.add(block: $0) }
    #expect(share.positiveCount == block.count { $0 > 0 } && share.count == count)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func everyFormFindsTheFirstThatIsNotFinite(value: Double) {
    for path in VectorPath.available {
      for count in [1, 16, 17, 40] {
        var block = [Double](repeating: 1e300, count: count)
        func first() -> Int? {
          block.withUnsafeBufferPointer { FiniteCheck.firstNonFinite($0, path: path) }
        }
        #expect(first() == nil, "\(path) \(count)")
        for place in 0..<count {
          block[place] = value
          #expect(first() == place, "\(path) \(count)")
          block[place] = -1e300
        }
      }
    }
  }
}
