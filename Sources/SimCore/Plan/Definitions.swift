// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The definitions of one case of a model by name, with the dimensions that each varies over.
struct Definitions: Sendable {
  enum Definition: Sendable {
    case parameter(Parameter)
    case variable(Variable)
    /// A column of a table of rows: indices of both.
    case column(table: Int, column: Int, name: String)

    var name: String {
      switch self {
      case .parameter(let parameter): parameter.name
      case .variable(let variable): variable.name
      case .column(_, _, let name): name
      }
    }
  }

  let dimensions: [Dimension]
  let dimensionIndex: [String: Int]
  private(set) var all: [Definition] = []
  private(set) var index: [String: Int] = [:]
  /// By definition.
  private(set) var shapes: [Shape] = []
  /// Names that appear twice in the model.
  private(set) var duplicates: [String] = []

  init(_ model: Model, _ modelCase: ModelCase) {
    dimensions = model.dimensions
    dimensionIndex = Dictionary(
      model.dimensions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    for parameter in model.parameters { add(.parameter(parameter)) }
    for variable in model.variables { add(.variable(variable)) }
    for (table, rows) in model.rows.enumerated() {
      for (column, item) in rows.columns.enumerated() {
        add(.column(table: table, column: column, name: item.name))
      }
    }
    for parameter in modelCase.parameters { replace(.parameter(parameter)) }
    for variable in modelCase.variables { replace(.variable(variable)) }
    inferShapes(model.rows)
  }

  private mutating func add(_ definition: Definition) {
    if index[definition.name] != nil {
      duplicates.append(definition.name)
      return
    }
    index[definition.name] = all.count
    all.append(definition)
  }

  private mutating func replace(_ definition: Definition) {
    if let known = index[definition.name] {
      all[known] = definition
    } else {
      add(definition)
    }
  }

  // MARK: Shapes

  /// The least shapes that agree with every formula: recursions make them depend on each other.
  private mutating func inferShapes(_ rows: [RowTable]) {
    shapes = all.map { definition in
      switch definition {
      case .parameter(let parameter): shape(named: parameter.dimensions + parameter.each)
      case .variable: []
      case .column(let table, _, _):
        shape(named: rows[table].dimensions)
      }
    }
    var changed = true
    while changed {
      changed = false
      // Definitions often stand after what they need or before: both directions converge fast.
      for order in [Array(all.indices), Array(all.indices.reversed())] {
        for place in order {
          guard case .variable(let variable) = all[place] else { continue }
          let shape = shapes[place].union(self.shape(of: variable.rule))
          if shape != shapes[place] {
            shapes[place] = shape
            changed = true
          }
        }
      }
    }
  }

  private func shape(named names: [String]) -> Shape {
    names.reduce(into: []) { shape, name in
      if let dimension = dimensionIndex[name] { shape.insert(Shape(dimension: dimension)) }
    }
  }

  func shape(of rule: Variable.Rule) -> Shape {
    switch rule {
    case .formula(let expression): return shape(of: expression)
    case .table(let names, let cells):
      return cells.reduce(shape(named: names)) { $0.union(shape(of: $1)) }
    case .recursion(let over, let first, let then):
      return shape(named: [over]).union(shape(of: first)).union(shape(of: then))
    case .transition(let state, _):
      let cells = rule.formulas.reduce(Shape()) { $0.union(shape(of: $1)) }
      return cells.subtracting(shape(named: [state]))
    }
  }

  /// The dimensions that a formula's value varies over.
  func shape(of expression: Expression) -> Shape {
    switch expression {
    case .number, .quantity: return []
    case .name(let name, _):
      if let place = index[name] { return shapes[place] }
      return shape(named: [name])
    case .previous(let name, _, _): return index[name].map { shapes[$0] } ?? []
    case .position(let dimension): return shape(named: [dimension.name])
    case .binary(let symbol, let a, let b):
      if let comparison = labelComparison(symbol, a, b) {
        return Shape(dimension: comparison.dimension)
      }
      return shape(of: a).union(shape(of: b))
    case .unary, .call, .countQuantile:
      return expression.children.reduce([]) { $0.union(shape(of: $1)) }
    case .cumulative(let a, let over), .halfCycle(let a, _, let over):
      return shape(of: a).union(shape(named: [over.name]))
    case .discount(let a, let rate, let over, _):
      return shape(of: a).union(shape(of: rate)).union(shape(named: [over.name]))
    case .reduce(_, let a, let over):
      return shape(of: a).subtracting(shape(named: [over.name]))
    case .select(let a, let selectors, let outside):
      var shape = shape(of: a)
      for selector in selectors {
        if case .label = selector.choice {
          shape.subtract(self.shape(named: [selector.dimension.name]))
        }
      }
      return shape.union(outside.map { self.shape(of: $0) } ?? [])
    case .move(let a, let table, _):
      var shape = shape(of: a)
      if let place = index[table], case .variable(let variable) = all[place],
        case .transition(let state, _) = variable.rule
      {
        shape.formUnion(shapes[place].union(self.shape(named: [state])))
      }
      return shape
    }
  }

  /// `cancer == breast`: a dimension compared with one of its labels, or with another name in that
  /// place; `nil` for other comparisons.
  func labelComparison(_ symbol: BinaryOperator, _ a: Expression, _ b: Expression)
    -> (dimension: Int, label: String, offset: Int)?
  {
    guard symbol == .equal || symbol == .notEqual else { return nil }
    for (side, other) in [(a, b), (b, a)] {
      guard case .name(let name, _) = side, index[name] == nil,
        let dimension = dimensionIndex[name], case .name(let label, let offset) = other,
        index[label] == nil
      else { continue }
      return (dimension, label, offset)
    }
    return nil
  }

  // MARK: Uses

  /// Definitions that need one of the named ones, directly or through others, themselves included.
  func dependents(on names: Set<String>) -> Set<Int> {
    var users: [Int: [Int]] = [:]
    for (place, definition) in all.enumerated() {
      guard case .variable(let variable) = definition else { continue }
      for use in variable.rule.formulas.flatMap(\.nameUses) {
        if let used = index[use.name] { users[used, default: []].append(place) }
      }
    }
    var found = Set(names.compactMap { index[$0] })
    var waiting = Array(found)
    while let next = waiting.popLast() {
      for user in users[next] ?? [] where found.insert(user).inserted { waiting.append(user) }
    }
    return found
  }

  /// Number of label combinations of a shape; `nil` when it exceeds `limit`.
  func count(_ shape: Shape, limit: Int) -> Int? {
    var count = 1
    for dimension in shape.dimensions {
      count *= dimensions[dimension].labels.count
      if count > limit { return nil }
    }
    return count
  }

  /// Place of a combination of labels in a table of that shape, the last dimension fastest.
  func flatIndex(_ shape: Shape, _ positions: LabelPositions) -> Int {
    var flat = 0
    var rest = shape.rawValue
    while rest != 0 {
      let dimension = rest.trailingZeroBitCount
      flat = flat * dimensions[dimension].labels.count + positions[dimension]
      rest &= rest - 1
    }
    return flat
  }

  /// All combinations of labels of a shape, the last dimension fastest.
  func combinations(_ shape: Shape) -> [LabelPositions] {
    shape.dimensions.reduce([LabelPositions()]) { combinations, dimension in
      combinations.flatMap { positions in
        dimensions[dimension].labels.indices.map { positions.setting(dimension, to: $0) }
      }
    }
  }

  func choices(_ shape: Shape, _ positions: LabelPositions) -> [LabelChoice] {
    shape.dimensions.map {
      LabelChoice(
        dimension: dimensions[$0].name, label: dimensions[$0].labels[positions[$0]])
    }
  }
}
