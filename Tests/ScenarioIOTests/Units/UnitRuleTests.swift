// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// The rules for the units of formulas: each with a formula that keeps it and one that breaks it.
@Suite struct UnitRuleTests {
  /// Quantities of most units, and `x` with the formula.
  static func text(_ formula: String) -> String {
    """
    utfall: 1
    currency: NOK 2018
    dimensions:
      year: {labels: 2020..2023, unit: year}
      kind: [breast, lung]
      week: {labels: 0..4, step: 1/52}
    parameters:
      h: {value: 2, unit: hour/user}
      p: {value: 3, unit: NOK/hour}
      p25: {value: 3, unit: NOK 2025/hour}
      index: {value: 3, unit: NOK 2025/NOK 2018}
      m: {value: 5, unit: NOK/month}
      y: {value: 7, unit: NOK/year}
      a: {value: 11, unit: m2}
      s: {value: 0.5, unit: 1}
      q: 13
      r: {value: 0.1, unit: 1/year}
      w: {value: 0.1, unit: 1/week}
      pc: {value: 4, unit: "%"}
      eur: {value: 4, unit: €/hour}
      flow: {by: year, value: 17, unit: NOK/year}
      own: {by: kind, value: 19, unit: NOK}
      weekly: {by: week, value: 1, unit: NOK}
    outputs:
      x:
        value: \(formula)
    """
  }

  @Test(
    arguments: [
      ("h * p", "NOK/user"), ("h * p + 5 * (h * p)", "NOK/user"), ("p * h - 0", "NOK/user"),
      ("m * 12[month/year] + y", "NOK/year"), ("m * 12[month / year] + y", "NOK/year"),
      ("p * index + p25", "NOK 2025/hour"), ("a * a / a", "m2"), ("a ^ 0.5", "m"),
      ("a ^ (1/3)", "m^(2/3)"), ("a ^ -1", "1/m2"), ("a ^ 0", "1"), ("pow(a, 2)", "m4"),
      ("y ^ 0.5 * y ^ 0.5", "NOK/year"), ("sqrt(a)", "m"), ("sqrt(a) * sqrt(a)", "m2"),
      ("(y / (m * 12[month/year])) ^ s", "1"), ("exp(-r * 1[year])", "1"),
      ("log(y / 5[NOK/year]) + log10(s)", "1"), ("logit(s) + invlogit(s)", "1"), ("1 - s", "1"),
      ("s > 0.5", "1"), ("(s and q) + 1", "1"), ("not y", "1"), ("y and a", "1"),
      ("if(y > 0, y, 0)", "NOK/year"), ("if(h > 3[hour/user], y, 2 * y)", "NOK/year"),
      ("max(y, 0)", "NOK/year"), ("min(y, 12[month/year] * m, 5[NOK/year])", "NOK/year"),
      ("clamp(y, 0, 100[NOK/year])", "NOK/year"), ("clamp(y, high = y, low = 0)", "NOK/year"),
      ("round(y)", "NOK/year"), ("round(y, to = 100)", "NOK/year"),
      ("round(y, to = 100[NOK/year])", "NOK/year"), ("floor(a) + ceil(a) + abs(-a)", "m2"),
      ("q + y", "NOK/year"), ("q * y", nil), ("q", nil), ("2 * 3", nil), ("q + 1", nil),
      ("year - 2018", "1"), ("flow * (year >= 2021)", "NOK/year"),
      ("own * (kind == breast)", "NOK"), ("sum(flow, over = year)", "NOK"),
      ("cumulative(flow, over = year)", "NOK"), ("mean(flow, over = year)", "NOK/year"),
      ("max(flow, over = year)", "NOK/year"), ("sum(own, over = kind)", "NOK"),
      ("sum(weekly, over = week)", "NOK"), ("product(flow / y, over = year)", "1"),
      ("flow[year = 2021]", "NOK/year"),
      ("flow - flow[year = year - 1, outside = 0]", "NOK/year"),
      ("flow[year = year - 1, outside = y]", "NOK/year"),
      ("discount(flow, rate = 0.03, over = year)", "NOK/year"),
      ("present_value(flow, rate = r, over = year)", "NOK"),
      ("present_value(flow, rate = s, over = year)", "NOK"),
      ("half_cycle(weekly, over = week)", "NOK"), ("position(year) * y", "NOK/year"),
      ("pc / 100[m2] * a", "%"), ("y / 0", nil), ("1[NOK*month/year]", "NOK*month/year"),
      ("1[user-year] * r", "user"), ("1[NOK per user per year]", "NOK/user/year"),
      ("0 + 0 * a", nil), ("if(s > 0, 2, 3)", nil),
    ] as [(String, String?)])
  func infers(_ formula: String, _ unit: String?) throws {
    let scenario = try ScenarioReader.read(text: Self.text(formula), file: "a.yaml")
    #expect(scenario.units["x"]?.text == unit)
  }

  private static let factor =
    "Convert by a stated factor, such as 12[month/year], or correct a unit: nothing is converted by "
    + "itself."
  private static let monthsPerYear =
    "Multiply the second by a stated factor in month/year, a parameter or a number such as "
    + "12[month/year], or correct a unit: nothing is converted by itself."

  /// Column of the place within the formula, from 1, and the whole message.
  @Test(arguments: [
    (
      "h + p", 3,
      "`+` between `h` in hour/user and `p` in NOK/hour; expected the same unit. \(factor)"
    ),
    (
      "y - m", 3,
      "`-` between `y` in NOK/year and `m` in NOK/month; expected the same unit. \(monthsPerYear)"
    ),
    (
      "p + p25", 3,
      "`+` between `p` in NOK 2018/hour and `p25` in NOK 2025/hour; expected the same unit. Prices of "
        + "two years differ: multiply what is in NOK 2025 by a stated factor in "
        + "NOK 2018/NOK 2025."
    ),
    (
      // Towards the prices of `currency`, whichever comes first.
      "p25 + p", 5,
      "`+` between `p25` in NOK 2025/hour and `p` in NOK 2018/hour; expected the same unit. Prices of "
        + "two years differ: multiply what is in NOK 2025 by a stated factor in "
        + "NOK 2018/NOK 2025."
    ),
    (
      "1 / p25 + 1 / p", 9,
      "`+` between `1 / p25` in hour/NOK 2025 and `1 / p` in hour/NOK 2018; expected the same unit. "
        + "Prices of two years differ: multiply what is in NOK 2025 by a stated factor in "
        + "NOK 2025/NOK 2018."
    ),
    (
      "s + y", 3,
      "`+` between `s` (a pure number) and `y` in NOK/year; expected the same unit. Multiply the pure "
        + "number by a quantity in NOK/year, or correct a unit."
    ),
    (
      "y + 2", 3,
      "`+` between `y` in NOK/year and `2` (a number without a unit); expected the same unit. Give "
        + "the number its unit, as in 2[NOK/year]."
    ),
    (
      "eur + 2", 5,
      "`+` between `eur` in €/hour and `2` (a number without a unit); expected the same unit. Give "
        + "the number its unit, as in 2[€/hour]."
    ),
    (
      "(q + 4) * (0.5 * s + 40 * (a))", 20,
      "`+` between `0.5 * s` (a pure number) and `40 * (a)` in m2; expected the same unit. Multiply "
        + "the pure number by a quantity in m2, or correct a unit."
    ),
    (
      "y < 100", 3,
      "`<` between `y` in NOK/year and `100` (a number without a unit); expected the same unit. Give "
        + "the number its unit, as in 100[NOK/year]."
    ),
    (
      "y == m", 3,
      "`==` between `y` in NOK/year and `m` in NOK/month; expected the same unit. \(monthsPerYear)"
    ),
    (
      "if(s > 0, y, m)", 14,
      "`if` between `y` in NOK/year and `m` in NOK/month; expected the same unit. \(monthsPerYear)"
    ),
    (
      "max(0, y, m)", 11,
      "`max` between `y` in NOK/year and `m` in NOK/month; expected the same unit. \(monthsPerYear)"
    ),
    (
      "clamp(y, high = 100, low = 0)", 17,
      "`clamp` between `y` in NOK/year and `100` (a number without a unit); expected the same unit. "
        + "Give the number its unit, as in 100[NOK/year]."
    ),
    (
      "exp(r)", 5,
      "`exp` of `r` in 1/year; expected a pure number. Multiply it by a quantity in year, such as "
        + "1[year]."
    ),
    (
      "log(y)", 5,
      "`log` of `y` in NOK/year; expected a pure number. Divide it by a quantity in NOK/year, such as "
        + "1[NOK/year]."
    ),
    (
      "logit(a)", 7,
      "`logit` of `a` in m2; expected a pure number. Divide it by a quantity in m2, such as 1[m2]."
    ),
    (
      "2 ^ a", 5,
      "the exponent `a` in m2; expected a pure number. Divide it by a quantity in m2, such as 1[m2]."
    ),
    (
      "a ^ q", 3,
      "`a` in m2 to a power that is not a constant number; expected a pure number to that power. "
        + "Divide it by a quantity in m2, such as 1[m2]."
    ),
    (
      "pow(a, s)", 1,
      "`a` in m2 to a power that is not a constant number; expected a pure number to that power. "
        + "Divide it by a quantity in m2, such as 1[m2]."
    ),
    (
      "a ^ 0.37", 3,
      "a power of a unit in `a ^ 0.37`; expected whole numbers, halves, thirds or quarters of at most "
        + "1000."
    ),
    (
      "round(y, to = m)", 15,
      "`round` between `y` in NOK/year and `m` in NOK/month; expected the same unit. \(monthsPerYear)"
    ),
    (
      "product(flow, over = year)", 9,
      "`product` of `flow` in NOK/year; expected a pure number. Divide it by a quantity in NOK/year, "
        + "such as 1[NOK/year]."
    ),
    (
      "flow[year = year - 1, outside = 5]", 5,
      "`outside` between `flow` in NOK/year and `5` (a number without a unit); expected the same unit. "
        + "Give the number its unit, as in 5[NOK/year]."
    ),
    (
      "discount(flow, rate = w, over = year)", 23,
      "the rate of discounting `w` in 1/week; expected a rate per year, with the unit 1 or 1/year."
    ),
    (
      "sum(flow, over = year) + y", 24,
      "`+` between `sum(flow, over = year)` in NOK and `y` in NOK/year; expected the same unit. "
        + "Correct a unit, or multiply the second by a quantity in year, such as 1[year]."
    ),
    (
      "sum(flow + a, over = year)", 10,
      "`+` between `flow` in NOK/year and `a` in m2; expected the same unit. \(factor)"
    ),
    (
      "year + y", 6,
      "`+` between `year` (a pure number) and `y` in NOK/year; expected the same unit. Multiply the "
        + "pure number by a quantity in NOK/year, or correct a unit."
    ),
    (
      "1 - pc", 3,
      "`-` between `1` (a number without a unit) and `pc` in %; expected the same unit. A value "
        + "written as 40% is the pure number 0.4; its unit is 1."
    ),
    (
      "3 * 1[NOK/user*year]", 15,
      "a product after a division in the unit `NOK/user*year`; expected brackets. NOK/user*year can "
        + "be read in two ways: write NOK*year/user or NOK/user/year."
    ),
    (
      "y + 1[NOK / 7]", 13,
      "the number `7` in a unit; expected names of units, or 1. A factor belongs in a formula, as in "
        + "12[month/year]; a unit such as a thousand cases needs a name of its own."
    ),
  ])
  func refuses(_ formula: String, _ column: Int, _ message: String) {
    let found = diagnostics(of: Self.text(formula))
    #expect(found.map(\.message) == [message])
    #expect(found.first?.line == 26)
    #expect(found.first?.column == column + 11)
  }

  /// What follows from a fault is not told again; faults that have nothing to do with each other are.
  @Test func everyFaultIsToldOnce() {
    let found = problems(in: Self.text("exp(h) * (1 + (y - m) * 2) + log(a)"))
    #expect(
      found == [
        "26:16 `exp` of `h` in hour/user", "26:29 `-` between `y` in NOK/year and `m` in NOK/month",
        "26:45 `log` of `a` in m2",
      ])
  }

  /// The places that messages point at are those of the parts, for every formula that there is.
  @Test(arguments: [
    "-a ^ 2 * (b + 3)", "if(not a, clamp(x, high = b, low = c), 5[NOK/user])",
    "present_value(a * b, over = year, rate = 0.04) + sum(x[year = year - 1, outside = c + d], over = z)",
    "costs[payer = hospital, strategy = exercise] - costs[payer = hospital]",
    "min(a, b, c) + min(x, over = year) - min(over = year, x)", "((a))", "-(-(a))",
    "move(previous(cohort, steps = 2), table) + position(year) / (7)[user]",
    "half_cycle(a, over = week, method = simpson)[week = 3][state = home]",
    "a or b and not c == d", "round(a, to = 40 %) ^ b ^ c",
  ])
  func placesFollowTheParser(_ formula: String) throws {
    let parts = try FormulaParser.parse(formula).partsInOrder
    let places = try #require(FormulaPlaces.places(of: formula))
    // A total of a payer is one name for the reader of scenarios, and two parts for the parser.
    let totals = parts.count { part in
      guard case .select(.name("costs", _), let selectors, _) = part.expression else {
        return false
      }
      return selectors.count == 1
    }
    try #require(places.count == parts.count - totals)
    if totals > 0 { return }
    for (part, place) in zip(parts, places) {
      let shown = place.text(in: formula)
      switch part.expression {
      case .name(let name, let offset):
        #expect(shown.contains(name))
        #expect(place.mark == offset)
      case .binary(let symbol, _, _):
        #expect(formula.utf8.dropFirst(place.mark).starts(with: symbol.rawValue.utf8))
      case .call(let function, _): #expect(shown.contains(function.rawValue + "("))
      case .quantity: #expect(shown.hasSuffix("]"))
      case .select: #expect(shown.hasSuffix("]"))
      default: break
      }
    }
  }
}
