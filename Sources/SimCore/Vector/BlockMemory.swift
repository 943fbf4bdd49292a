// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Memory for blocks of numbers on lines of the first cache: a vector that crosses two lines costs more.
enum BlockMemory {
  /// The length of a line, and of the widest vectors, in bytes.
  static let alignment = 64

  /// Memory for `count` numbers, which the caller frees with `deallocate()`.
  static func allocate<Number>(_ count: Int, repeating value: Number)
    -> UnsafeMutablePointer<Number>
  {
    let numbers = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Number>.stride, alignment: alignment
    ).bindMemory(to: Number.self, capacity: count)
    numbers.initialize(repeating: value, count: count)
    return numbers
  }
}
