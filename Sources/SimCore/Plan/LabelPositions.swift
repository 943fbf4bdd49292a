// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A label for each of some dimensions of a model: where in their tables quantities are read.
struct LabelPositions: Sendable, Hashable {
  /// The most dimensions that a model may have.
  static let mostDimensions = 16

  private var lanes = SIMD16<Int32>(repeating: -1)

  /// Position of the label of a dimension; −1 where none is chosen.
  subscript(_ dimension: Int) -> Int {
    get { Int(lanes[dimension]) }
    set { lanes[dimension] = Int32(truncatingIfNeeded: newValue) }
  }

  func setting(_ dimension: Int, to position: Int) -> LabelPositions {
    var copy = self
    copy[dimension] = position
    return copy
  }
}

/// The dimensions that a quantity varies over, by their index in the model.
struct Shape: OptionSet, Sendable, Hashable {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(dimension: Int) { rawValue = 1 << UInt32(dimension) }

  /// Indices of its dimensions, ascending.
  var dimensions: [Int] {
    (0..<LabelPositions.mostDimensions).filter { contains(Shape(dimension: $0)) }
  }
}
