// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Turns what a scenario states into the model that the engine runs: with its distributions, or with
/// one number for each parameter.
struct ModelBuilder: Sendable {
  let dimensions: [Dimension]
  let rows: [RowTable]
  let parameters: [ScenarioParameter]
  let rules: [NamedRule]
  let lines: [ScenarioLine]
  let payerTotals: Set<String>
  let correlations: [CorrelationGroup]
  let perspectives: [ScenarioPerspective]
  let variants: [ScenarioVariant]
  let outputs: [ScenarioOutput]

  /// Variants, the scenario itself first, each from every perspective.
  var cases: [ScenarioCase] {
    let perspectives: [String?] =
      self.perspectives.isEmpty ? [nil] : self.perspectives.map(\.name)
    let variants: [String?] = [nil] + self.variants.map(\.name)
    return variants.flatMap { variant in
      perspectives.map { ScenarioCase(variant: variant, perspective: $0) }
    }
  }

  /// - Parameter level: the number each parameter takes; `nil` for its distribution.
  ///
  /// Totals become variables. An output that a formula names becomes a variable as well, since the
  /// engine's outputs are ends.
  func model(at level: StatedLevel? = nil) -> Model {
    let uncertain = parameters.compactMap(\.uncertain) + variants.flatMap(\.changes.uncertain)
    let named = Set(
      (rules.flatMap(\.rule.formulas) + uncertain.flatMap(\.arguments)).flatMap(\.nameUses)
        .map(\.name))
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
    // Without sampling, a bootstrap is the rows themselves, once each, and one row is their mean.
    if level != nil { variables += rows.flatMap(\.fixedColumns) }
    let quantities = CaseBuilder.quantities(parameters, as: level.map { .level($0) } ?? .drawn)
    variables += quantities.flatMap(\.variables)
    var model = Model(
      dimensions: dimensions, parameters: quantities.flatMap(\.parameters),
      variables: variables, outputs: [], correlations: level == nil ? correlations : [],
      rows: level == nil ? rows : [])
    let cases = self.cases
    let builder = CaseBuilder(model, parameters, at: level)
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
    return model
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

extension RowTable {
  /// The columns as they are where rows are not drawn.
  var fixedColumns: [Variable] {
    columns.map { column in
      let mean = column.values.reduce(0) { $0 + $1 / Double(column.values.count) }
      return switch draw {
      case .one: Variable(name: column.name, value: overEach(mean))
      case .bootstrap:
        Variable(
          name: column.name,
          rule: .table(dimensions: [name], cells: column.values.map { overEach($0) }))
      }
    }
  }

  /// The same number at each label for which rows are drawn.
  private func overEach(_ number: Double) -> SimCore.Expression {
    each.reduce(.number(number)) { value, dimension in
      .plus(value, .times(.number(0), .position(DimensionName(dimension, offset: 0))))
    }
  }
}

/// Which number of a parameter a deterministic run takes.
public enum StatedLevel: String, Sendable, CaseIterable {
  case base, low, high
}

extension ScenarioParameter {
  /// The stated number, else the mean, P2.5 or P97.5 of the distribution.
  public func number(at level: StatedLevel) -> Double {
    switch level {
    case .base: statedBase ?? distribution.number(at: .base)
    case .low: statedLow ?? (isConstant ? number(at: .base) : distribution.number(at: .low))
    case .high: statedHigh ?? (isConstant ? number(at: .base) : distribution.number(at: .high))
    }
  }

  /// Whether a level is a number of the file.
  public func isStated(_ level: StatedLevel) -> Bool {
    switch level {
    case .base: statedBase != nil
    case .low: statedLow != nil
    case .high: statedHigh != nil
    }
  }
}

extension Distribution {
  /// The mean, or the median where there is none; P2.5; P97.5.
  func number(at level: StatedLevel) -> Double {
    switch level {
    case .base: mean.isFinite ? mean : quantile(cumulative: 0.5)
    case .low: quantile(cumulative: 0.025)
    case .high: quantile(cumulative: 0.975)
    }
  }
}
