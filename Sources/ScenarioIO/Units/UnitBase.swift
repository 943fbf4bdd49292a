// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What units are made of: `hour`, `QALY`, or a currency in the prices of a year, `NOK 2018`.
package struct UnitBase: Hashable, Sendable {
  package let name: String
  /// Of a currency; the same currency of another year is another unit.
  package let priceYear: Int?

  package init(_ name: String, priceYear: Int? = nil) {
    self.name = name
    self.priceYear = priceYear
  }

  package var text: String { priceYear.map { "\(name) \($0)" } ?? name }
}
