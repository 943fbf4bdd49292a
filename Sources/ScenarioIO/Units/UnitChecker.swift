// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Checks the units of everything that a scenario states and computes.
struct UnitChecker {
  let decoder: ScenarioDecoder
  private let rules: [CheckedRule]
  var problems: DiagnosticCollector
  private(set) var context: UnitInference.Context
  /// By name, as written.
  private(set) var stated: [String: (unit: Unit, text: String)] = [:]
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
    checkUncertain()
    for rule in rules { check(rule) }
    checkLines()
    checkReports()
    for perspective in decoder.perspectives { check(perspective.changes, perspective.position) }
    for variant in decoder.variants { check(variant.changes, variant.position) }
    return ScenarioUnits(entries, decision: checkDecision())
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
      + CheckedRule.distinct(
        decoder.parameters.flatMap { parameter in
          parameter.uncertain.map { $0.arguments + $0.units.formulas } ?? []
        })
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
  mutating func unit(_ text: String, _ position: SourcePosition) -> Unit? {
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
}
