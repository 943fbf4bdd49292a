// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Programs of block arithmetic and sums of cross products: every form gives the bits of plain loops.
@Suite struct VectorProgramTests {
  private static func uniforms(_ count: Int, _ name: String) -> [Double] {
    let stream = UniformStream(StreamAddress(.draw, name: name), seed: 23)
    return (0..<count).map { UniformStream.uniform(stream.word(iteration: $0)) - 0.5 }
  }

  @Test(arguments: [1, 7, 8, 63, 64, 65, 200, 1024], VectorPath.available)
  func programsAgree(count: Int, path: VectorPath) {
    let length = 1024
    let slots = 6
    let start = Self.uniforms(slots * length, "program")
    let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: slots * length)
    defer { memory.deallocate() }
    _ = memory.initialize(from: start)
    var expected = start
    guard let base = memory.baseAddress else { return }
    var steps: [ArithmeticProgram.Step] = []
    let operations = BlockArithmetic.allCases
    for number in 0..<40 {
      let operation = operations[number % 4]
      // Targets are operands too, of this step and of later ones.
      let (a, b, out) = (number * 5 % slots, number * 7 % slots, (number * 11 + 1) % slots)
      let constant = 0.75 + Double(number)
      let form = number % 3
      steps.append(
        .init(
          operation, base + out * length,
          form == 1 ? .constant(constant) : .block(UnsafePointer(base + a * length)),
          form == 2 ? .constant(constant) : .block(UnsafePointer(base + b * length))))
      for i in 0..<count {
        let left = form == 1 ? constant : expected[a * length + i]
        let right = form == 2 ? constant : expected[b * length + i]
        expected[out * length + i] =
          switch operation {
          case .add: left + right
          case .subtract: left - right
          case .multiply: left * right
          case .divide: left / right
          }
      }
    }
    ArithmeticProgram(steps).run(count: count, path: path)
    let agree = zip(memory, expected).allSatisfy {
      $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN
    }
    #expect(agree)
    #expect(memory[(40 - 1) * 11 % slots * length] != start[0])
  }

  @Test(arguments: [1, 2, 3, 4, 7, 8, 9, 16, 17, 31, 33, 50], VectorPath.available)
  func crossProductsAgree(size: Int, path: VectorPath) {
    for rows in [1, 31, 32, 33, 100] {
      let values = Self.uniforms(size * rows, "products")
      var expected = [Double](repeating: 0.25, count: size * size)
      for row in 0..<rows {
        for i in 0..<size {
          for j in 0..<size {
            expected[i * size + j] += values[row * size + i] * values[row * size + j]
          }
        }
      }
      var found = [Double](repeating: 0.25, count: size * size)
      CrossProducts.add(values, rows: rows, to: &found, path: path)
      #expect(found == expected, "\(size) columns, \(rows) rows")
    }
  }
}
