// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The model that the engine runs, and what its cases are.
  ///
  /// Totals become variables. An output that a formula names becomes a variable as well, since the
  /// engine's outputs are ends.
  func model() -> (Model, [ScenarioCase]) {
    let named = Set(rules.flatMap { $0.rule.formulas.flatMap(\.nameUses) }.map(\.name))
    var variables: [Variable] = []
    var values: [String: SimCore.Expression] = [:]
    for rule in rules {
      if rule.kind == .output, !named.contains(rule.name),
        case .formula(let expression) = rule.rule
      {
        values[rule.name] = expression
      } else {
        variables.append(Variable(name: rule.name, rule: rule.rule))
      }
    }
    for kind in LineKind.allCases where lines.contains(where: { $0.kind == kind }) {
      variables.append(Variable(name: kind.section, value: total(of: kind) { _ in true }))
    }
    for name in payerTotals.sorted() {
      guard let (section, payer) = PayerTotal.parts(name),
        let kind = LineKind.allCases.first(where: { $0.section == section })
      else { continue }
      variables.append(Variable(name: name, value: total(of: kind) { $0.payer == payer }))
    }
    var model = Model(
      dimensions: dimensions, parameters: Self.parameters(parameters), variables: variables,
      outputs: [], correlations: groups)
    let cases = self.cases
    let builder = CaseBuilder(model)
    model.cases = cases.map { builder.build(changes(of: $0)) }
    model.outputs = outputs.map { output in
      var item = Output(
        name: output.name, value: values[output.name] ?? .name(output.name, offset: 0),
        probabilities: output.percentiles.map(Self.probability), histogram: output.histogram)
      if !dependsOnPerspective(item, model) {
        item.cases = Set(
          cases.indices.filter { cases[$0].perspective == perspectives.first?.name })
      }
      return item
    }
    return (model, cases)
  }

  /// Parameters of the engine from the cells of the file.
  static func parameters(_ cells: [ScenarioParameter]) -> [Parameter] {
    var names: [String] = []
    var byName: [String: [ScenarioParameter]] = [:]
    for cell in cells {
      if byName[cell.name] == nil { names.append(cell.name) }
      byName[cell.name, default: []].append(cell)
    }
    return names.compactMap { name in byName[name].flatMap { parameter(name, $0) } }
  }

  static func parameter(_ name: String, _ cells: [ScenarioParameter]) -> Parameter? {
    guard let first = cells.first else { return nil }
    return Parameter(
      name: name, dimensions: first.labels.map(\.dimension),
      distributions: cells.map(\.distribution), each: first.each)
  }

  /// The sum of lines of a section, in file order.
  private func total(of kind: LineKind, where counts: (ScenarioLine) -> Bool) -> SimCore.Expression
  {
    let names = lines.filter { $0.kind == kind && counts($0) }
      .map { SimCore.Expression.name($0.name, offset: 0) }
    guard let first = names.first else { return .number(0) }
    return names.dropFirst().reduce(first) { .binary(.add, $0, $1) }
  }

  /// The percentile moved two places by its digits, so that 2.5 % is exactly the double 0.025.
  private static func probability(_ percentile: Double) -> Double {
    Double("\(percentile)e-2") ?? percentile / 100
  }

  // MARK: Cases

  /// Variants, the scenario itself first, each from every perspective.
  private var cases: [ScenarioCase] {
    let perspectives: [String?] =
      self.perspectives.isEmpty ? [nil] : self.perspectives.map(\.name)
    let variants: [String?] = [nil] + self.variants.map(\.name)
    return variants.flatMap { variant in
      perspectives.map { ScenarioCase(variant: variant, perspective: $0) }
    }
  }

  private func changes(of scenarioCase: ScenarioCase) -> ScenarioChanges {
    var changes = ScenarioChanges()
    if let perspective = perspectives.first(where: { $0.name == scenarioCase.perspective }) {
      changes.changes += totals(of: perspective) + perspective.changes.changes
    }
    if let variant = variants.first(where: { $0.name == scenarioCase.variant }) {
      changes.changes += variant.changes.changes
      changes.correlations = variant.changes.correlations
    }
    return changes
  }

  /// The totals of the lines that a perspective counts.
  private func totals(of perspective: ScenarioPerspective) -> [ScenarioChanges.Change] {
    guard let payers = perspective.payers else { return [] }
    return LineKind.allCases.filter { kind in lines.contains { $0.kind == kind } }.map { kind in
      let total = total(of: kind) { line in
        guard let payer = line.payer else { return true }
        return payers.contains(payer)
      }
      return .rule(name: kind.section, .formula(total))
    }
  }

  func dependsOnPerspective(_ output: Output, _ model: Model) -> Bool {
    if perspectives.isEmpty { return true }
    var names = Set(LineKind.allCases.map(\.section))
    for perspective in perspectives { names.formUnion(perspective.changes.names) }
    return ModelShapes(model).depends(output.value, on: names)
  }
}
