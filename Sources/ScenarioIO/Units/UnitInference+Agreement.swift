// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Values whose units have to agree, and those that have to be pure.
extension UnitInference {
  /// What values that have to agree are; each is compared with what those before it agreed on.
  mutating func agreed(_ operands: [Int], _ what: String, _ index: Int) -> Measure {
    guard let first = operands.first else { return .unknown }
    var result = Measure(kind: measures[first].kind)
    // The one that says the unit, for the message.
    var witness = first
    for operand in operands.dropFirst() {
      guard let next = Measure.agreed(result, measures[operand]) else {
        let system = context.system
        report(
          // In a list of arguments, the one that does not fit.
          operands.count > 2 || isCall(index) ? operand : index,
          "\(what) between \(described(witness, beside: operand)) and "
            + described(operand, beside: witness),
          expected: "the same unit",
          advice: UnitAdvice.agreeing(
            measures[witness], measures[operand], texts: (text(witness), text(operand)), system))
        return .unknown
      }
      if next != result { witness = operand }
      result = next
    }
    return result
  }

  private func isCall(_ index: Int) -> Bool {
    if case .call = parts[index].expression { true } else { false }
  }

  mutating func requirePure(_ operand: Int, _ what: String) {
    guard !measures[operand].isPure, let unit = measures[operand].unit else { return }
    report(
      operand, "\(what) \(described(operand))", expected: "a pure number",
      advice: UnitAdvice.purify(unit, context.system))
  }
}
