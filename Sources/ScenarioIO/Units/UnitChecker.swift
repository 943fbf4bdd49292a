// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Checks the units of everything that a scenario states and computes.
struct UnitChecker {
  private let decoder: ScenarioDecoder
  private let rules: [CheckedRule]
  private var problems: DiagnosticCollector
  private var context: UnitInference.Context
  /// By name, as written.
  private var stated: [String: (unit: Unit, text: String)] = [:]
  private var uses: [(base: UnitBase, position: SourcePosition)]

  /// Reports to the decoder's problems.
  static func check(_ decoder: inout ScenarioDecoder) -> ScenarioUnits {
    var checker = UnitChecker(decoder)
    let units = checker.run()
    decoder.problems = checker.problems
    return units
  }

  private init(_ decoder: ScenarioDecoder) {
    self.decoder = decoder
    rules = decoder.rules.map { CheckedRule($0) }
    problems = decoder.problems
    uses = decoder.unitUses
    context = UnitInference.Context(system: decoder.unitSystem)
    context.dimensions = Set(decoder.dimensions.map(\.name))
    context.dimensionUnits = decoder.dimensionUnits
    context.years =
      [Unit(UnitBase("year"))]
      + decoder.dimensions.filter { $0.step == 1 }.compactMap { decoder.dimensionUnits[$0.name] }
  }

  private mutating func run() -> ScenarioUnits {
    readQuantities()
    readStated()
    checkPriceYears()
    context.measures = stated.mapValues { .unit($0.unit) }
    var resolver = UnitResolver(context, rules, totals: totals)
    resolver.resolve()
    context = resolver.context
    for rule in rules { check(rule) }
    checkLines()
    checkReports()
    for perspective in decoder.perspectives { check(perspective.changes, perspective.position) }
    for variant in decoder.variants { check(variant.changes, variant.position) }
    checkDecision()
    return ScenarioUnits(entries)
  }

  /// Lines by the name of their total, for totals that have any.
  private var totals: [String: [String]] {
    var result: [String: [String]] = [:]
    for line in decoder.lines {
      result[line.kind.section, default: []].append(line.name)
      guard let payer = line.payer else { continue }
      let name = PayerTotal.name(line.kind.section, payer: payer)
      if decoder.payerTotals.contains(name) { result[name, default: []].append(line.name) }
    }
    return result
  }

  private var entries: [String: ScenarioUnits.Entry] {
    var result = stated.mapValues { ScenarioUnits.Entry(text: $0.text, isStated: true) }
    for (name, measure) in context.measures where result[name] == nil {
      guard case .unit(let unit) = measure.kind else { continue }
      result[name] = ScenarioUnits.Entry(text: context.system.text(unit), isStated: false)
    }
    return result
  }

  // MARK: What is stated

  private var formulas: [SimCore.Expression] {
    let changes = decoder.perspectives.map(\.changes) + decoder.variants.map(\.changes)
    return rules.flatMap(\.formulas)
      + changes.flatMap { CheckedRule.distinct($0.formulas.map(\.expression)) }
      + decoder.decisionFormulas
  }

  /// The units of numbers in formulas.
  private mutating func readQuantities() {
    for formula in formulas {
      for part in formula.partsInOrder {
        guard case .quantity(_, let text, let offset) = part.expression else { continue }
        func position(_ byte: Int) -> SourcePosition {
          decoder.texts.position(ofOffset: offset + byte) ?? .start
        }
        do throws(TextProblem) {
          let read = try UnitReader.read(text, context.system)
          context.quantities[text] = .unit(read.unit)
          for (base, byte) in read.bases { uses.append((base, position(byte))) }
        } catch {
          problems.report(
            position(error.offset), error.found, expected: error.expected, advice: error.advice)
        }
      }
    }
  }

  private mutating func readStated() {
    for parameter in decoder.parameters where stated[parameter.name] == nil {
      state(parameter.name, parameter.unit, parameter.position)
    }
    for rows in decoder.rowSets {
      for column in rows.columns { state(column.name, column.unit, rows.position) }
    }
    for variable in decoder.variables { state(variable.name, variable.unit, variable.position) }
    for line in decoder.lines { state(line.name, line.unit, line.position) }
    for output in decoder.outputs where !decoder.reports.contains(output.name) {
      state(output.name, output.unit, output.position)
    }
  }

  private mutating func state(_ name: String, _ text: String?, _ position: SourcePosition) {
    guard let text, let unit = unit(text, position) else { return }
    stated[name] = (unit, text)
  }

  /// Texts that came with the file itself have been read before; others are told here.
  private mutating func unit(_ text: String, _ position: SourcePosition) -> Unit? {
    do throws(TextProblem) {
      let read = try UnitReader.read(text, context.system)
      if !decoder.unitTexts.contains(text) {
        for (base, _) in read.bases { uses.append((base, position)) }
      }
      return read.unit
    } catch {
      if !decoder.unitTexts.contains(text) {
        problems.report(position, error.found, expected: error.expected, advice: error.advice)
      }
      return nil
    }
  }

  /// A currency with a price year in one place needs one everywhere.
  private mutating func checkPriceYears() {
    var years: [String: Set<Int>] = [:]
    for base in uses.map(\.base) + (context.system.home.map { [$0] } ?? []) {
      if let year = base.priceYear { years[base.name, default: []].insert(year) }
    }
    var seen: Set<String> = []
    for (base, position) in uses.sorted(by: { $0.position < $1.position })
    where base.priceYear == nil {
      guard let known = years[base.name], seen.insert(base.name).inserted else { continue }
      let examples = known.sorted().map { "\(base.name) \($0)" }.joined(separator: " or ")
      problems.report(
        position, "the currency \(Excerpt.quoted(base.name)) without a price year",
        expected: "\(examples), as elsewhere in the file",
        advice: "Only the currency under `currency` may leave its year out.")
    }
  }

  // MARK: Formulas

  /// The unit of a formula; faults are reported at their places.
  private mutating func measure(_ formula: SimCore.Expression, _ fallback: SourcePosition)
    -> Measure
  {
    let place = FormulaPlace(formula, decoder.texts, fallback)
    let inference = UnitInference(formula, context, text: { place.text(of: $0) })
    for fault in inference.faults {
      problems.report(
        place.position(of: fault.part), fault.found, expected: fault.expected,
        advice: fault.advice)
    }
    return Measure(kind: inference.result.kind)
  }

  private mutating func check(_ rule: CheckedRule) {
    if rule.isTransition {
      for formula in rule.formulas {
        let measure = measure(formula, rule.position)
        guard !measure.isPure, let unit = measure.unit else { continue }
        problems.report(
          start(formula, rule.position),
          "a probability in \(text(unit)) in the transitions \(Excerpt.quoted(rule.name))",
          expected: "a pure number",
          advice: "1 - exp(-rate * 1[week]) is the probability that belongs to a rate in 1/week.")
      }
      return
    }
    var agreed = stated[rule.name].map { Measure.unit($0.unit) }
    for formula in rule.formulas {
      let measure = measure(formula, rule.position)
      if stated[rule.name] != nil {
        if let agreed { compare(measure, agreed, rule, formula) }
      } else if let known = agreed {
        agreed = compare(measure, known, rule, formula)
      } else {
        agreed = measure
      }
    }
  }

  /// - Returns: what the two agree on.
  @discardableResult
  private mutating func compare(
    _ measure: Measure, _ wanted: Measure, _ rule: CheckedRule, _ formula: SimCore.Expression
  ) -> Measure {
    // A plain number takes the unit that is stated.
    let isStated = stated[rule.name] != nil
    if isStated, measure.kind == .plain { return wanted }
    if let agreed = Measure.agreed(wanted, measure) { return agreed }
    let name = Excerpt.quoted(rule.name)
    let place = start(formula, rule.position)
    guard let unit = measure.unit, let other = wanted.unit else { return .unknown }
    let found = "a value \(described(measure, beside: other)) for \(name)"
    if isStated {
      problems.report(
        place, "\(found), whose unit is \(text(other, beside: unit))", expected: "that unit",
        advice: UnitAdvice.converting("the value", from: unit, to: other, context.system))
    } else {
      problems.report(
        place, "\(found), beside one \(described(wanted, beside: unit))",
        expected: "one unit for all of \(name)",
        advice: measure.kind == .plain || wanted.kind == .plain
          ? "State its unit with `unit:`: plain numbers take it." : "")
    }
    return .unknown
  }

  private func described(_ measure: Measure, beside other: Unit) -> String {
    guard measure.kind != .plain, let unit = measure.unit else { return "without a unit" }
    return unit.isOne ? "that is a pure number" : "in \(text(unit, beside: other))"
  }

  private func text(_ unit: Unit, beside other: Unit? = nil) -> String {
    UnitAdvice.text(unit, beside: other, context.system)
  }

  private func start(_ formula: SimCore.Expression, _ fallback: SourcePosition) -> SourcePosition {
    FormulaPlace(formula, decoder.texts, fallback).start
  }

  // MARK: Lines and reports

  private mutating func checkLines() {
    for kind in LineKind.allCases {
      var first: (name: String, unit: Unit)?
      for line in decoder.lines where line.kind == kind {
        guard case .unit(let unit)? = context.measures[line.name]?.kind else { continue }
        guard let known = first else {
          first = (line.name, unit)
          continue
        }
        if known.unit == unit { continue }
        problems.report(
          line.position,
          "the line \(Excerpt.quoted(line.name)) in \(text(unit, beside: known.unit)), beside "
            + "\(Excerpt.quoted(known.name)) in \(text(known.unit, beside: unit))",
          expected: "lines of `\(kind.section)` in one unit",
          advice: UnitAdvice.converting(
            "this line", from: unit, to: known.unit, context.system))
      }
    }
  }

  /// Outputs under the name of what they report.
  private mutating func checkReports() {
    for output in decoder.outputs where decoder.reports.contains(output.name) {
      guard let text = output.unit, let unit = unit(text, output.position),
        case .unit(let own)? = context.measures[output.name]?.kind, own != unit
      else { continue }
      problems.report(
        output.position,
        "the output \(Excerpt.quoted(output.name)) in \(self.text(unit, beside: own)), a report of a "
          + "quantity in \(self.text(own, beside: unit))",
        expected: "the same unit", advice: "Leave the unit of the output out.")
    }
  }

  // MARK: Cases

  private mutating func check(_ changes: ScenarioChanges, _ position: SourcePosition) {
    for change in changes.changes {
      switch change {
      case .parameter, .freeze: break
      case .rule(let name, let rule):
        for formula in CheckedRule.distinct(rule.formulas) {
          fit(formula, name, "a value", position)
        }
      case .shift(let name, let formula): fit(formula, name, "a shift", position)
      case .scale(let name, let formula):
        let measure = measure(formula, position)
        guard !measure.isPure, let unit = measure.unit else { continue }
        problems.report(
          start(formula, position), "a factor in \(text(unit)) for \(Excerpt.quoted(name))",
          expected: "a pure number", advice: UnitAdvice.purify(unit, context.system))
      }
    }
  }

  /// A plain number takes the unit of what it changes.
  private mutating func fit(
    _ formula: SimCore.Expression, _ name: String, _ what: String, _ position: SourcePosition
  ) {
    let measure = measure(formula, position)
    guard measure.kind != .plain, let unit = measure.unit,
      case .unit(let own)? = context.measures[name]?.kind, own != unit
    else { return }
    problems.report(
      start(formula, position),
      "\(what) \(described(measure, beside: own)) for \(Excerpt.quoted(name)) in "
        + text(own, beside: unit),
      expected: "its unit",
      advice: UnitAdvice.converting("it", from: unit, to: own, context.system))
  }

  // MARK: Decision

  /// Willingness to pay is in the file's currency per unit of effect.
  private mutating func checkDecision() {
    guard let decision = decoder.decision else { return }
    guard case .unit(let cost) = measure(decision.cost, decision.position).kind,
      case .unit(let effect) = measure(decision.effect, decision.position).kind,
      let ratio = cost / effect
    else { return }
    let wanted: Unit
    if decision.effectUnit.isEmpty {
      // Benefits are compared with costs as they are.
      guard decision.willingnessToPay == [1] else { return }
      wanted = .one
    } else {
      guard let home = context.system.home, let per = unit(decision.effectUnit, decision.position),
        let stated = Unit(home) / per
      else { return }
      wanted = stated
    }
    if ratio == wanted { return }
    problems.report(
      decision.position,
      "a decision between a cost in \(text(cost)) and an effect in \(text(effect)), a willingness "
        + "to pay in \(text(ratio, beside: wanted))",
      expected: "\(text(wanted, beside: ratio)), as `currency` and the `unit` of the effect say",
      advice: "Correct the unit of the cost, of the effect, or under `decision`.")
  }
}
