// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// NaN is never swallowed: whatever depends on it is NaN, so that it stops the run.
@Suite struct NotANumberTests {
  @Test(arguments: [
    BinaryOperator.add, .subtract, .multiply, .divide, .power, .less, .lessOrEqual, .greater,
    .greaterOrEqual, .equal, .notEqual, .and, .or,
  ])
  func operators(binary: BinaryOperator) throws {
    for other in [-2, 0, 1, 2.5, Double.nan] {
      for operands in [[.nan, other], [other, .nan]] {
        let values = try Formula.values(operands) { .binary(binary, $0[0], $0[1]) }
        #expect(values.allSatisfy { $0.isNaN }, "\(operands[0]) \(binary.rawValue) \(operands[1])")
      }
    }
  }

  @Test(arguments: [UnaryOperator.negate, .not])
  func unaryOperators(unary: UnaryOperator) throws {
    #expect(try Formula.values([.nan]) { .unary(unary, $0[0]) }.allSatisfy { $0.isNaN })
  }

  @Test(arguments: Function.allCases.filter { $0.argumentCount.contains(1) })
  func functionsOfOne(function: Function) throws {
    #expect(try Formula.values([.nan]) { .call(function, $0) }.allSatisfy { $0.isNaN })
  }

  @Test(arguments: [Function.min, .max, .pow, .round])
  func functionsOfTwo(function: Function) throws {
    for other in [-2, 0, 1, 2.5] {
      for operands in [[.nan, other], [other, .nan]] {
        let values = try Formula.values(operands) { .call(function, $0) }
        #expect(values.allSatisfy { $0.isNaN }, "\(function.rawValue) of \(operands): \(values)")
      }
    }
  }

  @Test(arguments: [0, 1, 2])
  func functionsOfThree(position: Int) throws {
    for function in [Function.min, .max, .clamp] {
      var operands = [0.5, 0, 1]
      operands[position] = .nan
      let values = try Formula.values(operands) { .call(function, $0) }
      #expect(values.allSatisfy { $0.isNaN }, "\(function.rawValue) of \(operands): \(values)")
    }
  }

  /// An unknown condition gives an unknown result; a branch not taken does not matter.
  @Test func conditions() throws {
    #expect(try Formula.values([.nan, 1, 2]) { .call(.if, $0) }.allSatisfy { $0.isNaN })
    #expect(try Formula.values([1, 1, .nan]) { .call(.if, $0) }.allSatisfy { $0 == 1 })
    #expect(try Formula.values([0, .nan, 2]) { .call(.if, $0) }.allSatisfy { $0 == 2 })
    #expect(try Formula.values([1, .nan, 2]) { .call(.if, $0) }.allSatisfy { $0.isNaN })
    #expect(try Formula.values([0, 1, .nan]) { .call(.if, $0) }.allSatisfy { $0.isNaN })
  }
}
