// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Result files read back, and derived again from the draws in the plainest way.
@Suite struct CSVRoundTripTests {
  private static let count = 20_001
  private static let percents = [2.5, 5, 25, 50, 75, 95, 97.5]

  /// The files of one run, by name.
  private static let files: Result<[String: [UInt8]], any Error> = Result {
    let workplace = try Workplace()
    let outcome = try workplace.simulate(
      "run", norwayScenario, "--draws", "--iterations", "\(count)", "-q", "-o", "out")
    try #require(outcome.code == 0, "\(outcome)")
    return try Dictionary(
      uniqueKeysWithValues: ["summary", "histograms", "resolved", "draws"].map { name in
        (name, try workplace.bytes("out/norway-exercise/\(name).csv"))
      })
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try #require(try Self.files.get()[name])
  }

  private func table(_ name: String) throws -> CSVTable {
    try CSVTable(try bytes(name))
  }

  private static let outputs = ["", "_1750", "_11000"].flatMap { suffix in
    ["cost", "benefit", "net_benefit"].map { $0 + suffix }
  }

  @Test func headers() throws {
    let percentiles = Self.percents.flatMap { percent in
      let name = "p" + (percent == percent.rounded() ? "\(Int(percent))" : "\(percent)")
      return [name, name + "_low", name + "_high"]
    }
    #expect(
      try table("summary").header
        == ["output", "variant", "strategy", "perspective", "unit", "iterations"]
        + ["mean", "mcse", "sd", "min", "max"] + percentiles + ["p_positive", "p_positive_mcse"])
    #expect(
      try table("histograms").header == [
        "output", "variant", "strategy", "perspective", "unit", "bin", "lower", "upper", "count",
        "share", "density",
      ])
    #expect(
      try table("resolved").header.starts(with: [
        "parameter", "unit", "stated", "base", "low", "high", "reading", "base_is", "fit", "family",
        "fitted", "mean", "sd",
      ]))
    #expect(
      try table("draws").header
        == ["iteration", "centre_factor", "individual_hours", "group_hours", "qalys", "in_work"]
        + ["fewer_visits"] + Self.outputs)
    #expect(try table("summary").column("output") == Self.outputs)
    #expect(try table("resolved").rows.count == 21)
  }

  @Test func bytesAreUnixTextWithShortNumbers() throws {
    for name in ["summary", "histograms", "resolved", "draws"] {
      let bytes = try bytes(name)
      #expect(!bytes.contains(0x0D) && !bytes.starts(with: [0xEF, 0xBB, 0xBF]))
      #expect(bytes.last == 0x0A)
    }
    for (name, table) in [("summary", try table("summary")), ("draws", try table("draws"))] {
      let first = name == "draws" ? 0 : 5
      for row in table.rows.prefix(2000) {
        for field in row[first...] where !field.isEmpty {
          let value = try #require(Double(field), "\(field)")
          let shortest =
            value == value.rounded() && !field.contains("e")
            ? "\(value)".replacing(/\.0$/, with: "") : "\(value)"
          #expect(field == shortest)
        }
      }
    }
  }

  @Test func histogramsAddUp() throws {
    let table = try table("histograms")
    let draws = try self.table("draws")
    for output in Self.outputs {
      let rows = table.rows.filter { $0[0] == output }
      #expect(rows.map { $0[5] } == (0..<rows.count).map { "\($0)" })
      #expect(rows.compactMap { Int($0[8]) }.reduce(0, +) == Self.count)
      #expect(rows.first?[6] == "" && rows.last?[7] == "")
      let values = try draws.numbers(output)
      for (row, next) in zip(rows, rows.dropFirst()) { #expect(row[7] == next[6]) }
      for row in rows {
        let lower = Double(row[6]) ?? -.infinity
        let upper = Double(row[7]) ?? .infinity
        let count = try #require(Int(row[8]))
        #expect(values.count { $0 >= lower && $0 < upper } == count, "\(output) bin \(row[5])")
        #expect(abs(try #require(Double(row[9])) - Double(count) / Double(Self.count)) < 1e-15)
        if row[6].isEmpty || row[7].isEmpty {
          #expect(row[10].isEmpty)
        } else {
          let density = Double(count) / Double(Self.count) / (upper - lower)
          #expect(abs(try #require(Double(row[10])) - density) <= 1e-14 * density)
        }
      }
    }
  }

  @Test func drawsAreInOrderAndComplete() throws {
    let iterations = try table("draws").column("iteration")
    #expect(iterations == (1...Self.count).map { "\($0)" })
  }

  /// The model written out by hand gives the outputs from the drawn parameters.
  @Test func drawsFollowTheModel() throws {
    let draws = try table("draws")
    let uncertain = [
      "centre_factor", "individual_hours", "group_hours", "qalys", "in_work", "fewer_visits",
    ]
    let columns = try (uncertain + Self.outputs).map { try draws.numbers($0) }
    let centre = (200.0 * 1000 * 12 + 1.25 * 697_500) / 150
    for i in 0..<Self.count {
      let x = columns.map { $0[i] }
      let cost = centre * x[0] + 600 * x[1] + 135 * x[2]
      let benefit = 1_235_000 * x[3] + 8550 * x[4] + 2000 * x[5]
      let perUser = [cost, benefit, benefit - cost]
      for (k, users) in [1.0, 1750, 11_000].enumerated() {
        for (j, value) in perUser.enumerated() {
          let scale = users * (abs(cost) + abs(benefit))
          try #require(abs(x[6 + 3 * k + j] - users * value) <= 1e-14 * scale, "iteration \(i)")
        }
      }
    }
  }

  @Test(arguments: outputs) func drawsGiveTheSummary(_ output: String) throws {
    let values = try table("draws").numbers(output)
    let summary = try table("summary")
    let n = Double(values.count)
    func close(_ name: String, _ value: Double, relative: Double) throws {
      let written = try summary.number(output, name)
      #expect(abs(written - value) <= relative * abs(value), "\(name): \(written), \(value)")
    }
    let mean = values.reduce(0, +) / n
    let sd = (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (n - 1)).squareRoot()
    try close("mean", mean, relative: 1e-12)
    try close("sd", sd, relative: 1e-12)
    try close("mcse", sd / n.squareRoot(), relative: 1e-12)
    let sorted = values.sorted()
    #expect(try summary.number(output, "min") == sorted[0])
    #expect(try summary.number(output, "max") == sorted[Self.count - 1])
    for percent in Self.percents {
      // Type 7: linear between the neighbours of (n − 1) p.
      let place = (n - 1) * percent / 100
      let below = Int(place)
      let above = min(below + 1, Self.count - 1)
      let value = sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
      let name = "p" + (percent == percent.rounded() ? "\(Int(percent))" : "\(percent)")
      try close(name, value, relative: 1e-13)
      let low = try summary.number(output, name + "_low")
      let high = try summary.number(output, name + "_high")
      #expect(sorted.contains(low) && sorted.contains(high))
      // The ranks of the ends by the normal approximation, which is good to a rank or two here.
      let half = 1.96 * (n * percent / 100 * (1 - percent / 100)).squareRoot()
      for (end, sign) in [(low, -1.0), (high, 1.0)] {
        let rank = try #require(sorted.firstIndex(of: end))
        #expect(abs(Double(rank) - (n * percent / 100 + sign * half)) <= 3, "\(name) \(sign)")
      }
    }
    let share = Double(values.count { $0 > 0 }) / n
    #expect(try summary.number(output, "p_positive") == share)
    try close("p_positive_mcse", (share * (1 - share) / n).squareRoot(), relative: 1e-12)
  }

  @Test func fewIterationsLeaveFieldsEmpty() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "case.yaml")
    for n in 1...4 {
      #expect(try workplace.simulate("run", "case.yaml", "-i", "\(n)", "--draws").code == 0)
      let summary = try workplace.table("results/case/summary.csv")
      #expect(try summary.column("mcse")[0].isEmpty == (n == 1))
      #expect(try summary.column("p2.5_low") == [""])
      #expect(try workplace.table("results/case/draws.csv").rows.count == n)
      let counts = try workplace.table("results/case/histograms.csv").numbers("count")
      #expect(counts.reduce(0, +) == Double(n))
    }
  }
}
