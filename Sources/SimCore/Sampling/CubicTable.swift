// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The middle of a quantile function as cubics over narrow cells: what all but 6e-5 of the draws take.
///
/// ```
/// v    = ⌊2⁵² u⌋, less 2⁵² above one half:  u = (v + ½) · 2⁻⁵² or 1 + (v + ½) · 2⁻⁵²
/// cell = sign, exponent and the 7 leading mantissa bits of v
/// y    = c₀ + c₁ v + c₂ v² + c₃ v³,   x = y^(2^squarings)
/// ```
/// It is made from a `QuantileTable`, whose few wide cells of degree 6 hold all of (0, 1) and fit any cache, but
/// whose eight coefficients a draw are what a draw waits for. Here they are four. Where the cubic is not right enough,
/// and beyond 2⁻¹⁵ from the ends, a cell holds NaN and the other table serves.
///
/// Shapes: rows of four coefficients, those of the upper side 2¹⁸ rows after those of the lower, where the bits of a
/// negative v lead. 115 kB.
///
/// Numerics: a polynomial in v itself, not in the place within the cell, saves a draw two operations. Its terms are at
/// most some thousand times as large as y's change over a cell, and rounding them costs as many 2⁻⁵³ of that: less than
/// a thousandth of what the rule allows.
final class CubicTable: @unchecked Sendable {
  // @unchecked: the cells are written by the builder only, before the table is shared.

  /// Halvings of each side that have cells: |v| from 2³⁷ to 2⁵¹.
  static let halvings = 14
  /// log₂ of the number of cells in each halving.
  static let cellBits = 7
  /// Cells of a side, before them the one of NaN, after them the one of v = −2⁵¹.
  static let cellCount = (halvings << cellBits) + 2
  /// Rows between a cell of the lower side and its like of the upper: one step of the sign bit.
  static let sideDistance = 1 << 18
  /// The index that a size of v has whose cell is the first of all, that of NaN.
  static let firstIndex = ((1023 + 51 - halvings) << cellBits) - 1
  /// The largest double in that cell.
  static let least = (0x1p37).nextDown

  /// What a draw needs of a table, without a reference to it.
  struct Rows: @unchecked Sendable {
    // @unchecked: rows are only read, and their table is kept by whoever keeps these.

    /// The first is that of NaN.
    let cells: UnsafePointer<SIMD4<Double>>
    /// How often y is multiplied by itself.
    let squarings: Int
  }

  let rows: Rows
  /// The least and the largest x of the cells.
  let range: ClosedRange<Double>
  /// Probability of the draws that meet NaN, beyond the cells or in one.
  let probabilityLeft: Double
  private let arena: CubicArena

  /// - Parameter slot: `cellCount` rows of the arena, and as many on the upper side.
  init(
    slot: UnsafeMutablePointer<SIMD4<Double>>, in arena: CubicArena, squarings: Int,
    range: ClosedRange<Double>, probabilityLeft: Double
  ) {
    rows = Rows(cells: slot, squarings: squarings)
    self.arena = arena
    self.range = range
    self.probabilityLeft = probabilityLeft
  }

  /// The polynomial of a row at `v`.
  @inline(__always)
  static func value(_ row: SIMD4<Double>, _ v: Double) -> Double {
    ((row[3] * v + row[2]) * v + row[1]) * v + row[0]
  }
}

/// Memory for tables of cubics. The sides of a table lie 8 MB apart; the tables between share the room. Pages that no table
/// was written to take no memory.
final class CubicArena: @unchecked Sendable {
  // @unchecked: each slot is handed out once, to the one builder that writes it.

  static let slots = CubicTable.sideDistance / CubicTable.cellCount
  private let memory: UnsafeMutableRawPointer

  init() {
    memory = .allocate(
      byteCount: (CubicTable.sideDistance + Self.slots * CubicTable.cellCount)
        * MemoryLayout<SIMD4<Double>>.stride, alignment: 64)
  }

  deinit { memory.deallocate() }

  func slot(_ number: Int) -> UnsafeMutablePointer<SIMD4<Double>> {
    precondition((0..<Self.slots).contains(number))
    return memory.assumingMemoryBound(to: SIMD4<Double>.self) + number * CubicTable.cellCount
  }
}
