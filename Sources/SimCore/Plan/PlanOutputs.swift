// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The outputs of a model, one for each case and combination of labels, with their nodes.
struct PlanOutputs {
  private(set) var outputs: [Output] = []
  private(set) var nodes: [Int] = []
  private(set) var recordedNames: [String] = []
  private(set) var recordedNodes: [Int] = []

  private(set) var recordedOutputs: [Output] = []

  init(
    _ model: Model, _ compiler: inout GraphCompiler, recordsParameters: Bool, recording: [Output]
  ) {
    guard model.dimensions.count <= LabelPositions.mostDimensions else {
      compiler.report(.tooManyLabels("dimensions", limit: LabelPositions.mostDimensions))
      return
    }
    // Faults of unused definitions are found too, and with them circles.
    compiler.visitAll()
    if recordsParameters { record(model, &compiler) }
    var outputs = Unfolded(count: model.outputs.count)
    var recorded = Unfolded(count: recording.count)
    for (place, modelCase) in model.cases.enumerated() {
      compiler.start(modelCase)
      guard outputs.add(model.outputs, case: place, &compiler),
        recorded.add(recording, case: place, &compiler)
      else { return }
      compiler.finishCase(modelCase)
    }
    self.outputs = outputs.found.flatMap { $0.map(\.0) }
    nodes = outputs.found.flatMap { $0.map(\.1) }
    recordedOutputs = recorded.found.flatMap { $0.map(\.0) }
    recordedNodes += recorded.found.flatMap { $0.map(\.1) }
  }

  /// Outputs with the nodes of their combinations of labels, by output of the model.
  private struct Unfolded {
    private(set) var found: [[(Output, Int)]]

    init(count: Int) { found = Array(repeating: [], count: count) }

    /// Adds the outputs of one case; false when there are too many.
    mutating func add(_ outputs: [Output], case place: Int, _ compiler: inout GraphCompiler) -> Bool
    {
      for (index, output) in outputs.enumerated() where output.cases?.contains(place) ?? true {
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
          return false
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
      return true
    }
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
