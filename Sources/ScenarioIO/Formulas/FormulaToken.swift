// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A piece of a formula.
enum FormulaToken: Equatable {
  case number(Double)
  case name(String)
  /// An operator, bracket or comma in its ASCII form: `<=`, `(`, `=`.
  case sign(String)
  case end
}

struct PlacedToken {
  let token: FormulaToken
  /// In UTF-8 bytes from the start of the formula.
  let offset: Int
  /// As written.
  let text: String
}
