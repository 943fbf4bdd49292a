// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Functions of formulas that know of dimensions.
enum DimensionFunction: String, CaseIterable {
  case sum, mean, product, cumulative, previous, position, discount
  case presentValue = "present_value"
  case halfCycle = "half_cycle"
  case move

  /// How it is called.
  var usage: String {
    switch self {
    case .sum, .mean, .product, .cumulative: "`\(rawValue)(x, over = year)`"
    case .previous: "`previous(x)` or `previous(x, steps = 3)`"
    case .position: "`position(year)`"
    case .discount, .presentValue: "`\(rawValue)(x, rate = 0.04, over = year)`"
    case .halfCycle: "`half_cycle(x, over = week)`"
    case .move: "`move(previous(cohort), table)`"
    }
  }

  /// Named arguments, required ones first.
  var required: [String] {
    switch self {
    case .sum, .mean, .product, .cumulative, .halfCycle: ["over"]
    case .discount, .presentValue: ["rate", "over"]
    case .previous, .position, .move: []
    }
  }

  var optional: [String] {
    switch self {
    case .previous: ["steps"]
    case .discount, .presentValue: ["from"]
    case .halfCycle: ["method"]
    default: []
    }
  }

  /// Arguments without a name.
  var plainCount: Int { self == .move ? 2 : 1 }
}
