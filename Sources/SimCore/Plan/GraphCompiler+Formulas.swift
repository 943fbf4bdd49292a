// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension GraphCompiler {
  /// The node of a formula at the labels of its scope.
  mutating func compile(_ expression: Expression, _ scope: Scope) -> Int {
    if graph.nodes.count > Self.mostNodes {
      report(.tooManySteps(limit: Self.mostNodes))
      return graph.constant(.nan)
    }
    switch expression {
    case .number(let value), .quantity(let value, _, _):
      return graph.constant(value)
    case .name(let name, _):
      return self.name(name, scope)
    case .unary(let unary, let a):
      return graph.add(.unary(Opcode(unary), compile(a, scope)))
    case .binary(let binary, let a, let b):
      if let (dimension, label, _) = definitions.labelComparison(binary, a, b) {
        let isAt =
          definitions.dimensions[dimension].position(of: label) == scope.positions[dimension]
        return graph.constant(isAt == (binary == .equal) ? 1 : 0)
      }
      let left = compile(a, scope)
      return graph.add(.binary(Opcode(binary), left, compile(b, scope)))
    case .call(let function, let arguments):
      return call(function, arguments, scope)
    case .reduce(let reduction, let a, let over):
      return reduce(reduction, a, over, scope)
    case .cumulative(let a, let over):
      return cumulative(a, over, scope)
    case .select(let a, let selectors, let outside):
      return select(a, selectors, outside, scope)
    case .previous(let name, let steps, _):
      guard let place = definitions.index[name], scope.recursion >= 0,
        scope.positions[scope.recursion] >= steps
      else { return graph.constant(.nan) }
      return node(
        of: place,
        scope.positions.setting(
          scope.recursion, to: scope.positions[scope.recursion] - steps))
    case .position(let dimension):
      guard let place = definitions.dimensionIndex[dimension.name] else {
        return graph.constant(.nan)
      }
      return graph.constant(Double(scope.positions[place]))
    case .discount(let a, let rate, let over, let from):
      return discount(a, rate, over, from, scope)
    case .halfCycle(let a, let method, let over):
      return halfCycle(a, method, over, scope)
    case .move(let a, let table, _):
      return move(a, table, scope)
    case .countQuantile(let law, let probability, let arguments):
      let u = compile(probability, scope)
      let values = arguments.map { compile($0, scope) }
      switch law {
      case .binomial: return graph.add(.binomial(u, trials: values[0], probability: values[1]))
      case .poisson: return graph.add(.binary(.poisson, u, values[0]))
      }
    }
  }

  private mutating func name(_ name: String, _ scope: Scope) -> Int {
    if let place = definitions.index[name] { return node(of: place, scope.positions) }
    if let dimension = definitions.dimensionIndex[name],
      let numbers = definitions.dimensions[dimension].numbers
    {
      return graph.constant(numbers[scope.positions[dimension]])
    }
    return graph.constant(.nan)
  }

  private mutating func call(_ function: Function, _ arguments: [Expression], _ scope: Scope)
    -> Int
  {
    precondition(
      function.argumentCount.contains(arguments.count),
      "\(function.rawValue) with \(arguments.count) arguments")
    if function == .if {
      // A choice known from labels alone leaves the other branch out: it may reach beyond an end.
      let condition = compile(arguments[0], scope)
      if let value = graph.constantValue(condition), !value.isNaN {
        return compile(arguments[value != 0 ? 1 : 2], scope)
      }
      let then = compile(arguments[1], scope)
      return graph.add(.select(condition, then, compile(arguments[2], scope)))
    }
    return call(function, arguments.map { compile($0, scope) })
  }

  private mutating func call(_ function: Function, _ arguments: [Int]) -> Int {
    func unary(_ opcode: Opcode) -> Int { graph.add(.unary(opcode, arguments[0])) }
    func fold(_ opcode: Opcode) -> Int {
      arguments.dropFirst().reduce(arguments[0]) { graph.add(.binary(opcode, $0, $1)) }
    }
    switch function {
    case .if: return graph.add(.select(arguments[0], arguments[1], arguments[2]))
    case .min: return fold(.min)
    case .max: return fold(.max)
    case .abs: return unary(.abs)
    case .exp: return unary(.exp)
    case .log: return unary(.log)
    case .log10: return unary(.log10)
    case .sqrt: return unary(.sqrt)
    case .pow: return graph.add(.binary(.power, arguments[0], arguments[1]))
    case .floor: return unary(.floor)
    case .ceil: return unary(.ceil)
    case .round:
      return arguments.count == 1
        ? unary(.round) : graph.add(.binary(.roundTo, arguments[0], arguments[1]))
    case .clamp:
      let raised = graph.add(.binary(.max, arguments[0], arguments[1]))
      return graph.add(.binary(.min, raised, arguments[2]))
    case .logit: return unary(.logit)
    case .invlogit: return unary(.invlogit)
    }
  }
}
