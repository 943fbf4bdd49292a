// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

@Suite struct DrawOrderTests {
  private static func values(_ count: Int, levels: UInt64) -> [Double] {
    var state: UInt64 = 7
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let level = (state >> 33) % levels
      return (Double(level) - Double(levels) / 3) * 1e-3
    }
  }

  @Test(arguments: [1, 2, 255, 256, 5000], [1, 3, 1 << 40] as [UInt64])
  func `Rows come in the order of values, equal ones in the order of rows`(
    count: Int, levels: UInt64
  ) {
    let values = Self.values(count, levels: levels)
    let expected = values.indices.sorted {
      values[$0] < values[$1] || values[$0] == values[$1] && $0 < $1
    }
    #expect(DrawOrder(values).rows.map { Int($0) } == expected)
  }

  /// Values that agree in their leading bits beside one far away, and such that fill the whole range.
  @Test func `Close values are told apart next to far ones`() {
    var close = Self.values(3000, levels: 1 << 40).map { 1 + $0 * 1e-12 }
    close[77] = -1e300
    let wide = Self.values(3000, levels: 97).map { $0 == 0 ? -0.0 : $0 * 1e300 * $0 }
    for values in [close, wide] {
      let expected = values.indices.sorted {
        values[$0] < values[$1] || values[$0] == values[$1] && $0 < $1
      }
      #expect(DrawOrder(values).rows.map { Int($0) } == expected)
    }
  }

  @Test func `Both zeros are one value and infinities have places`() {
    var values = [Double](repeating: 1, count: 300)
    values[7] = -0.0
    values[3] = 0
    values[200] = -.infinity
    values[100] = .infinity
    let rows = DrawOrder(values).rows
    #expect(rows.first == 200)
    #expect(Array(rows[1...2]) == [3, 7])
    #expect(rows.last == 100)
  }

  @Test func `Equal values share a bin and every draw has one`() {
    for levels: UInt64 in [1, 3, 100, 1 << 40] {
      let values = Self.values(3000, levels: levels)
      let order = DrawOrder(values)
      for bins in [
        DrawBins.graded(values, order), DrawBins.equalCount(values, order, count: 20),
      ] {
        #expect(bins.starts.first == 0 && bins.starts.last == 3000)
        #expect(bins.starts.count == bins.count + 1)
        for start in bins.starts.dropFirst().dropLast() {
          #expect(values[Int(order.rows[start - 1])] < values[Int(order.rows[start])])
        }
      }
    }
  }

  @Test func `Equal counts differ by one at most without ties`() {
    let values = Self.values(1003, levels: 1 << 40)
    let bins = DrawBins.equalCount(values, DrawOrder(values), count: 20)
    #expect(bins.count == 20)
    let sizes = (0..<20).map { bins.size($0) }
    #expect(sizes.min() == 50 && sizes.max() == 51)
  }
}
