// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct RankIntervalTests {
  /// SciPy's binomial, proved with whole-number arithmetic by the script.
  @Test func referenceRanks() throws {
    let rows = try SummaryReference("rank_intervals.csv").records
    #expect(rows.count == 64)
    for row in rows {
      let n = try #require(Int(row["n"] ?? ""))
      let p = try #require(Double(row["p"] ?? ""))
      let interval = RankInterval(p, count: n)
      #expect(interval.lower == Int(row["lower_rank"] ?? ""), "n \(n), p \(p)")
      #expect(interval.upper == Int(row["upper_rank"] ?? ""), "n \(n), p \(p)")
    }
  }

  /// Proved the same way: 256-bit whole-number sums.
  @Test(arguments: [
    (1_000_000_000, 0.025, 24_990_324, 25_009_678),
    (1_000_000_000, 0.5, 499_969_010, 500_030_991),
    (1_000_000_000, 0.999, 998_998_041, 999_001_960),
  ])
  func largeCounts(n: Int, p: Double, lower: Int, upper: Int) {
    let interval = RankInterval(p, count: n)
    #expect(interval.lower == lower && interval.upper == upper)
  }

  /// The definition, with all probabilities from the recurrence over whole distributions.
  @Test func definition() {
    for n in Array(1...60) + [97, 200, 333] {
      for p in [0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999] {
        var distribution = [1.0]
        for _ in 0..<n {
          var next = Array(repeating: 0.0, count: distribution.count + 1)
          for (k, weight) in distribution.enumerated() {
            next[k] += weight * (1 - p)
            next[k + 1] += weight * p
          }
          distribution = next
        }
        var cumulative: [Double] = []
        for weight in distribution { cumulative.append((cumulative.last ?? 0) + weight) }
        let l = (0...n).last { $0 == 0 || cumulative[$0 - 1] <= 0.025 + 1e-13 } ?? 0
        let u = (1...(n + 1)).first { cumulative[$0 - 1] >= 0.975 - 1e-13 } ?? n + 1
        let interval = RankInterval(p, count: n)
        #expect(interval.lower == (l < 1 ? nil : l), "n \(n), p \(p)")
        #expect(interval.upper == (u > n ? nil : u), "n \(n), p \(p)")
      }
    }
  }

  @Test func mirror() {
    for n in [10, 39, 100, 12_345, 5_000_000] {
      for p in [0.025, 0.25, 0.5, 0.975] {
        let interval = RankInterval(p, count: n)
        let mirrored = RankInterval(1 - p, count: n)
        #expect(interval.lower == mirrored.upper.map { n + 1 - $0 })
        #expect(interval.upper == mirrored.lower.map { n + 1 - $0 })
      }
    }
  }

  @Test func endsOfTheRange() {
    let lowest = RankInterval(0, count: 50)
    #expect(lowest.lower == nil && lowest.upper == 1)
    let highest = RankInterval(1, count: 50)
    #expect(highest.lower == 50 && highest.upper == nil)
  }

  /// P(X ≤ x) from 512-bit whole-number sums.
  @Test(arguments: [
    (10, 0.5, 1, 0.0107421875, 1e-15),
    (1000, 0.025, 15, 0.021065944186113194, 4e-14),
    (100_000, 0.5, 49_689, 0.024777857334762465, 4e-14),
    (1_000_000, 0.999, 998_937, 0.024848494269127008, 1e-12),
    (1_000_000_000, 0.5, 499_969_009, 0.024997233778622847, 3e-12),
    (1_000_000_000, 0.5, 499_900_000, 1.2700741798772834e-10, 3e-12),
    (50, 0.9, 20, 6.169386905412877e-18, 1e-14),
  ])
  func tails(n: Int, p: Double, x: Int, expected: Double, tolerance: Double) {
    let tail = BinomialTail(count: n, p: p, q: 1 - p).cumulative(x)
    #expect((tail / expected - 1).magnitude <= tolerance, "\(tail), off by \(tail / expected - 1)")
  }
}
