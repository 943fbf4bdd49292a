// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Faults that can be seen in formulas without computing: undefined names, dimensions and labels, and
/// dimensions in the wrong place. Each is found once, however many labels there are.
struct FormulaCheck {
  private let definitions: Definitions
  private let owner: String
  /// The dimension of the recursion whose `then` is checked.
  private var recursion: String?
  private(set) var errors: [ModelError] = []

  init(_ definitions: Definitions, owner: String) {
    self.definitions = definitions
    self.owner = owner
  }

  static func errors(_ variable: Variable, _ definitions: Definitions) -> [ModelError] {
    var check = FormulaCheck(definitions, owner: variable.name)
    check.check(variable.rule)
    return check.errors
  }

  static func errors(_ expression: Expression, owner: String, _ definitions: Definitions)
    -> [ModelError]
  {
    var check = FormulaCheck(definitions, owner: owner)
    check.check(expression)
    return check.errors
  }

  private mutating func check(_ rule: Variable.Rule) {
    switch rule {
    case .formula(let expression): check(expression)
    case .table(let names, let cells):
      for name in names { _ = dimension(DimensionName(name, offset: 0)) }
      for cell in cells { check(cell) }
    case .recursion(let over, let first, let then):
      if let place = dimension(DimensionName(over, offset: 0)) { needOrder(place, 0) }
      check(first)
      recursion = over
      check(then)
      recursion = nil
    case .transition(let state, let rows):
      guard let place = dimension(DimensionName(state, offset: 0)) else { return }
      for (row, cells) in rows.enumerated() {
        let rests = cells.filter { if case .rest? = $0 { true } else { false } }
        if rests.count > 1 {
          errors.append(
            .restTwice(table: owner, row: definitions.dimensions[place].labels[row]))
        }
      }
      for formula in rule.formulas { check(formula) }
    }
  }

  private mutating func check(_ expression: Expression) {
    switch expression {
    case .number, .quantity, .unary, .call, .countQuantile: break
    case .name(let name, let offset): checkName(name, offset)
    case .previous(let name, let steps, let offset): checkPrevious(name, steps, offset)
    case .position(let dimension): _ = self.dimension(dimension)
    case .binary(let symbol, let a, let b):
      if let (dimension, label, offset) = definitions.labelComparison(symbol, a, b) {
        self.label(LabelName(label, offset: offset), in: dimension)
        return
      }
    case .reduce(_, let a, let over): _ = varying(a, over)
    case .cumulative(let a, let over):
      if let place = varying(a, over) { needOrder(place, over.offset) }
    case .halfCycle(let a, let method, let over):
      guard let place = varying(a, over) else { break }
      needOrder(place, over.offset)
      let count = definitions.dimensions[place].labels.count
      if method == .simpson, count % 2 == 0 {
        errors.append(
          .simpsonNeedsOddCount(
            dimension: over.name, count: count, in: owner, offset: over.offset))
      }
    case .discount(let a, _, let over, let from):
      guard let place = varying(a, over) else { break }
      needOrder(place, over.offset)
      if let from { label(from, in: place) }
    case .select(let a, let selectors, _):
      for selector in selectors {
        guard let place = varying(a, selector.dimension) else { continue }
        switch selector.choice {
        case .label(let name): label(name, in: place)
        case .shift: needOrder(place, selector.dimension.offset)
        }
      }
    case .move(_, let table, let offset): checkTable(table, offset)
    }
    for child in expression.children { check(child) }
  }

  private mutating func checkName(_ name: String, _ offset: Int) {
    if let place = definitions.index[name] {
      if case .variable(let variable) = definitions.all[place],
        case .transition = variable.rule
      {
        errors.append(.transitionAsValue(name, in: owner, offset: offset))
      }
    } else if let place = definitions.dimensionIndex[name] {
      if definitions.dimensions[place].numbers == nil {
        errors.append(.notNumeric(dimension: name, in: owner, offset: offset))
      }
    } else {
      errors.append(.undefinedName(name, in: owner, offset: offset))
    }
  }

  private mutating func checkPrevious(_ name: String, _ steps: Int, _ offset: Int) {
    guard definitions.index[name] != nil else {
      errors.append(.undefinedName(name, in: owner, offset: offset))
      return
    }
    guard let recursion, let place = definitions.dimensionIndex[recursion],
      definitions.shape(of: .previous(name, steps: 1, offset: 0))
        .contains(Shape(dimension: place))
    else {
      errors.append(.previousWithoutRecursion(name, in: owner, offset: offset))
      return
    }
    // One step in a dimension of one label is a model of many years cut to its first.
    let count = definitions.dimensions[place].labels.count
    if steps > 1, steps >= count {
      errors.append(
        .previousBeyondDimension(
          name, steps: steps, dimension: recursion, count: count, in: owner, offset: offset))
    }
  }

  private mutating func checkTable(_ name: String, _ offset: Int) {
    guard let place = definitions.index[name] else {
      errors.append(.undefinedName(name, in: owner, offset: offset))
      return
    }
    if case .variable(let variable) = definitions.all[place], case .transition = variable.rule {
      return
    }
    errors.append(.notTransition(name, in: owner, offset: offset))
  }

  /// The dimension's index, after checking that the formula varies over it.
  private mutating func varying(_ expression: Expression, _ name: DimensionName) -> Int? {
    guard let place = dimension(name) else { return nil }
    if !definitions.shape(of: expression).contains(Shape(dimension: place)) {
      errors.append(.missingDimension(name.name, in: owner, offset: name.offset))
      return nil
    }
    return place
  }

  private mutating func dimension(_ name: DimensionName) -> Int? {
    if let place = definitions.dimensionIndex[name.name] { return place }
    errors.append(.undefinedDimension(name.name, in: owner, offset: name.offset))
    return nil
  }

  private mutating func label(_ name: LabelName, in dimension: Int) {
    let dimension = definitions.dimensions[dimension]
    if dimension.position(of: name.label) == nil {
      errors.append(
        .undefinedLabel(name.label, dimension: dimension.name, in: owner, offset: name.offset))
    }
  }

  private mutating func needOrder(_ place: Int, _ offset: Int) {
    let dimension = definitions.dimensions[place]
    if !dimension.isOrdered {
      errors.append(.notOrdered(dimension: dimension.name, in: owner, offset: offset))
    }
  }
}
