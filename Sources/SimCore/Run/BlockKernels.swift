// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Elementwise operations over blocks. A kernel: raw pointers, simple loops that the compiler turns
/// into vector code.
///
/// NaN is never swallowed: comparisons, logic, `min` and `max` give NaN when an operand they depend on
/// is NaN, so that it reaches the output and stops the run.
enum BlockKernels {
  typealias Target = UnsafeMutablePointer<Double>

  // MARK: One operand

  static func unary(_ opcode: Opcode, _ out: Target, _ x: UnsafePointer<Double>, _ count: Int) {
    switch opcode {
    case .negate: map(out, x, count) { -$0 }
    case .not: map(out, x, count, logicalNot)
    case .abs: map(out, x, count) { $0.magnitude }
    case .exp: map(out, x, count) { Double.exp($0) }
    case .log: map(out, x, count) { Double.log($0) }
    case .log10: map(out, x, count) { Double.log10($0) }
    case .sqrt: map(out, x, count) { $0.squareRoot() }
    case .floor: map(out, x, count) { $0.rounded(.down) }
    case .ceil: map(out, x, count) { $0.rounded(.up) }
    case .round: map(out, x, count) { $0.rounded(.toNearestOrAwayFromZero) }
    case .logit: map(out, x, count) { Double.log($0 / (1 - $0)) }
    case .invlogit: map(out, x, count) { 1 / (1 + Double.exp(-$0)) }
    default: preconditionFailure("\(opcode) does not take one operand")
    }
  }

  // MARK: Two operands

  static func binary(
    _ opcode: Opcode, _ out: Target, _ a: BlockOperand, _ b: BlockOperand, _ count: Int
  ) {
    switch opcode {
    case .add: BlockArithmetic.add.apply(out, a, b, count)
    case .subtract: BlockArithmetic.subtract.apply(out, a, b, count)
    case .multiply: BlockArithmetic.multiply.apply(out, a, b, count)
    case .divide: BlockArithmetic.divide.apply(out, a, b, count)
    case .power: zip(out, a, b, count, power)
    case .less: zip(out, a, b, count) { compared($0 < $1, $0, $1) }
    case .lessOrEqual: zip(out, a, b, count) { compared($0 <= $1, $0, $1) }
    case .greater: zip(out, a, b, count) { compared($0 > $1, $0, $1) }
    case .greaterOrEqual: zip(out, a, b, count) { compared($0 >= $1, $0, $1) }
    case .equal: zip(out, a, b, count) { compared($0 == $1, $0, $1) }
    case .notEqual: zip(out, a, b, count) { compared($0 != $1, $0, $1) }
    case .and: zip(out, a, b, count) { compared($0 != 0 && $1 != 0, $0, $1) }
    case .or: zip(out, a, b, count) { compared($0 != 0 || $1 != 0, $0, $1) }
    case .min: zip(out, a, b, count, smaller)
    case .max: zip(out, a, b, count, larger)
    case .roundTo: zip(out, a, b, count, roundTo)
    case .poisson: zip(out, a, b, count) { PerDrawInverse.poisson(u: $0, mean: $1) }
    default: preconditionFailure("\(opcode) does not take two operands")
    }
  }

  // MARK: Three operands

  static func select(
    _ out: Target, _ condition: BlockOperand, _ then: BlockOperand, _ otherwise: BlockOperand,
    _ count: Int
  ) {
    for i in 0..<count {
      let c = condition[i]
      let chosen = c != 0 ? then[i] : otherwise[i]
      out[i] = c.isNaN ? c : chosen
    }
  }

  /// Quantiles of binomials at `u`.
  static func binomial(
    _ out: Target, _ u: BlockOperand, _ trials: BlockOperand, _ probability: BlockOperand,
    _ count: Int
  ) {
    for i in 0..<count {
      out[i] = PerDrawInverse.binomial(
        u: u[i], trials: trials[i], probability: probability[i])
    }
  }

  // MARK: Scalars, for folding constants: the same code on a block of one

  static func scalar(_ opcode: Opcode, _ x: Double) -> Double {
    var x = x
    var result = 0.0
    unary(opcode, &result, &x, 1)
    return result
  }

  static func scalar(_ opcode: Opcode, _ x: Double, _ y: Double) -> Double {
    var result = 0.0
    binary(opcode, &result, .constant(x), .constant(y), 1)
    return result
  }

  // MARK: Element functions

  @inline(__always)
  private static func compared(_ holds: Bool, _ a: Double, _ b: Double) -> Double {
    let truth = holds ? 1.0 : 0.0
    return a.isNaN || b.isNaN ? .nan : truth
  }

  @inline(__always)
  private static func logicalNot(_ a: Double) -> Double {
    let truth = a == 0 ? 1.0 : 0.0
    return a.isNaN ? a : truth
  }

  @inline(__always)
  private static func smaller(_ a: Double, _ b: Double) -> Double {
    let least = a < b ? a : b
    return a.isNaN ? a : least
  }

  @inline(__always)
  private static func larger(_ a: Double, _ b: Double) -> Double {
    let most = a > b ? a : b
    return a.isNaN ? a : most
  }

  /// x^y, real for a negative x when y is a whole number.
  @inline(__always)
  private static func power(_ x: Double, _ y: Double) -> Double {
    // The C library says 1 for NaN^0 and 1^NaN.
    if x.isNaN || y.isNaN { return .nan }
    if let whole = Int(exactly: y) { return Double.pow(x, whole) }
    return Double.pow(x, y)
  }

  /// The nearest multiple of `step`, ties away from zero. For a step like 0.1 the result is the double
  /// nearest to the decimal number.
  @inline(__always)
  private static func roundTo(_ x: Double, _ step: Double) -> Double {
    if step == 0 { return .nan }
    let inverse = (1 / step).rounded()
    let isDecimal = step < 1 && inverse * step == 1
    let steps = isDecimal ? x * inverse : x / step
    // Beyond 2⁵² steps the neighbouring doubles are a step or more apart.
    if steps.magnitude >= 0x1p52 { return x }
    let rounded = steps.rounded(.toNearestOrAwayFromZero)
    return isDecimal ? rounded / inverse : rounded * step
  }

  // MARK: Loops

  @inline(__always)
  private static func map(
    _ out: Target, _ x: UnsafePointer<Double>, _ count: Int, _ body: (Double) -> Double
  ) {
    for i in 0..<count { out[i] = body(x[i]) }
  }

  @inline(__always)
  private static func zip(
    _ out: Target, _ a: BlockOperand, _ b: BlockOperand, _ count: Int,
    _ body: (Double, Double) -> Double
  ) {
    switch (a, b) {
    case (.block(let x), .block(let y)): for i in 0..<count { out[i] = body(x[i], y[i]) }
    case (.block(let x), .constant(let y)): for i in 0..<count { out[i] = body(x[i], y) }
    case (.constant(let x), .block(let y)): for i in 0..<count { out[i] = body(x, y[i]) }
    case (.constant(let x), .constant(let y)): for i in 0..<count { out[i] = body(x, y) }
    }
  }
}

/// An operand of a block operation: a block of values, or one constant.
package enum BlockOperand {
  case block(UnsafePointer<Double>)
  case constant(Double)

  @inline(__always)
  subscript(_ i: Int) -> Double {
    switch self {
    case .block(let values): values[i]
    case .constant(let value): value
    }
  }

  /// From a later element on.
  func advanced(by elements: Int) -> BlockOperand {
    switch self {
    case .block(let values): .block(values + elements)
    case .constant: self
    }
  }
}
