// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The vector kernels give the bits of the portable ones, element by element. On a processor without
/// them the portable form is compared with itself.
@Suite struct VectorPathTests {
  private static let paths = VectorPath.available

  @Test(arguments: [0, 2, 6, 8, 10, 94, 96, 98, 112, 1022, 1024])
  func wordsAgree(count: Int) {
    let stream = UniformStream(StreamAddress(.draw, name: "vector"), seed: 7)
    // Some begin just below a counter whose high word is another.
    for first in [
      0, 2, 4094, (1 << 33) - 600, (1 << 33) - 100, (1 << 33) - 14, (1 << 33) - 8, 1 << 33, 1 << 40,
    ] {
      let portable = Self.words(stream, count, first: first, path: .portable)
      for path in Self.paths {
        let vector = Self.words(stream, count, first: first, path: path)
        #expect(portable == vector, "\(path) from \(first)")
      }
    }
  }

  private static func words(
    _ stream: UniformStream, _ count: Int, first: Int, path: VectorPath
  ) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    words.withUnsafeMutableBufferPointer {
      stream.fill($0, first: first, label: 3, draw: 5, path: path)
    }
    return words
  }

  static let standards: [any Distribution] = [
    Normal.standard, try! Gamma(shape: 0.01, scale: 1), try! Gamma(shape: 0.05, scale: 1),
    try! Gamma(shape: 42.7, scale: 1),
    try! Gamma(shape: 1e6, scale: 1), try! Beta(alpha: 0.1, beta: 3),
    try! Beta(alpha: 5, beta: 99995), try! Beta(alpha: 0.5, beta: 0.5),
    try! LogNormal(meanLog: 0, sdLog: 1.1), try! Folded(Laplace(location: 0, scale: 1), about: 1),
    try! Mixture(components: [(0.35, PointMass(0)), (0.65, Gamma(shape: 0.5, scale: 9))]),
    try! Mixture(components: [
      (0.2, Uniform(low: 0, high: 1)), (0.3, Uniform(low: 3, high: 4)),
      (0.5, Uniform(low: 5, high: 6)),
    ]),
    try! Mixture(
      components: (0..<10).map {
        (0.1, try! Uniform(low: 2 * Double($0), high: 2 * Double($0) + 1))
      }),
  ]

  @Test(arguments: standards.indices)
  func drawsAgree(index: Int) {
    let standard = Self.standards[index]
    let table = QuantileTableBuilder.build(standard)
    let stream = UniformStream(StreamAddress(.draw, name: "table"), seed: 11)
    var words = Self.words(stream, 1022, first: 0, path: .portable)
    // Both ends of the unit interval, and both sides of the middle.
    words[0] = 0
    words[1] = .max
    words[2] = UInt64(1) << 63
    words[3] = (UInt64(1) << 63) - 1
    for count in [1, 3, 4, 1021, 1022] {
      let portable = Self.draws(table, words, count, .portable)
      for path in Self.paths {
        #expect(portable == Self.draws(table, words, count, path), "\(path)")
      }
      guard table.transform == .identity else { continue }
      for function in [QuantileTable.Transform.log, .logit] {
        let portable = Self.draws(table, words, count, .portable, function)
        for path in Self.paths {
          #expect(portable == Self.draws(table, words, count, path, function), "\(path)")
        }
      }
    }
  }

  /// The laws above have tables of both forms, on more than one scale; the finish of every scale is tried
  /// on each identity table.
  @Test func allFormsAreTried() {
    let tables = Self.standards.map { QuantileTableBuilder.build($0) }
    #expect(Set(tables.map(\.transform)).isSuperset(of: [.identity, .logit]))
    #expect(tables.contains { $0.segmentCount == 1 } && tables.contains { $0.segmentCount > 2 })
    #expect(tables.contains { $0.segmentCount > 8 }, "segments beyond one register")
  }

  private static func draws(
    _ table: QuantileTable, _ words: [UInt64], _ count: Int, _ path: VectorPath,
    _ function: QuantileTable.Transform = .identity
  ) -> [UInt64] {
    var values = [Double](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { out in
      words.withUnsafeBufferPointer {
        table.fill(
          out, words: $0, location: 0.25, scale: 3, function: function, path: path)
      }
    }
    return values.map(\.bitPattern)
  }

  @Test(arguments: [0, 1, 2, 3, 5, 7, 10])
  func classesAgree(windowCount: Int) {
    let stream = UniformStream(StreamAddress(.draw, name: "classes"), seed: 13)
    let values = Self.words(stream, 1022, first: 0, path: .portable).map {
      // Rounded, so that many values fall exactly on edges.
      (UniformStream.uniform($0) * 64).rounded() / 64
    }
    let edges = (0..<2 * windowCount).map { Double($0 + 1) / Double(2 * windowCount + 1) }
    let windows = QuantileWindows(edges: edges.map { ($0 * 64).rounded() / 64 })
    for count in [1, 4, 1021, 1022] {
      var portable = QuantileTracker(windows: windows)
      var vector = QuantileTracker(windows: windows)
      values.prefix(count).withContiguousStorageIfAvailable {
        portable.add(block: $0, path: .portable)
        vector.add(block: $0, path: VectorPath.best)
      }
      #expect(portable.count == count)
      #expect(portable.contents.counts == vector.contents.counts)
      #expect(portable.contents.stored == vector.contents.stored)
    }
  }

  @Test(arguments: BlockArithmetic.allCases, Self.paths)
  func arithmeticAgrees(operation: BlockArithmetic, path: VectorPath) {
    let stream = UniformStream(StreamAddress(.draw, name: "blocks"), seed: 19)
    let uniforms = Self.words(stream, 1024, first: 0, path: .portable).map {
      UniformStream.uniform($0)
    }
    let odd: [Double] = [
      0, -0.0, .nan, .infinity, -.infinity, 1e308, -1e308, .leastNonzeroMagnitude,
    ]
    let x = odd + uniforms.prefix(500).map { $0 - 0.5 }
    let y = Array(odd.reversed()) + uniforms.suffix(500).map { 2 * $0 - 1 }
    func naive(_ a: Double, _ b: Double) -> UInt64 {
      let value =
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        }
      return value.isNaN ? Double.nan.bitPattern : value.bitPattern
    }
    for count in [1, 4, 507, 508] {
      let forms: [(BlockOperand?, BlockOperand?)] = [
        (nil, nil), (.constant(0.3), nil), (nil, .constant(0.3)), (.constant(2), .constant(3)),
      ]
      for (a, b) in forms {
        // Into a place of its own, into that of the first and of the second operand.
        for place in 0..<3 {
          let blocks = [Array(x), Array(y), [Double](repeating: 7, count: 508)]
          let target = place == 0 ? 2 : place - 1
          let bases = blocks.indices.map { index in
            let copy = UnsafeMutableBufferPointer<Double>.allocate(capacity: 508)
            _ = copy.initialize(from: blocks[index])
            return copy
          }
          defer { for base in bases { base.deallocate() } }
          guard let first = bases[0].baseAddress, let second = bases[1].baseAddress,
            let out = bases[target].baseAddress
          else { continue }
          operation.apply(
            out, a ?? .block(UnsafePointer(first)), b ?? .block(UnsafePointer(second)), count,
            path: path)
          for i in 0..<508 {
            var left = x[i]
            var right = y[i]
            if case .constant(let value)? = a { left = value }
            if case .constant(let value)? = b { right = value }
            let untouched = [x[i], y[i], 7][target]
            let found = bases[target][i]
            let expected =
              i < count
              ? naive(left, right)
              : untouched.isNaN ? Double.nan.bitPattern : untouched.bitPattern
            #expect((found.isNaN ? Double.nan.bitPattern : found.bitPattern) == expected)
          }
        }
      }
    }
  }

  @Test(arguments: [1, 7, 60, 1000])
  func histogramsAgree(bins: Int) {
    let stream = UniformStream(StreamAddress(.draw, name: "bins"), seed: 17)
    let values = Self.words(stream, 1022, first: 0, path: .portable).map {
      // On a grid, so that many values fall exactly on edges; some outside.
      (UniformStream.uniform($0) * 1200).rounded() / 1000 - 0.1
    }
    let edges = HistogramEdges.nice(low: 0, high: 1, bins: bins)
    for count in [1, 4, 1021, 1022] {
      var portable = HistogramCounts(edges: edges)
      values.prefix(count).withContiguousStorageIfAvailable {
        portable.add(block: $0, path: .portable)
      }
      for path in Self.paths {
        var vector = HistogramCounts(edges: edges)
        values.prefix(count).withContiguousStorageIfAvailable { vector.add(block: $0, path: path) }
        #expect(portable == vector, "\(path)")
      }
      #expect(portable.total == UInt64(count))
    }
  }

  /// Far outside, next to edges, and no number at all.
  @Test func histogramsAgreeOnOddValues() {
    let edges = HistogramEdges.nice(low: -3, high: 7.3, bins: 23)
    let near = edges.edges.flatMap { [$0, $0.nextUp, $0.nextDown, $0 + 1e-13] }
    let values = near + [.infinity, -.infinity, 1e308, -1e308, 0, -0.0, .leastNonzeroMagnitude]
    for length in [values.count, 8, 16] {
      let part = Array(values.suffix(length))
      let counts = Self.paths.map { path in
        var counts = HistogramCounts(edges: edges)
        part.withUnsafeBufferPointer { counts.add(block: $0, path: path) }
        return counts
      }
      #expect(counts.allSatisfy { $0 == counts[0] })
      #expect(counts[0].total == UInt64(length))
    }
  }
}
