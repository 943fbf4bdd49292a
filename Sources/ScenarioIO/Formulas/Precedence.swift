// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// How tightly operators bind, loosest first.
enum Precedence: Int, Comparable {
  case lowest, or, and, not, comparison, sum, product, unary, power

  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

  static func binary(_ token: FormulaToken) -> (BinaryOperator, Precedence)? {
    switch token {
    case .name("and"): return (.and, .and)
    case .name("or"): return (.or, .or)
    case .sign(let sign):
      guard let symbol = BinaryOperator(rawValue: sign) else { return nil }
      switch symbol {
      case .add, .subtract: return (symbol, .sum)
      case .multiply, .divide: return (symbol, .product)
      case .power: return (symbol, .power)
      case .and, .or: return nil
      default: return (symbol, .comparison)
      }
    default: return nil
    }
  }
}
