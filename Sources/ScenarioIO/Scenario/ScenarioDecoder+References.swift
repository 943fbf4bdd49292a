// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Checks that every name is defined and that no definition needs itself.
  mutating func checkReferences() {
    var graph = DependencyGraph()
    for formula in formulas { graph.add(formula.name) }
    var known = Set(definitions.keys)
    for kind in LineKind.allCases {
      let members = lines.filter { $0.kind == kind }.map(\.name)
      if members.isEmpty { continue }
      graph.add(kind.section, needs: members)
      known.insert(kind.section)
    }
    for formula in formulas {
      for (name, offset) in formula.expression.names {
        if known.contains(name), !isSelfReport(formula, name) {
          graph.add(formula.name, needs: [name])
        } else {
          undefined(name, formula.scalar.position(ofByte: offset), known)
        }
      }
    }
    for cycle in graph.cycles() { report(cycle) }
    if problems.isEmpty { warnOfUnused(graph) }
  }

  /// `x: x` as an output, where nothing else is called x.
  private func isSelfReport(_ formula: NamedFormula, _ name: String) -> Bool {
    formula.kind == .output && formula.expression.soleName == name && formula.name == name
  }

  private mutating func undefined(
    _ name: String, _ place: SourcePosition, _ known: Set<String>
  ) {
    if problems.isFull { return }
    if Names.totals.contains(name) {
      problems.report(
        place, "`\(name)` without lines to add up", expected: "a section `\(name):`",
        advice: "`\(name)` is the total of the lines of that section.")
      return
    }
    let question = NearestName.question(name, among: known.sorted())
    problems.report(
      place, "the undefined name \(Excerpt.quoted(name))",
      expected: "a parameter, variable, line or output",
      advice: question.isEmpty ? "Define it under `parameters` or `variables`." : question)
  }

  private mutating func report(_ cycle: [String]) {
    func place(_ name: String) -> SourcePosition {
      definitions[name]?.position
        ?? lines.first { $0.kind.section == name }?.position ?? .start
    }
    // The path begins at the definition that stands first in the file.
    guard let first = cycle.indices.min(by: { place(cycle[$0]) < place(cycle[$1]) }) else { return }
    let turned = cycle[first...] + cycle[..<first] + [cycle[first]]
    let shown = turned.count > 12 ? turned.prefix(6) + ["…"] + turned.suffix(5) : turned
    problems.report(
      place(cycle[first]), "definitions that need each other: \(shown.joined(separator: " -> "))",
      expected: "formulas without a circle",
      advice: cycle.count == 1 ? "A formula can't use its own result." : "")
  }

  private mutating func warnOfUnused(_ graph: DependencyGraph) {
    let used = graph.reachable(from: outputs.map(\.name))
    for parameter in parameters where !used.contains(parameter.name) {
      problems.warn(
        parameter.position, "no output depends on the parameter \(Excerpt.quoted(parameter.name))",
        advice: "Use it in a formula or delete it.")
    }
    for variable in variables where !used.contains(variable.name) {
      problems.warn(
        variable.position, "no output depends on the variable \(Excerpt.quoted(variable.name))",
        advice: "Use it in an output or delete it.")
    }
  }
}
