// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Turns the changes of a perspective and a variant into a case of the model.
struct CaseBuilder {
  private let parameters: [String: Parameter]
  private let variables: [String: Variable]
  /// With their distributions, whatever the level.
  private let stated: [ScenarioParameter]
  private let level: StatedLevel?

  init(_ model: Model, _ stated: [ScenarioParameter], at level: StatedLevel?) {
    self.stated = stated
    self.level = level
    parameters = Dictionary(
      model.parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    variables = Dictionary(
      model.variables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Parameters

  /// What the engine knows of a parameter of the file: a parameter, or one with a variable made of it.
  struct Quantity {
    var parameters: [Parameter] = []
    var variables: [Variable] = []
  }

  /// What a parameter of the file stands for.
  enum Form {
    case drawn
    case level(StatedLevel)
    /// At its mean.
    case frozen
  }

  /// Parameters of the engine from the cells of the file.
  static func quantities(_ cells: [ScenarioParameter], as form: Form) -> [Quantity] {
    var names: [String] = []
    var byName: [String: [ScenarioParameter]] = [:]
    for cell in cells {
      if byName[cell.name] == nil { names.append(cell.name) }
      byName[cell.name, default: []].append(cell)
    }
    return names.map { name in quantity(name, byName[name] ?? [], as: form) }
  }

  static func quantity(_ name: String, _ cells: [ScenarioParameter], as form: Form) -> Quantity {
    guard let first = cells.first else { return Quantity() }
    let parameter = Parameter(
      name: name, dimensions: first.labels.map(\.dimension),
      distributions: cells.map { distribution($0, as: form) }, each: first.each)
    if let joint = first.joint { return JointQuantity.quantity(parameter, cells, joint, as: form) }
    if cells.allSatisfy({ $0.uncertain == nil }) { return Quantity(parameters: [parameter]) }
    return UncertainQuantity.quantity(parameter, cells, as: form)
  }

  private static func distribution(_ cell: ScenarioParameter, as form: Form) -> any Distribution {
    let number: Double
    switch form {
    case .drawn: return cell.uncertain?.draw ?? cell.distribution
    case .frozen: number = (cell.uncertain?.draw ?? cell.distribution).mean
    case .level(let level):
      // Low and high of units that differ are not low and high of them all together.
      let level = cell.each.isEmpty ? level : .base
      number = cell.uncertain?.draw.number(at: level) ?? cell.number(at: level)
    }
    return (try? Constant(number)) ?? cell.distribution
  }

  // MARK: Changes

  func build(_ changes: ScenarioChanges) -> ModelCase {
    var result = Result()
    for change in changes.changes { apply(change, to: &result) }
    return ModelCase(
      parameters: result.order.compactMap { result.parameters[$0] },
      variables: result.order.compactMap { result.variables[$0] },
      correlations: level == nil ? changes.correlations : nil)
  }

  private struct Result {
    var order: [String] = []
    var parameters: [String: Parameter] = [:]
    var variables: [String: Variable] = [:]
    /// Of replaced parameters.
    var cells: [String: [ScenarioParameter]] = [:]
    /// Factors and terms since a quantity was last set.
    var modifications: [String: [(symbol: BinaryOperator, operand: SimCore.Expression)]] = [:]

    mutating func set(_ parameter: Parameter) {
      if !order.contains(parameter.name) { order.append(parameter.name) }
      parameters[parameter.name] = parameter
      variables[parameter.name] = nil
    }

    mutating func set(_ quantity: Quantity) {
      for parameter in quantity.parameters { set(parameter) }
      for variable in quantity.variables { set(variable) }
    }

    mutating func set(_ variable: Variable) {
      if !order.contains(variable.name) { order.append(variable.name) }
      variables[variable.name] = variable
      parameters[variable.name] = nil
    }
  }

  private func apply(_ change: ScenarioChanges.Change, to result: inout Result) {
    switch change {
    case .parameter(let name, let cells):
      result.set(Self.quantity(name, cells, as: level.map { .level($0) } ?? .drawn))
      result.cells[name] = cells
      result.modifications[name] = nil
    case .rule(let name, let rule):
      result.set(Variable(name: name, rule: rule))
      result.modifications[name] = nil
    case .freeze(let name):
      let cells = result.cells[name] ?? stated.filter { $0.name == name }
      result.set(Self.quantity(name, cells, as: .frozen))
      // What a perspective did to it stays.
      for (symbol, operand) in result.modifications[name] ?? [] {
        result.set(modified(name, symbol, operand, &result))
      }
    case .scale(let name, let factor):
      result.set(modified(name, .multiply, factor, &result))
      result.modifications[name, default: []].append((.multiply, factor))
    case .shift(let name, let term):
      result.set(modified(name, .add, term, &result))
      result.modifications[name, default: []].append((.add, term))
    }
  }

  /// The quantity under its own name, from what it was under another.
  private func modified(
    _ name: String, _ symbol: BinaryOperator, _ operand: SimCore.Expression,
    _ result: inout Result
  ) -> Variable {
    var inner = name + " (unchanged)"
    while result.order.contains(inner) { inner += "'" }
    if result.variables[name] == nil, var parameter = result.parameters[name] ?? parameters[name] {
      parameter.name = inner
      result.set(parameter)
    } else if var variable = result.variables[name] ?? variables[name] {
      variable.name = inner
      // A recursion goes on from its own values, not from the changed ones.
      variable.rule = variable.rule.mapping { $0.renaming(name, to: inner) }
      result.set(variable)
    }
    return Variable(name: name, value: .binary(symbol, .name(inner, offset: 0), operand))
  }
}

extension SimCore.Expression {
  fileprivate func renaming(_ name: String, to other: String) -> SimCore.Expression {
    switch self {
    case .name(name, let offset): .name(other, offset: offset)
    case .previous(name, let steps, let offset): .previous(other, steps: steps, offset: offset)
    default: self
    }
  }
}
