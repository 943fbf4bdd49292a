// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What a decision compares, at which willingness to pay, and for whom.
extension UnitChecker {
  /// Willingness to pay is in the file's currency per unit of effect.
  mutating func checkDecision() -> ScenarioUnits.Decision {
    guard let decision = decoder.decision else { return .init() }
    let cost = unit(of: decision.cost, decision.position)
    let effect = unit(of: decision.effect, decision.position)
    let ratio = cost.flatMap { cost in effect.flatMap { cost / $0 } }
    let stated = decision.willingnessToPayUnit.flatMap { unit($0.text, $0.position) }
    let known = problems.count
    if let population = decision.population?.unit {
      check(population, cost, decision)
    }

    var named: Unit?
    if !decision.effectUnit.isEmpty, let per = unit(decision.effectUnit, decision.position) {
      if let home = context.system.home {
        named = Unit(home) / per
      } else if let whole = (stated ?? ratio).flatMap({ $0 * per }), whole.soleBase == nil {
        problems.report(
          decision.willingnessToPayUnit?.position ?? decision.position,
          "a willingness to pay in \((stated ?? ratio).map { text($0) } ?? "")",
          expected: "a currency per \(text(per)), as the `unit` of the effect says",
          advice: "Correct the unit of the cost, of the effect, or under `decision`.")
      }
    } else if decision.willingnessToPay == [1], stated == nil {
      // Benefits are compared with costs as they are.
      named = .one
    }
    if let place = decision.willingnessToPayUnit, let stated {
      checkStated(stated, place, named: named, ratio: ratio)
    } else if let named, let ratio, let cost, let effect, ratio != named {
      problems.report(
        decision.position,
        "a decision between a cost in \(text(cost)) and an effect in \(text(effect)), a "
          + "willingness to pay in \(text(ratio, beside: named))",
        expected: "\(text(named, beside: ratio)), as `currency` and the `unit` of the effect say",
        advice: "Correct the unit of the cost, of the effect, or under `decision`.")
    }
    if problems.count == known { checkCurrency(cost, decision) }
    return shown(decision, stated ?? named ?? ratio)
  }

  private mutating func unit(of formula: SimCore.Expression, _ position: SourcePosition) -> Unit? {
    if case .unit(let unit) = measure(formula, position).kind { unit } else { nil }
  }

  /// Tables of a decision are in the file's currency.
  private mutating func checkCurrency(_ cost: Unit?, _ decision: ScenarioDecision) {
    guard let cost, let home = context.system.home, cost.twelfths(of: home) != 12 else { return }
    problems.report(
      decision.position, "a decision with a cost in \(text(cost, beside: Unit(home)))",
      expected: "a cost in \(home.text), as `currency` says",
      advice: UnitAdvice.converting("the cost", from: cost, to: Unit(home), context.system))
  }

  private mutating func checkStated(
    _ stated: Unit, _ place: ScenarioDecision.StatedUnit, named: Unit?, ratio: Unit?
  ) {
    for (wanted, reason) in [
      (ratio, "as the cost and the effect have it"),
      (named, "as `currency` and the `unit` of the effect say"),
    ] {
      guard let wanted, wanted != stated else { continue }
      problems.report(
        place.position, "a willingness to pay in \(text(stated, beside: wanted))",
        expected: "\(text(wanted, beside: stated)), \(reason)",
        advice: UnitAdvice.converting("its values", from: stated, to: wanted, context.system))
      return
    }
    guard let home = context.system.home, stated.twelfths(of: home) != 12, ratio == nil else {
      return
    }
    problems.report(
      place.position, "a willingness to pay in \(text(stated, beside: Unit(home)))",
      expected: "\(home.text), as `currency` says, per unit of effect",
      advice: UnitAdvice.converting("its values", from: stated, to: Unit(home), context.system))
  }

  /// The value for one person times the persons of all years is an amount of money.
  private mutating func check(
    _ population: ScenarioDecision.StatedUnit, _ cost: Unit?, _ decision: ScenarioDecision
  ) {
    guard let incidence = unit(population.text, population.position) else { return }
    guard
      let persons = context.years.lazy.compactMap({ incidence * $0 }).first(where: {
        $0.soleBase != nil
      })
    else {
      problems.report(
        population.position, "an incidence in \(text(incidence))",
        expected: "persons a year, such as user/year",
        advice: "`horizon` counts years, so that the incidence is one of a year.")
      return
    }
    guard let cost, let home = context.system.home, let wanted = Unit(home) / persons,
      cost != wanted, cost.twelfths(of: home) == 12
    else { return }
    problems.report(
      population.position,
      "an incidence in \(text(incidence)) beside a cost in \(text(cost))",
      expected: "a cost in \(text(wanted))",
      advice:
        "A decision for a population multiplies the value for one person by persons: its cost "
        + "and effect are those of one.")
  }

  private func shown(_ decision: ScenarioDecision, _ ratio: Unit?) -> ScenarioUnits.Decision {
    var shown = ScenarioUnits.Decision()
    guard let ratio, !ratio.isOne else { return shown }
    shown.willingnessToPay = decision.willingnessToPayUnit?.text ?? ratio.text()
    if decision.effectUnit.isEmpty, let home = context.system.home, let per = Unit(home) / ratio {
      shown.effect = context.system.text(per)
    }
    return shown
  }
}

extension Unit {
  /// The base of a unit that is nothing else.
  fileprivate var soleBase: UnitBase? {
    factors.count == 1 && factors[0].twelfths == 12 ? factors[0].base : nil
  }
}
