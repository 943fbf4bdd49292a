// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the file says about its units: the currency, and perhaps which base units there are.
struct UnitSystem: Sendable {
  /// What the bare name of the file's currency stands for.
  var home: UnitBase?
  /// `nil` where the file declares none: then units are whatever is written.
  var declared: [UnitBase]?

  /// A base unit as written, with the price year that goes without saying.
  func resolved(_ base: UnitBase) -> UnitBase {
    if let home, base.priceYear == nil, base.name == home.name { return home }
    return base
  }

  /// A currency declared without a year is declared for all years.
  func isDeclared(_ base: UnitBase) -> Bool {
    guard let declared, base != home else { return true }
    return declared.contains { $0 == base || ($0.name == base.name && $0.priceYear == nil) }
  }

  /// The unit as messages and tables show it.
  func text(_ unit: Unit) -> String { unit.text(home: home) }
}
