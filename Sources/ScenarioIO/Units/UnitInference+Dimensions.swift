// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Values over dimensions.
extension UnitInference {
  mutating func reduced(_ reduction: Reduction, _ dimension: String, _ index: Int)
    -> Measure
  {
    let operand = parts[index].operands[0]
    switch reduction {
    case .sum: return summed(dimension, index)
    case .mean, .min, .max: return Measure(kind: measures[operand].kind)
    case .product:
      requirePure(operand, "`product` of")
      return Measure(kind: measures[operand].isPure ? measures[operand].kind : .unknown)
    }
  }

  /// A sum over labels that stand for a year each takes NOK/year to NOK.
  mutating func summed(_ dimension: String, _ index: Int) -> Measure {
    let value = measures[parts[index].operands[0]]
    guard let unit = context.dimensionUnits[dimension] else { return Measure(kind: value.kind) }
    guard let result = Measure.product(value, .unit(unit)) else {
      tooHigh(index)
      return .unknown
    }
    return result
  }

  /// Rates of discounting are shares, or shares per year.
  mutating func checkRate(_ index: Int) {
    let rate = parts[index].operands[1]
    if measures[rate].isPure { return }
    if let unit = measures[rate].unit, context.years.contains(unit.reciprocal) { return }
    report(
      rate, "the rate of discounting \(described(rate))",
      expected: "a rate per year, with the unit 1 or 1/year")
  }
}
