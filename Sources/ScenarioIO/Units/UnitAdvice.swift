// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How messages speak of units and what they advise.
enum UnitAdvice {
  /// `` `hours` in hour/user ``, `` `2` (a number without a unit) ``
  static func described(
    _ text: String, _ measure: Measure, beside other: Measure? = nil, _ system: UnitSystem
  ) -> String {
    let name = Excerpt.quoted(text)
    switch measure.kind {
    case .unit(let unit) where unit.isOne: return "\(name) (a pure number)"
    case .unit(let unit): return "\(name) in \(self.text(unit, beside: other?.unit, system))"
    case .plain, .zero: return "\(name) (a number without a unit)"
    case .unknown: return name
    }
  }

  /// The unit with price years where the other unit has another year of the same currency.
  static func text(_ unit: Unit, beside other: Unit?, _ system: UnitSystem) -> String {
    guard let other, years(unit, other) != nil else { return system.text(unit) }
    return unit.text()
  }

  /// What to do where two values should agree.
  static func agreeing(
    _ a: Measure, _ b: Measure, texts: (String, String), _ system: UnitSystem
  ) -> String {
    switch (a.kind, b.kind) {
    case (.unit(let unit), .plain): return literal(texts.1, unit, system)
    case (.plain, .unit(let unit)): return literal(texts.0, unit, system)
    case (.unit(let unit), .unit(let other)) where unit.isOne || other.isOne:
      let wanted = system.text(unit.isOne ? other : unit)
      return "Multiply the pure number by a quantity in \(wanted), or correct a unit."
    case (.unit(let left), .unit(let right)):
      return converting("the second", from: right, to: left, system)
    default: return ""
    }
  }

  private static let percent = UnitBase("%")
  private static let percentAdvice =
    "A value written as 40% is the pure number 0.4; its unit is 1."

  private static func literal(_ text: String, _ unit: Unit, _ system: UnitSystem) -> String {
    if unit.twelfths(of: percent) != 0 { return percentAdvice }
    let number = text.isEmpty || text.contains { !$0.isNumber && $0 != "." } ? "1" : text
    return "Give the number its unit, as in \(number)[\(system.text(unit))]."
  }

  /// What to do where one unit should be another.
  ///
  /// - Parameter isStated: whether the other is a unit that the file states for what has this one.
  static func converting(
    _ what: String, from unit: Unit, to wanted: Unit, _ system: UnitSystem, isStated: Bool = false
  ) -> String {
    if let (old, new) = years(unit, wanted) {
      if old.priceYear == nil || new.priceYear == nil {
        return "Say the price year of \(old.name), as in NOK 2018."
      }
      // Towards the prices of the file, whichever of the two has them.
      let isHome = old == system.home
      if isHome, isStated {
        return "Prices of two years differ: `currency` says \(old.text), so state the unit in "
          + "\(old.text)."
      }
      let (source, target) = isHome ? (new, old) : (old, new)
      let isBelow = (isHome ? wanted : unit).twelfths(of: source) < 0
      let factor =
        isBelow ? "\(source.text)/\(target.text)" : "\(target.text)/\(source.text)"
      return "Prices of two years differ: multiply what is in \(source.text) by a stated factor in "
        + "\(factor)."
    }
    if unit.twelfths(of: percent) != wanted.twelfths(of: percent) { return percentAdvice }
    let general =
      "Convert by a stated factor, such as 12[month/year], or correct a unit: nothing is converted "
      + "by itself."
    guard let ratio = wanted / unit, ratio.factors.allSatisfy({ abs($0.twelfths) == 12 }) else {
      return general
    }
    switch ratio.factors.count {
    case 1:
      let base = Unit(ratio.factors[0].base)
      let verb = ratio.factors[0].twelfths > 0 ? "multiply" : "divide"
      return "Correct a unit, or \(verb) \(what) by a quantity in \(system.text(base)), such as "
        + "1[\(system.text(base))]."
    case 2 where ratio.factors[0].twelfths != ratio.factors[1].twelfths:
      return
        "Multiply \(what) by a stated factor in \(system.text(ratio)), a parameter or a number "
        + "such as 12[month/year], or correct a unit: nothing is converted by itself."
    default: return general
    }
  }

  /// How to make a pure number of a quantity.
  static func purify(_ unit: Unit, _ system: UnitSystem) -> String {
    let divides = unit.factors.contains { $0.twelfths > 0 }
    let other = system.text(divides ? unit : unit.reciprocal)
    return "\(divides ? "Divide" : "Multiply") it by a quantity in \(other), such as 1[\(other)]."
  }

  /// The same currency in prices of two years, or with and without a year.
  static func years(_ a: Unit, _ b: Unit) -> (UnitBase, UnitBase)? {
    for factor in a.factors where b.twelfths(of: factor.base) == 0 {
      if let other = b.factors.first(where: {
        $0.base.name == factor.base.name && a.twelfths(of: $0.base) == 0
      }) {
        return (factor.base, other.base)
      }
    }
    return nil
  }
}
