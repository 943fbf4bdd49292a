// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns the definitions of a model into one expression graph, and finds the faults on the way.
///
/// A definition becomes one node for each combination of labels that something needs: dimensions,
/// recursions, strategies and cases are all unrolled here. Equal nodes are one, so what doesn't depend
/// on a label or a case is computed once.
struct GraphCompiler {
  /// The most nodes of a plan.
  static let mostNodes = 4_000_000
  /// The most label combinations of one quantity.
  static let mostCombinations = 1_000_000

  /// Where a formula is compiled: at which labels, and in whose `then`.
  struct Scope {
    var positions = LabelPositions()
    /// Dimension of the recursion under way, −1 outside of one.
    var recursion = -1
    var owner: String

    func setting(_ dimension: Int, to position: Int) -> Scope {
      var copy = self
      copy.positions[dimension] = position
      return copy
    }
  }

  private static let missing: Int32 = -1
  private static let open: Int32 = -2

  let model: Model
  var graph = ExpressionGraph()
  var draws = DrawList()
  private(set) var checks: [ModelCheck] = []
  private(set) var checkNodes: [Int] = []
  private(set) var errors: [ModelError] = []
  private var reported: Set<ModelError> = []
  private(set) var definitions: Definitions
  /// By definition, then label combination: a node, `missing` or `open`.
  private var memo: [[Int32]]
  private var baseMemo: [[Int32]] = []
  private var underWay: [Int] = []
  private var groups: [CorrelationGroup] = []
  private var groupOf: [String: (group: Int, member: Int)] = [:]
  /// Parameters of the model by their streams.
  private let byStream: [String: Parameter]

  init(_ model: Model) {
    self.model = model
    byStream = Dictionary(
      model.parameters.map { ($0.stream, $0) }, uniquingKeysWith: { first, _ in first })
    definitions = Definitions(model, ModelCase())
    memo = Array(repeating: [], count: definitions.all.count)
    correlate(model.correlations)
    for name in definitions.duplicates { report(.duplicateName(name)) }
    checkStreams()
    for definition in definitions.all {
      if case .variable(let variable) = definition {
        for error in FormulaCheck.errors(variable, definitions) { report(error) }
      }
    }
  }

  mutating func report(_ error: ModelError) {
    if reported.insert(error).inserted { errors.append(error) }
  }

  private mutating func correlate(_ groups: [CorrelationGroup]) {
    self.groups = groups
    groupOf = Dictionary(
      groups.enumerated().flatMap { group, members in
        members.names.enumerated().map { ($1, (group, $0)) }
      }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func checkStreams() {
    var owners: [UInt64: String] = [:]
    for stream in model.parameters.map(\.stream) + model.rows.map(\.name) {
      let hash = StreamAddress(.draw, name: stream).hash
      if let other = owners[hash], other != stream { report(.sharedStream(other, stream)) }
      owners[hash] = stream
    }
  }

  // MARK: Cases

  /// Turns to a case: what its changes don't reach keeps its nodes.
  mutating func start(_ modelCase: ModelCase) {
    correlate(modelCase.correlations ?? model.correlations)
    if modelCase.isUnchanged {
      if !baseMemo.isEmpty {
        definitions = Definitions(model, modelCase)
        memo = baseMemo
      }
      return
    }
    if baseMemo.isEmpty { baseMemo = memo }
    definitions = Definitions(model, modelCase)
    var names = Set(modelCase.parameters.map(\.name) + modelCase.variables.map(\.name))
    if let correlations = modelCase.correlations {
      names.formUnion((correlations + model.correlations).flatMap(\.names))
      // Draws of a parameter may stand under another name.
      names.formUnion(model.parameters.filter { names.contains($0.stream) }.map(\.name))
    }
    memo = baseMemo
    while memo.count < definitions.all.count { memo.append([]) }
    for place in definitions.dependents(on: names) { memo[place] = [] }
    for variable in modelCase.variables {
      for error in FormulaCheck.errors(variable, definitions) { report(error) }
    }
  }

  /// Keeps the nodes of the case without changes for cases to come.
  mutating func finishCase(_ modelCase: ModelCase) {
    if modelCase.isUnchanged { baseMemo = memo }
  }

  /// Compiles every definition at its first and last labels.
  mutating func visitAll() {
    for place in definitions.all.indices {
      if case .variable(let variable) = definitions.all[place],
        case .transition = variable.rule
      {
        continue
      }
      var first = LabelPositions()
      var last = LabelPositions()
      for dimension in definitions.shapes[place].dimensions {
        first[dimension] = 0
        last[dimension] = definitions.dimensions[dimension].labels.count - 1
      }
      _ = node(of: place, first)
      _ = node(of: place, last)
    }
  }

  // MARK: Definitions

  /// The node of a definition at the labels of its shape.
  mutating func node(of place: Int, _ positions: LabelPositions) -> Int {
    let shape = definitions.shapes[place]
    if memo[place].isEmpty {
      guard let count = definitions.count(shape, limit: Self.mostCombinations) else {
        report(
          .tooManyLabels(definitions.all[place].name, limit: Self.mostCombinations))
        return graph.constant(.nan)
      }
      memo[place] = Array(repeating: Self.missing, count: count)
    }
    let flat = definitions.flatIndex(shape, positions)
    let known = memo[place][flat]
    if known >= 0 { return Int(known) }
    if known == Self.open {
      let start = underWay.firstIndex(of: place) ?? 0
      let path = underWay[start...].map { definitions.all[$0].name }
      report(.cycle(path + [definitions.all[place].name]))
      return graph.constant(.nan)
    }
    fillEarlier(place, positions)
    memo[place][flat] = Self.open
    underWay.append(place)
    let node = compile(place, positions)
    underWay.removeLast()
    memo[place][flat] = Int32(node)
    return node
  }

  /// Compiles a recursion from its first label on, so that no chain of labels nests.
  private mutating func fillEarlier(_ place: Int, _ positions: LabelPositions) {
    guard case .variable(let variable) = definitions.all[place],
      case .recursion(let over, _, _) = variable.rule,
      let dimension = definitions.dimensionIndex[over]
    else { return }
    let shape = definitions.shapes[place]
    let position = positions[dimension]
    var start = position
    while start > 0 {
      let flat = definitions.flatIndex(shape, positions.setting(dimension, to: start - 1))
      if memo[place][flat] != Self.missing { break }
      start -= 1
    }
    for earlier in start..<max(start, position) {
      _ = node(of: place, positions.setting(dimension, to: earlier))
    }
  }

  private mutating func compile(_ place: Int, _ positions: LabelPositions) -> Int {
    switch definitions.all[place] {
    case .parameter(let parameter): return draw(parameter, positions)
    case .variable(let variable):
      return compile(variable.rule, Scope(positions: positions, owner: variable.name))
    case .column(let table, let column, _):
      return compile(table: table, column: column, positions)
    }
  }

  /// The value of a column in a row drawn with equal probabilities.
  private mutating func compile(table: Int, column: Int, _ positions: LabelPositions) -> Int {
    let rows = model.rows[table]
    let values = rows.columns[column].values
    if values.count == 1 { return graph.constant(values[0]) }
    let label = flatIndex(rows.dimensions, positions)
    guard let place = try? Uniform(low: 0, high: Double(values.count)) else {
      return graph.constant(.nan)
    }
    let draw = draws.add(
      DrawSpecification(name: rows.name, label: UInt32(label), distribution: place))
    let row = graph.add(.unary(.floor, graph.add(.draw(draw))))
    return graph.add(.lookup(table: table, column: column, row: row))
  }

  private mutating func compile(_ rule: Variable.Rule, _ scope: Scope) -> Int {
    switch rule {
    case .formula(let expression): return compile(expression, scope)
    case .table(let names, let cells):
      return compile(cells[flatIndex(names, scope.positions)], scope)
    case .recursion(let over, let first, let then):
      guard let dimension = definitions.dimensionIndex[over] else { return graph.constant(.nan) }
      if scope.positions[dimension] < then.longestStep { return compile(first, scope) }
      var inner = scope
      inner.recursion = dimension
      return compile(then, inner)
    case .transition: return graph.constant(.nan)
    }
  }

  private func flatIndex(_ names: [String], _ positions: LabelPositions) -> Int {
    names.reduce(0) { flat, name in
      guard let dimension = definitions.dimensionIndex[name] else { return flat }
      return flat * definitions.dimensions[dimension].labels.count + positions[dimension]
    }
  }

  // MARK: Draws

  private mutating func draw(_ parameter: Parameter, _ positions: LabelPositions) -> Int {
    let distribution = parameter.distributions[flatIndex(parameter.dimensions, positions)]
    if case .constant(let value) = distribution.sampling { return graph.constant(value) }
    let label = flatIndex(parameter.dimensions + parameter.each, positions)
    let draw = draws.add(
      DrawSpecification(
        name: parameter.stream, label: UInt32(label), distribution: distribution))
    guard let (group, member) = groupOf[parameter.stream] else { return graph.add(.draw(draw)) }
    return graph.add(
      .quantile(draw: draw, score: score(group, member, parameter, positions)))
  }

  /// The correlated score of a member: its row of the factor times the independent scores, of the same
  /// labels.
  private mutating func score(
    _ group: Int, _ member: Int, _ parameter: Parameter, _ positions: LabelPositions
  ) -> Int {
    let group = groups[group]
    var sum: Int?
    for (other, weight) in group.factor[member].enumerated() where other <= member {
      if other > 0 && weight == 0 { continue }
      let name = group.names[other]
      let own = other == member ? parameter : byStream[name]
      let independent = graph.add(
        .score(
          draws.add(ScoreSpecification(name: name, label: label(of: own, positions)))))
      let term = graph.add(.binary(.multiply, graph.constant(weight), independent))
      sum = sum.map { graph.add(.binary(.add, $0, term)) } ?? term
    }
    return sum ?? graph.constant(0)
  }

  /// Where a parameter has its draw at these labels; the first where a case gave another member of its group
  /// fewer dimensions.
  private func label(of parameter: Parameter?, _ positions: LabelPositions) -> UInt32 {
    var flat = 0
    for name in parameter.map({ $0.dimensions + $0.each }) ?? [] {
      guard let dimension = definitions.dimensionIndex[name] else { continue }
      flat = flat * definitions.dimensions[dimension].labels.count + max(0, positions[dimension])
    }
    return UInt32(flat)
  }

  // MARK: Checks

  /// Adds a check that `node` is not below zero.
  mutating func require(_ node: Int, _ check: ModelCheck) {
    let index: Int
    if let known = checks.firstIndex(of: check) {
      index = known
    } else {
      index = checks.count
      checks.append(check)
    }
    let before = graph.nodes.count
    let added = graph.add(.check(index, node: node))
    if added >= before { checkNodes.append(added) }
  }
}

extension Variable.Rule {
  /// The most steps that `previous` goes back, at least 1.
  var longestStep: Int {
    formulas.reduce(1) { longest, formula in max(longest, formula.longestStep) }
  }
}

extension Expression {
  fileprivate var longestStep: Int {
    let own = if case .previous(_, let steps, _) = self { steps } else { 1 }
    return children.reduce(own) { max($0, $1.longestStep) }
  }
}
