// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The outputs of a model, one for each case and combination of labels, with their nodes.
struct PlanOutputs {
  private(set) var outputs: [Output] = []
  private(set) var nodes: [Int] = []
  private(set) var recordedNames: [String] = []
  private(set) var recordedNodes: [Int] = []

  init(_ model: Model, _ compiler: inout GraphCompiler, recordsParameters: Bool) {
    guard model.dimensions.count <= LabelPositions.mostDimensions else {
      compiler.report(.tooManyLabels("dimensions", limit: LabelPositions.mostDimensions))
      return
    }
    // Faults of unused definitions are found too, and with them circles.
    compiler.visitAll()
    if recordsParameters { record(model, &compiler) }
    var found: [[(Output, Int)]] = Array(repeating: [], count: model.outputs.count)
    for (place, modelCase) in model.cases.enumerated() {
      compiler.start(modelCase)
      for (index, output) in model.outputs.enumerated()
      where output.cases?.contains(place) ?? true {
        for error in FormulaCheck.errors(
          output.value, owner: output.name, compiler.definitions)
        {
          compiler.report(error)
        }
        let shape = compiler.definitions.shape(of: output.value)
        let total = found.reduce(0) { $0 + $1.count }
        guard let count = compiler.definitions.count(shape, limit: Plan.mostOutputs),
          total + count <= Plan.mostOutputs
        else {
          compiler.report(.tooManyLabels(output.name, limit: Plan.mostOutputs))
          return
        }
        for positions in compiler.definitions.combinations(shape) {
          var labelled = output
          labelled.index = index
          labelled.modelCase = place
          labelled.labels = compiler.definitions.choices(shape, positions)
          let node = compiler.compile(
            output.value, .init(positions: positions, owner: output.name))
          found[index].append((labelled, node))
        }
      }
      compiler.finishCase(modelCase)
    }
    outputs = found.flatMap { $0.map(\.0) }
    nodes = found.flatMap { $0.map(\.1) }
  }

  private mutating func record(_ model: Model, _ compiler: inout GraphCompiler) {
    var seen: Set<String> = []
    for parameter in model.parameters {
      let name = parameter.quantity
      guard !seen.contains(name), let place = compiler.definitions.index[name] else { continue }
      seen.insert(name)
      let shape = compiler.definitions.shapes[place]
      for positions in compiler.definitions.combinations(shape) {
        recordedNames.append(
          name + compiler.definitions.choices(shape, positions).text)
        recordedNodes.append(compiler.node(of: place, positions))
      }
    }
  }
}
