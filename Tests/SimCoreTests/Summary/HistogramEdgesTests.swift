// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct HistogramEdgesTests {
  @Test func printsShort() {
    let tenths = HistogramEdges.nice(low: 0, high: 1, bins: 10)
    #expect(
      tenths.edges.map(\.description) == [
        "0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0",
      ])
    let around = HistogramEdges.nice(low: -0.07, high: 0.07, bins: 4)
    #expect(around.edges.map(\.description) == ["-0.08", "-0.04", "0.0", "0.04", "0.08"])
    // 3000 is wide enough, but from 6000 it ends at 30,000.
    let costs = HistogramEdges.nice(low: 8123, high: 31_877, bins: 8)
    #expect(costs.edges == [8000, 12_000, 16_000, 20_000, 24_000, 28_000, 32_000, 36_000, 40_000])
  }

  /// Mantissa (times ten) and decimal exponent of a tidy width.
  private static func tidy(_ width: Double) -> (mantissa: Int, exponent: Int)? {
    var exponent = Int(width.magnitude.description.split(separator: "e").dropFirst().first ?? "0")
    if exponent == nil { exponent = 0 }
    for e in ((exponent ?? 0) - 20)...((exponent ?? 0) + 20) {
      for mantissa in [10, 12, 15, 20, 25, 30, 40, 50, 60, 80] {
        let candidate = Double("\(mantissa)e\(e)") ?? .nan
        if (candidate / width - 1).magnitude < 1e-9 { return (mantissa, e) }
      }
    }
    return nil
  }

  /// What the documentation says, at random magnitudes.
  @Test func coverWithTidyWidths() throws {
    var random = SummaryRandom(state: 21)
    for round in 0..<2000 {
      let size = Double("1e\(Int.random(in: -250...250, using: &random))") ?? 1
      let bins = Int.random(in: 2...120, using: &random)
      let centre = (random.uniform() - 0.5) * size * (round % 3 == 0 ? 1000 : 1)
      let low = centre - random.uniform() * size
      let high = centre + random.uniform() * size
      let edges = HistogramEdges.nice(low: low, high: high, bins: bins).edges
      let context = "\(low) … \(high) in \(bins): \(edges[0]) … \(edges[bins])"
      #expect(edges.count == bins + 1)
      #expect(edges[0] <= low && edges[bins] >= high, "\(context)")
      #expect(edges[1] > low, "the first bin is needed: \(context)")
      let width = edges[bins] / Double(bins) - edges[0] / Double(bins)
      let (mantissa, exponent) = try #require(Self.tidy(width), "\(width): \(context)")
      // Each edge is the double nearest to a whole multiple of the width, so that it prints short.
      let unit = Double("\(mantissa)e\(exponent)") ?? .nan
      let start = Int((edges[0] / unit).rounded())
      for i in 0...bins {
        let text = "\((start + i) * mantissa)e\(exponent)"
        #expect(edges[i] == Double(text), "edge \(i): \(context)")
        #expect(edges[i].description.filter(\.isNumber).count <= 19, "\(edges[i])")
      }
      // The next smaller width would not do.
      let smaller = Self.smaller(mantissa, exponent)
      let first = (low / smaller).rounded(.down)
      let reach = (first + Double(bins)) * smaller
      #expect(reach < high + 1e-9 * smaller, "\(smaller) does as well: \(context)")
    }
  }

  private static func smaller(_ mantissa: Int, _ exponent: Int) -> Double {
    let all = [8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80]
    let below = all.last { $0 < mantissa } ?? 8
    return Double("\(below)e\(exponent)") ?? .nan
  }

  @Test(
    arguments: [
      (0.0, 0.0), (5, 5), (-3.7, -3.7), (0, .leastNonzeroMagnitude),
      (-.leastNonzeroMagnitude, .leastNonzeroMagnitude), (1e-300, 1e-300),
      (Double.greatestFiniteMagnitude, .greatestFiniteMagnitude),
      (-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude), (0, 1e308), (-1.7e308, 1e-300),
      (1e15, 1e15 + 1), (1e300, 1e300), (1e300, 1e300.nextUp), (0.1, 0.1.nextUp), (-1, 1),
      (-1e-9, 1e9),
      (-0.0, 0.0), (1e16, 1e16 + 2), (-.leastNormalMagnitude, .leastNormalMagnitude),
    ], [1, 2, 3, 40, 1000])
  func extremes(ends: (low: Double, high: Double), bins: Int) {
    let edges = HistogramEdges.nice(low: ends.low, high: ends.high, bins: bins)
    #expect(edges.binCount == bins)
    #expect(edges.edges.allSatisfy { $0.isFinite })
    #expect(zip(edges.edges, edges.edges.dropFirst()).allSatisfy { $0 < $1 })
    #expect(edges.edges[0] <= ends.low && edges.edges[bins] >= ends.high, "\(edges.edges)")
  }

  @Test func statedEndsAreKept() throws {
    var random = SummaryRandom(state: 31)
    for _ in 0..<2000 {
      let from = random.skewed()
      let to = from + random.uniform()
      let bins = Int.random(in: 1...50, using: &random)
      let edges = try #require(HistogramEdges.between(from, to, bins: bins))
      #expect(edges.edges[0] == from && edges.edges[bins] == to && edges.binCount == bins)
      for i in 0...bins {
        let expected = from + (to - from) * Double(i) / Double(bins)
        let tolerance = 4 * max(from.magnitude, to.magnitude).ulp
        #expect(
          (edges.lower(ofBin: min(i, bins - 1)) - expected).magnitude <= tolerance || i == bins)
      }
    }
  }

  @Test(arguments: [
    (0.0, 1.0, 10, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0"),
    (-0.3, 0.3, 6, "-0.3 -0.2 -0.1 0.0 0.1 0.2 0.3"),
    (0, 0.7, 7, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7"),
    (1e-20, 7e-20, 6, "1e-20 2e-20 3e-20 4e-20 5e-20 6e-20 7e-20"),
    (0, 50_000, 4, "0.0 12500.0 25000.0 37500.0 50000.0"),
    (0, 1, 8, "0.0 0.125 0.25 0.375 0.5 0.625 0.75 0.875 1.0"),
    (0, 3e300, 3, "0.0 1e+300 2e+300 3e+300"),
  ])
  func statedEndsPrintShort(from: Double, to: Double, bins: Int, expected: String) {
    let edges = HistogramEdges.between(from, to, bins: bins)
    #expect(edges?.edges.map(\.description).joined(separator: " ") == expected)
  }

  @Test func statedEndsThatCannotBe() {
    #expect(HistogramEdges.between(1, 1, bins: 3) == nil)
    #expect(HistogramEdges.between(2, 1, bins: 3) == nil)
    #expect(HistogramEdges.between(.nan, 1, bins: 3) == nil)
    #expect(HistogramEdges.between(0, .infinity, bins: 3) == nil)
    #expect(HistogramEdges.between(0, 1, bins: 0) == nil)
    #expect(HistogramEdges.between(1, 1.0.nextUp, bins: 2) == nil)
    #expect(HistogramEdges.between(1, 1.0.nextUp, bins: 1) != nil)
  }

  @Test func badEdgesTrap() async {
    await #expect(processExitsWith: .failure) { _ = HistogramEdges(edges: [1]) }
    await #expect(processExitsWith: .failure) { _ = HistogramEdges(edges: [1, 1]) }
    await #expect(processExitsWith: .failure) { _ = HistogramEdges(edges: [0, .nan, 1]) }
    await #expect(processExitsWith: .failure) { _ = HistogramEdges(edges: [0, 0.9, 1]) }
    await #expect(processExitsWith: .failure) {
      _ = HistogramEdges.nice(low: 1, high: 0, bins: 3)
    }
  }
}
