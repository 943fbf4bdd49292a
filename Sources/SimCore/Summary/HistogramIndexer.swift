// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// From a value to its cell: 0 below all bins, 1 … B for the bins, B + 1 above.
///
/// ```
/// position = (x − low) · B / (high − low)     g = round(position), in 0 … B
/// cell     = g if x < limit g, else g + 1
/// ```
/// Numerics: the position grows with x. Where that of each edge i is within ¼ of i (`fits`), g is
/// the bin of x or the next one, and one comparison with the edge as it prints decides. Values
/// are scaled by a power of two first, so that neither high − low nor its reciprocal overflows.
struct HistogramIndexer: Sendable, Hashable {
  let powerOfTwo: Double
  let scaledLow: Double
  let binsPerUnit: Double
  let binCount: Double
  /// The largest distance of an edge's position from its number: positions further from a whole number
  /// settle on which side of its edge a value lies, since they grow with the values.
  private(set) var doubt = 0.0

  /// - Parameter edges: valid histogram edges.
  init(edges: [Double]) {
    let low = edges[0]
    let high = edges[edges.count - 1]
    // A quarter of the range is finite. Subnormal ranges are raised as far as a factor goes.
    let range = high / 4 - low / 4
    let exponent = range == 0 ? -1021 : Swift.max(-1021, Swift.min(1021, Int(range.exponent)))
    powerOfTwo = Double(sign: .plus, exponent: -exponent, significand: 1)
    scaledLow = low * powerOfTwo
    binCount = Double(edges.count - 1)
    binsPerUnit = binCount / (high * powerOfTwo - scaledLow)
    for (i, edge) in edges.enumerated() {
      doubt = Swift.max(doubt, (positions(SIMD4(repeating: edge))[0] - Double(i)).magnitude)
    }
  }

  /// Whether cells found with this agree with the edges.
  func fits(_ edges: [Double]) -> Bool {
    edges.indices.allSatisfy { i in
      (positions(SIMD4(repeating: edges[i]))[0] - Double(i)).magnitude <= 0.25
    }
  }

  @inline(__always)
  private func positions(_ x: SIMD4<Double>) -> SIMD4<Double> {
    (x * powerOfTwo - scaledLow) * binsPerUnit
  }

  /// The number of the edge nearest in position to each value.
  @inline(__always)
  func nearestEdges(_ x: SIMD4<Double>) -> SIMD4<UInt64> {
    let last = SIMD4(repeating: binCount)
    let zero = SIMD4(repeating: 0x1p52)
    let position = positions(x)
    // Whatever x is, infinite or NaN, the number stays in the table.
    let capped = last.replacing(with: position, where: position .< last)
    // Adding 2⁵² leaves the rounded number in the low bits: no checked conversion.
    let shifted = capped + zero
    let guess = zero.replacing(with: shifted, where: shifted .> zero)
    return unsafeBitCast(guess, to: SIMD4<UInt64>.self) & 0xFFFF_FFFF
  }

  /// The cell of a value, given the number of the edge nearest to it.
  ///
  /// - Parameter limits: the edges, the last one replaced by the next double above it.
  @inline(__always)
  func cell(of x: Double, nearestEdge: UInt64, _ limits: UnsafeBufferPointer<Double>) -> Int {
    let edge = Int(truncatingIfNeeded: nearestEdge)
    // A Bool is one byte, 0 or 1: no jump.
    return edge &+ 1 &- Int(unsafeBitCast(x < limits[edge], to: UInt8.self))
  }
}
