// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension GraphCompiler {
  private func dimension(_ name: DimensionName) -> Int? {
    definitions.dimensionIndex[name.name]
  }

  private func labelCount(_ dimension: Int) -> Int {
    definitions.dimensions[dimension].labels.count
  }

  mutating func reduce(
    _ reduction: Reduction, _ a: Expression, _ over: DimensionName, _ scope: Scope
  ) -> Int {
    guard let dimension = dimension(over) else { return graph.constant(.nan) }
    let opcode: Opcode =
      switch reduction {
      case .sum, .mean: .add
      case .min: .min
      case .max: .max
      case .product: .multiply
      }
    var result = compile(a, scope.setting(dimension, to: 0))
    for position in 1..<max(1, labelCount(dimension)) {
      let next = compile(a, scope.setting(dimension, to: position))
      result = graph.add(.binary(opcode, result, next))
    }
    guard reduction == .mean else { return result }
    return graph.add(
      .binary(.divide, result, graph.constant(Double(labelCount(dimension)))))
  }

  mutating func cumulative(_ a: Expression, _ over: DimensionName, _ scope: Scope) -> Int {
    guard let dimension = dimension(over) else { return graph.constant(.nan) }
    var sum = compile(a, scope.setting(dimension, to: 0))
    for position in 0..<scope.positions[dimension] {
      let next = compile(a, scope.setting(dimension, to: position + 1))
      sum = graph.add(.binary(.add, sum, next))
    }
    return sum
  }

  mutating func select(
    _ a: Expression, _ selectors: [Selector], _ outside: Expression?, _ scope: Scope
  ) -> Int {
    var inner = scope
    for selector in selectors {
      guard let dimension = dimension(selector.dimension) else { return graph.constant(.nan) }
      switch selector.choice {
      case .label(let name):
        guard let position = definitions.dimensions[dimension].position(of: name.label) else {
          return graph.constant(.nan)
        }
        inner.positions[dimension] = position
      case .shift(let steps):
        let position = scope.positions[dimension] + steps
        guard position >= 0, position < labelCount(dimension) else {
          if let outside { return compile(outside, scope) }
          report(
            .outsideDimension(
              selector.dimension.name, in: scope.owner, offset: selector.dimension.offset))
          return graph.constant(.nan)
        }
        inner.positions[dimension] = position
      }
    }
    return compile(a, inner)
  }

  // MARK: Discounting

  /// ```
  /// x · (1 + r)^(−step (p − f)),   or with a schedule  x / Π (1 + r_q)^step,  q = f + 1 … p
  /// ```
  mutating func discount(
    _ a: Expression, _ rate: Expression, _ over: DimensionName, _ from: LabelName?, _ scope: Scope
  ) -> Int {
    guard let dimension = dimension(over) else { return graph.constant(.nan) }
    let declared = definitions.dimensions[dimension]
    let start = from.flatMap { declared.position(of: $0.label) } ?? 0
    let position = scope.positions[dimension]
    let value = compile(a, scope)
    if position == start { return value }
    let varies = definitions.shape(of: rate).contains(Shape(dimension: dimension))
    var factor: Int
    if varies {
      factor = graph.constant(1)
      for place in min(start, position) + 1...max(start, position) {
        let growth = growth(rate, over, scope.setting(dimension, to: place))
        let step = graph.add(.binary(.power, growth, graph.constant(declared.step)))
        factor = graph.add(.binary(.multiply, factor, step))
      }
    } else {
      let years = Double(abs(position - start)) * declared.step
      factor = graph.add(.binary(.power, growth(rate, over, scope), graph.constant(years)))
    }
    return graph.add(.binary(position > start ? .divide : .multiply, value, factor))
  }

  private mutating func growth(_ rate: Expression, _ over: DimensionName, _ scope: Scope) -> Int {
    let node = compile(rate, scope)
    if let value = graph.constantValue(node), !DiscountRate.isPossible(value) {
      let place = rate.nameUses.first?.offset ?? over.offset
      report(.discountRate(value, in: scope.owner, offset: place))
    }
    return graph.add(.binary(.add, graph.constant(1), node))
  }

  // MARK: Half-cycle correction

  mutating func halfCycle(
    _ a: Expression, _ method: HalfCycle, _ over: DimensionName, _ scope: Scope
  ) -> Int {
    guard let dimension = dimension(over) else { return graph.constant(.nan) }
    let weight = method.weight(scope.positions[dimension], of: labelCount(dimension))
    if weight == 0 { return graph.constant(0) }
    return graph.add(.binary(.multiply, compile(a, scope), graph.constant(weight)))
  }

  // MARK: Transitions

  /// ```
  /// y_j = Σ_i x_i p_ij
  /// ```
  /// Cells that are absent or always 0, and states that are always empty, cost nothing.
  mutating func move(_ a: Expression, _ table: String, _ scope: Scope) -> Int {
    guard let place = definitions.index[table],
      case .variable(let variable) = definitions.all[place],
      case .transition(let state, let rows) = variable.rule,
      let dimension = definitions.dimensionIndex[state]
    else { return graph.constant(.nan) }
    let target = scope.positions[dimension]
    var sum: Int?
    for (source, cells) in rows.enumerated() {
      var inner = scope.setting(dimension, to: source)
      guard let cell = cells[target] else { continue }
      let share = compile(a, inner)
      if graph.constantValue(share) == 0 { continue }
      inner.owner = table
      let probability = self.probability(cell, cells, inner, row: source, dimension)
      if graph.constantValue(probability) == 0 { continue }
      let term = graph.add(.binary(.multiply, share, probability))
      sum = sum.map { graph.add(.binary(.add, $0, term)) } ?? term
    }
    return sum ?? graph.constant(0)
  }

  private mutating func probability(
    _ cell: TransitionCell, _ cells: [TransitionCell?], _ scope: Scope, row: Int, _ dimension: Int
  ) -> Int {
    var least: Int?
    var sum: Int?
    var hasRest = false
    for cell in cells {
      switch cell {
      case nil: break
      case .rest: hasRest = true
      case .probability(let expression):
        let node = compile(expression, scope)
        least = least.map { graph.add(.binary(.min, $0, node)) } ?? node
        sum = sum.map { graph.add(.binary(.add, $0, node)) } ?? node
      }
    }
    let total = sum ?? graph.constant(0)
    let rest = graph.add(.binary(.subtract, graph.constant(1), total))
    let label = definitions.dimensions[dimension].labels[row]
    // Rounding may leave a sum of probabilities a little off 1.
    let tolerance = graph.constant(1e-9)
    func check(_ kind: ModelCheck.Kind) -> ModelCheck {
      ModelCheck(kind: kind, table: scope.owner, row: label)
    }
    if hasRest {
      least = least.map { graph.add(.binary(.min, $0, rest)) } ?? rest
    } else {
      let gap = graph.add(.unary(.abs, rest))
      require(graph.add(.binary(.subtract, tolerance, gap)), check(.rowSum))
    }
    if let least {
      require(graph.add(.binary(.add, least, tolerance)), check(.negativeProbability))
    }
    switch cell {
    case .rest: return rest
    case .probability(let expression): return compile(expression, scope)
    }
  }
}

extension HalfCycle {
  /// The weight of point `position` of `count`.
  func weight(_ position: Int, of count: Int) -> Double {
    let isFirst = position == 0
    let isLast = position == count - 1
    switch self {
    case .start: return isLast ? 0 : 1
    case .end: return isFirst ? 0 : 1
    case .trapezoid: return count == 1 ? 0 : isFirst || isLast ? 0.5 : 1
    case .simpson:
      if count == 1 { return 0 }
      if isFirst || isLast { return 1.0 / 3 }
      return position % 2 == 1 ? 4.0 / 3 : 2.0 / 3
    }
  }
}
