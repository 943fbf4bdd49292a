// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct MomentsTests {
  /// The sequence of a row of moments_accuracy.csv, as its script defines it.
  static func sequence(_ row: [String: String]) throws -> [Double] {
    let n = try #require(Int(row["n"] ?? ""))
    if row["kind"] == "cycle" {
      let first = try #require(Double(row["first"] ?? ""))
      let pattern = (row["pattern"] ?? "").split(separator: ";").compactMap { Double($0) }
      return (0..<n).map { $0 == 0 ? first : pattern[($0 - 1) % pattern.count] }
    }
    let offset = try #require(Double(row["offset"] ?? ""))
    let multiplier = try #require(Int(row["multiplier"] ?? ""))
    let modulus = try #require(Int(row["modulus"] ?? ""))
    let scale = try #require(Double(row["scale"] ?? ""))
    return (0..<n).map { offset + scale * Double((multiplier * $0) % modulus) }
  }

  static func moments(_ values: [Double]) -> Moments {
    values.withUnsafeBufferPointer { Moments(block: $0) }
  }

  static func tree(_ values: [Double], blockSize: Int) -> Moments? {
    var tree = MergeTree<Moments>()
    for (position, start) in stride(from: 0, to: values.count, by: blockSize).enumerated() {
      let end = min(start + blockSize, values.count)
      tree.insert(moments(Array(values[start..<end])), at: position)
    }
    return tree.reduced()
  }

  @Test func hardSequencesInOneBlock() throws {
    let table = try SummaryReference("moments_accuracy.csv")
    #expect(table.rows.count >= 15)
    for row in table.records {
      let values = try Self.sequence(row)
      let mean = try #require(Double(row["mean"] ?? ""))
      let sd = try #require(Double(row["sd"] ?? ""))
      let result = Self.moments(values)
      let n = Double(values.count)
      let deviation = values.reduce(0) { $0 + ($1 - mean).magnitude / n }
      let name = row["sequence"] ?? ""
      #expect(result.count == values.count, "\(name)")
      // The first pass leaves an ulp of the mean; the second adds up n deviations.
      #expect(
        (result.mean - mean).magnitude <= mean.ulp + n.squareRoot() / 4 * deviation.ulp,
        "\(name) mean \(result.mean)")
      let error = ((result.standardDeviation ?? .nan) - sd).magnitude
      #expect(
        error <= (4e-15 + 2e-18 * n) * sd,
        "\(name) sd \(result.standardDeviation ?? .nan), \(error / sd)")
    }
  }

  @Test(arguments: [1, 2, 7, 64, 1000])
  func hardSequencesInATree(blockSize: Int) throws {
    for row in try SummaryReference("moments_accuracy.csv").records {
      let values = try Self.sequence(row)
      let mean = try #require(Double(row["mean"] ?? ""))
      let sd = try #require(Double(row["sd"] ?? ""))
      let result = try #require(Self.tree(values, blockSize: blockSize))
      let size = values.reduce(0) { Swift.max($0, $1.magnitude) }
      let name = row["sequence"] ?? ""
      #expect((result.mean - mean).magnitude <= 4 * size.ulp, "\(name) mean \(result.mean)")
      let error = ((result.standardDeviation ?? .nan) - sd).magnitude
      #expect(
        error <= 1e-14 * sd + 4 * size.ulp, "\(name) sd \(result.standardDeviation ?? .nan)")
    }
  }

  @Test func certifiedValues() throws {
    var seen = 0
    for row in try SummaryReference("moments_accuracy.csv").records {
      guard let mean = Double(row["certified_mean"] ?? ""),
        let sd = Double(row["certified_sd"] ?? "")
      else { continue }
      let result = Self.moments(try Self.sequence(row))
      // The decimals are rounded to doubles before: relative to sd by up to ulp(mean) / sd.
      #expect((result.mean - mean).magnitude <= mean.ulp)
      #expect(((result.standardDeviation ?? .nan) - sd).magnitude <= 4 * mean.ulp)
      seen += 1
    }
    #expect(seen == 4)
  }

  /// Against sums with compensation, on every remainder of the lanes.
  @Test func everyLength() {
    var random = SummaryRandom(state: 11)
    for n in Array(0...70) + [255, 256, 257, 4096] {
      let values = (0..<n).map { _ in random.skewed() }
      let result = Self.moments(values)
      #expect(result.count == n)
      #expect(result.minimum == values.min() ?? .infinity)
      #expect(result.maximum == values.max() ?? -.infinity)
      guard n > 0 else {
        #expect(result == .empty && result.variance == nil)
        continue
      }
      let mean = Self.compensatedSum(values) / Double(n)
      let m2 = Self.compensatedSum(values.map { ($0 - mean) * ($0 - mean) })
      let size = values.reduce(0) { $0 + $1.magnitude / Double(n) }
      #expect((result.mean - mean).magnitude <= 2 * size.ulp, "\(n)")
      #expect((result.squaredDeviations - m2).magnitude <= 1e-14 * m2, "\(n)")
    }
  }

  static func compensatedSum(_ values: [Double]) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for x in values {
      let next = sum + x
      lost += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
      sum = next
    }
    return sum + lost
  }

  @Test func definitions() throws {
    let result = Self.moments([1, 2, 3, 4, 10])
    #expect(result.mean == 4 && result.squaredDeviations == 50)
    #expect(result.variance == 12.5)
    #expect(result.standardDeviation == 12.5.squareRoot())
    let mcse = try #require(result.monteCarloStandardError)
    #expect((mcse - 2.5.squareRoot()).magnitude <= mcse.ulp)
    #expect(Self.moments([7]).mean == 7)
    #expect(Self.moments([7]).monteCarloStandardError == nil)
  }

  @Test(arguments: [0.1, -1.1, 1e150, 1e-150, 15440.37, 1e-300])
  func constantsAreExact(value: Double) throws {
    for n in [1, 3, 4, 1000, 4099] {
      let values = Array(repeating: value, count: n)
      for result in [Self.moments(values), try #require(Self.tree(values, blockSize: 17))] {
        #expect(result.mean == value && result.squaredDeviations == 0)
        #expect(result.minimum == value && result.maximum == value)
      }
    }
  }

  @Test func negativeZeroIsZero() {
    for values in [[-0.0], [-0.0, 0.0], [0.0, -0.0, 0, 0, -0.0]] {
      let result = Self.moments(values)
      #expect(result.minimum.sign == .plus && result.maximum.sign == .plus)
      #expect(result.mean.sign == .plus)
    }
    #expect(Self.moments([-0.0, 1]).minimum.sign == .plus)
  }

  @Test func emptyIsTheIdentity() {
    let some = Self.moments([1, 5, 2])
    #expect(Moments.merge(.empty, some) == some)
    #expect(Moments.merge(some, .empty) == some)
  }
}
