// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct OrderStatisticsTests {
  /// Orders and ties that are hard for a quickselect.
  private static func shapes(_ n: Int, _ random: inout SummaryRandom) -> [(String, [Double])] {
    let plain = (0..<n).map { _ in random.skewed() }
    return [
      ("random", plain),
      ("sorted", plain.sorted()),
      ("reversed", plain.sorted(by: >)),
      ("constant", Array(repeating: 2.5, count: n)),
      ("organ pipe", (0..<n).map { Double(min($0, n - $0)) }),
      ("few values", plain.map { ($0 / 4).rounded() }),
      ("two values", plain.map { $0 > 0 ? 1 : 0 }),
      ("half zero", plain.map { max($0, 0) }),
      ("saw", (0..<n).map { Double($0 % 17) }),
      ("sorted halves", Array(plain[..<(n / 2)].sorted()) + plain[(n / 2)...].sorted()),
      ("one odd", (0..<n).map { $0 == n / 3 ? -1 : 7 }),
      ("extremes", plain.map { $0 > 5 ? .infinity : $0 < -1 ? -.greatestFiniteMagnitude : $0 }),
      ("signed zeros", plain.map { $0 > 0 ? 0.0 : -0.0 }),
    ]
  }

  /// Against sorting.
  @Test(arguments: [1, 2, 3, 24, 25, 26, 100, 255, 256, 1000, 5000, 70_000])
  func selectsWhatSortingFinds(n: Int) {
    var random = SummaryRandom(state: UInt64(n))
    for (name, values) in Self.shapes(n, &random) {
      let sorted = values.sorted()
      for count in [1, 2, 5, 30, 200] {
        let ranks = (0..<count).map { _ in Int.random(in: 0..<n, using: &random) }.sorted()
        var copy = values
        let result = OrderStatistics.select(&copy, ranks: ranks)
        #expect(result == ranks.map { sorted[$0] }, "\(name), \(n) values, ranks \(ranks)")
        #expect(copy.sorted() == sorted, "\(name), \(n) values: not the same values any more")
      }
      for ranks in [[0], [n - 1], [0, n - 1], [0, 0, n / 2, n / 2, n - 1, n - 1]] {
        var copy = values
        #expect(OrderStatistics.select(&copy, ranks: ranks) == ranks.map { sorted[$0] })
      }
    }
  }

  @Test func allRanksSort() {
    var random = SummaryRandom(state: 4)
    for (name, values) in Self.shapes(3000, &random) {
      var copy = values
      #expect(
        OrderStatistics.select(&copy, ranks: Array(0..<3000)) == values.sorted(), "\(name)")
    }
  }

  /// No shape is so hard that the pivots fail, not even with all ranks wanted.
  @Test(arguments: [100, 5000, 70_000])
  func pivotsSuffice(n: Int) {
    var random = SummaryRandom(state: 8)
    for (name, values) in Self.shapes(n, &random) {
      for ranks in [[n / 2], Array(stride(from: 0, to: n, by: n / 30)), Array(0..<n)] {
        #expect(!Self.neededHeap(values, ranks, divisions: nil), "\(name), \(ranks.count) ranks")
      }
    }
  }

  private static func neededHeap(_ values: [Double], _ ranks: [Int], divisions: Int?) -> Bool {
    var copy = values
    return copy.withUnsafeMutableBufferPointer { buffer in
      ranks.withUnsafeBufferPointer { ranks in
        guard let base = buffer.baseAddress else { return false }
        var selection = MultiSelection(values: base, ranks: ranks)
        selection.run(count: values.count, divisions: divisions)
        return selection.neededHeap
      }
    }
  }

  /// The heap is reached only by orders that defeat the sampled pivots: here it comes at once.
  @Test(arguments: [0, 1, 3])
  func heapGivesTheSame(divisions: Int) {
    var random = SummaryRandom(state: 6)
    for n in [25, 26, 100, 1001] {
      for (name, values) in Self.shapes(n, &random) {
        let ranks = [0, n / 7, n / 2, n / 2 + 1, n - 1]
        let sorted = values.sorted()
        var copy = values
        copy.withUnsafeMutableBufferPointer { buffer in
          ranks.withUnsafeBufferPointer { ranks in
            guard let base = buffer.baseAddress else { return }
            var selection = MultiSelection(values: base, ranks: ranks)
            selection.run(count: n, divisions: divisions)
            #expect(divisions > 0 || selection.neededHeap)
          }
        }
        #expect(ranks.map { copy[$0] } == ranks.map { sorted[$0] }, "\(name), \(n)")
        #expect(copy.sorted() == sorted)
      }
    }
  }

  @Test func negativeZeroIsReportedAsZero() {
    var values = [0.0, -0.0, 1, -0.0, -1]
    let result = OrderStatistics.select(&values, ranks: [0, 1, 2, 3, 4])
    #expect(result == [-1, 0, 0, 0, 1])
    #expect(result[1...3].allSatisfy { $0.sign == .plus })
  }

  @Test func nothingWanted() {
    var values: [Double] = []
    #expect(OrderStatistics.select(&values, ranks: []) == [])
  }

  @Test func wrongRanksTrap() async {
    await #expect(processExitsWith: .failure) {
      var values = [1.0, 2]
      _ = OrderStatistics.select(&values, ranks: [2])
    }
    await #expect(processExitsWith: .failure) {
      var values = [1.0, 2]
      _ = OrderStatistics.select(&values, ranks: [1, 0])
    }
    await #expect(processExitsWith: .failure) {
      var values = [1.0, 2]
      _ = OrderStatistics.select(&values, ranks: [-1])
    }
  }

  /// Type 7 against NumPy.
  @Test func quantilesOfReferenceSamples() throws {
    var samples: [String: [Double]] = [:]
    for row in try SummaryReference("order_statistics_samples.csv").records {
      samples[row["sample"] ?? "", default: []].append(try #require(Double(row["value"] ?? "")))
    }
    let rows = try SummaryReference("order_statistics.csv").records
    #expect(rows.count >= 72)
    for row in rows {
      var values = try #require(samples[row["sample"] ?? ""])
      let p = try #require(Double(row["p"] ?? ""))
      let expected = try #require(Double(row["quantile"] ?? ""))
      let position = QuantilePosition(p, count: values.count)
      let neighbours = OrderStatistics.select(
        &values, ranks: [position.lowerRank, position.upperRank])
      let result = position.interpolate(neighbours[0], neighbours[1])
      let size = max(neighbours[0].magnitude, neighbours[1].magnitude)
      #expect((result - expected).magnitude <= 2 * size.ulp, "\(row) gave \(result)")
    }
  }
}
