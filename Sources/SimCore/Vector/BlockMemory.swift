// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Memory for blocks of numbers on lines of the first cache: a vector that crosses two lines costs more.
enum BlockMemory {
  /// Two lines, in bytes: processors fetch them together. Nothing else lies in the lines of a block, or a worker that
  /// writes there would take them from another that reads.
  static let alignment = 128

  /// Memory for `count` numbers, which the caller frees with `deallocate()`.
  static func allocate<Number>(_ count: Int, repeating value: Number)
    -> UnsafeMutablePointer<Number>
  {
    let bytes = count * MemoryLayout<Number>.stride
    let numbers = UnsafeMutableRawPointer.allocate(
      byteCount: (bytes + alignment - 1) & ~(alignment - 1), alignment: alignment
    ).bindMemory(to: Number.self, capacity: count)
    numbers.initialize(repeating: value, count: count)
    return numbers
  }
}
