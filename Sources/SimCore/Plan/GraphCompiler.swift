// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns the definitions of a model into one expression graph, and finds the faults on the way.
struct GraphCompiler {
  private let model: Model
  private var parameterIndex: [String: Int] = [:]
  private var variableIndex: [String: Int] = [:]
  /// Node of each variable that is done.
  private var finished: [Int?]
  private var underWay: [Int] = []
  private(set) var graph = ExpressionGraph()
  private(set) var errors: [ModelError] = []

  init(_ model: Model) {
    self.model = model
    self.finished = Array(repeating: nil, count: model.variables.count)
    for (index, parameter) in model.parameters.enumerated()
    where parameterIndex.updateValue(index, forKey: parameter.name) != nil {
      errors.append(.duplicateName(parameter.name))
    }
    for (index, variable) in model.variables.enumerated()
    where variableIndex.updateValue(index, forKey: variable.name) != nil
      || parameterIndex[variable.name] != nil
    {
      errors.append(.duplicateName(variable.name))
    }
    checkStreams()
  }

  private mutating func checkStreams() {
    var owners: [UInt64: String] = [:]
    for parameter in model.parameters {
      let hash = StreamAddress(.draw, name: parameter.name).hash
      if let other = owners[hash], other != parameter.name {
        errors.append(.sharedStream(other, parameter.name))
      }
      owners[hash] = parameter.name
    }
  }

  /// The node of a parameter, whether a formula uses it or not.
  mutating func node(ofParameter index: Int) -> Int {
    if case .constant(let value) = model.parameters[index].distribution.sampling {
      return graph.constant(value)
    }
    return graph.add(.parameter(index))
  }

  /// The node of a variable, compiling what it needs first.
  mutating func node(ofVariable index: Int) -> Int {
    if let done = finished[index] { return done }
    if let start = underWay.firstIndex(of: index) {
      let path = underWay[start...].map { model.variables[$0].name }
      errors.append(.cycle(path + [model.variables[index].name]))
      return graph.constant(.nan)
    }
    underWay.append(index)
    let variable = model.variables[index]
    let node = compile(variable.value, in: variable.name)
    underWay.removeLast()
    finished[index] = node
    return node
  }

  /// The node of a formula that belongs to the definition `owner`.
  mutating func compile(_ expression: Expression, in owner: String) -> Int {
    switch expression {
    case .number(let value):
      return graph.constant(value)
    case .name(let name, let offset):
      if let index = parameterIndex[name] { return node(ofParameter: index) }
      if let index = variableIndex[name] { return node(ofVariable: index) }
      errors.append(.undefinedName(name, in: owner, offset: offset))
      return graph.constant(.nan)
    case .unary(let unary, let a):
      return graph.add(.unary(Opcode(unary), compile(a, in: owner)))
    case .binary(let binary, let a, let b):
      let left = compile(a, in: owner)
      return graph.add(.binary(Opcode(binary), left, compile(b, in: owner)))
    case .call(let function, let arguments):
      return call(function, arguments.map { compile($0, in: owner) })
    }
  }

  private mutating func call(_ function: Function, _ arguments: [Int]) -> Int {
    precondition(
      function.argumentCount.contains(arguments.count),
      "\(function.rawValue) with \(arguments.count) arguments")
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
