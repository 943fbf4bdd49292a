// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sums, differences, products and quotients of blocks: most of what a model does. A kernel.
///
/// Results may take the place of an operand, as slots are used again, so that a compiler can't tell by
/// itself that four elements may go at once.
package enum BlockArithmetic: CaseIterable {
  case add, subtract, multiply, divide

  package func apply(
    _ out: UnsafeMutablePointer<Double>, _ a: BlockOperand, _ b: BlockOperand, _ count: Int,
    path: VectorPath = .best
  ) {
    withColumn(a) { a in
      withColumn(b) { b in
        let done = VectorKernels.arithmetic(self, out, a, b, count, path: path)
        switch self {
        case .add: portable(out, a, b, done..<count, +, +)
        case .subtract: portable(out, a, b, done..<count, -, -)
        case .multiply: portable(out, a, b, done..<count, *, *)
        case .divide: portable(out, a, b, done..<count, /, /)
        }
      }
    }
  }

  private typealias Column = (values: UnsafePointer<Double>, step: Int)

  @inline(__always)
  private func withColumn(_ operand: BlockOperand, _ body: (Column) -> Void) {
    switch operand {
    case .block(let values): body((values, 1))
    case .constant(let value): withUnsafePointer(to: value) { body(($0, 0)) }
    }
  }

  @inline(__always)
  private func portable(
    _ out: UnsafeMutablePointer<Double>, _ a: Column, _ b: Column, _ range: Range<Int>,
    _ vector: (SIMD4<Double>, SIMD4<Double>) -> SIMD4<Double>,
    _ scalar: (Double, Double) -> Double
  ) {
    let whole = range.lowerBound + range.count & ~3
    for i in stride(from: range.lowerBound, to: whole, by: 4) {
      let result = vector(Self.four(a, i), Self.four(b, i))
      UnsafeMutableRawPointer(out + i).storeBytes(of: result, as: SIMD4<Double>.self)
    }
    for i in whole..<range.upperBound {
      out[i] = scalar(a.values[i * a.step], b.values[i * b.step])
    }
  }

  @inline(__always)
  private static func four(_ column: Column, _ i: Int) -> SIMD4<Double> {
    column.step == 0
      ? SIMD4(repeating: column.values[0])
      : UnsafeRawPointer(column.values + i).loadUnaligned(as: SIMD4<Double>.self)
  }
}
