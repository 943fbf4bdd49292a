// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

extension Scenario {
  /// The plan of its model.
  ///
  /// - Throws: `ScenarioError.invalid` with a diagnostic for every fault.
  public func compiled(
    recordsParameters: Bool = false, recording: [Output] = [], tables: TableStore = TableStore()
  ) throws(ScenarioError) -> Plan {
    let plan = try compiled(
      model, recordsParameters: recordsParameters, recording: recording, tables: tables)
    // A slip in a formula changes what a line varies over: faults of formulas are told first.
    try checkLines()
    return plan
  }

  /// The plan of another form of its model.
  func compiled(
    _ model: Model, recordsParameters: Bool = false, recording: [Output] = [],
    tables: TableStore = TableStore()
  ) throws(ScenarioError) -> Plan {
    do throws(ModelErrors) {
      return try Plan(
        model, recordsParameters: recordsParameters, recording: recording, tables: tables)
    } catch {
      let diagnostics = error.errors.map { ModelErrorReport.diagnostic($0, self) }
      throw .invalid(diagnostics.sorted { $0.position < $1.position })
    }
  }

  /// Lines of one section have to vary over the same dimensions, strategies apart: a line without years
  /// would otherwise count in every year. A decision is between strategies alone.
  private func checkLines() throws(ScenarioError) {
    let shapes = ModelShapes(model)
    var problems: [Diagnostic] = []
    for kind in LineKind.allCases {
      var first: (line: ScenarioLine, shape: [String])?
      for line in lines where line.kind == kind {
        let shape = (shapes.dimensions(of: line.name) ?? [])
          .filter { $0 != ScenarioDecoder.strategy }
        guard let known = first else {
          first = (line, shape)
          continue
        }
        if known.shape == shape { continue }
        func text(_ shape: [String]) -> String {
          shape.isEmpty ? "no dimension" : shape.joined(separator: " and ")
        }
        problems.append(
          Diagnostic(
            file: file, position: line.position,
            found:
              "the line \(Excerpt.quoted(line.name)), which varies over \(text(shape)), beside "
              + "\(Excerpt.quoted(known.line.name)), which varies over \(text(known.shape))",
            expected: "lines of `\(kind.section)` that vary over the same dimensions",
            advice: "Sum a line over what the others lack, or say when it falls, as in "
              + "if(position(year) == 0, x, 0)."))
      }
    }
    if let decision {
      for (name, value) in [("cost", decision.cost), ("effect", decision.effect)] {
        let others = shapes.dimensions(of: value).filter { $0 != ScenarioDecoder.strategy }
        if others.isEmpty { continue }
        problems.append(
          Diagnostic(
            file: file, position: decision.position,
            found:
              "the \(name) of the decision, which varies over \(others.joined(separator: " and "))",
            expected: "one value for each strategy",
            advice: "Say \(name): present_value(…) or sum(…) over that dimension."))
      }
    }
    if !problems.isEmpty { throw .invalid(problems) }
  }
}
