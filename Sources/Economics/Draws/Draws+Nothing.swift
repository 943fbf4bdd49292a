// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Draws {
  /// These draws with a first strategy beside the others that costs nothing and does nothing.
  ///
  /// - Throws: `DrawsError.repeatedName` when a strategy has that name.
  public func besideNothing(named name: String = "nothing") throws(DrawsError) -> Draws {
    let zeros = [Double](repeating: 0, count: count)
    return try Draws(
      strategies: [name] + strategies, costs: [zeros] + costs, effects: [zeros] + effects,
      parameters: parameters)
  }

  /// Whether a strategy costs and does exactly nothing in every draw.
  public func isNothing(_ strategy: Int) -> Bool {
    costs[strategy].allSatisfy { $0 == 0 } && effects[strategy].allSatisfy { $0 == 0 }
  }
}
