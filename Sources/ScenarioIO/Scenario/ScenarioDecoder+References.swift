// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Checks that every name is defined and that no definition needs itself.
  mutating func checkReferences() {
    var graph = DependencyGraph()
    for rule in rules { graph.add(rule.name) }
    for parameter in parameters where parameter.uncertain != nil { graph.add(parameter.name) }
    var known = Set(
      definitions.filter { $0.value.kind != .dimension && $0.value.kind != .rows }.keys)
    for kind in LineKind.allCases {
      let members = lines.filter { $0.kind == kind }.map(\.name)
      if members.isEmpty { continue }
      graph.add(kind.section, needs: members)
      known.insert(kind.section)
    }
    var earlier: [(String, String)] = []
    for rule in rules {
      for use in rule.rule.formulas.flatMap({ references($0) }) {
        if let (total, payer) = PayerTotal.parts(use.name) {
          checkPayer(payer, of: total, texts.position(ofOffset: use.offset) ?? rule.position)
          payerTotals.insert(use.name)
          graph.add(rule.name, needs: lines.filter { $0.payer == payer }.map(\.name))
        } else if known.contains(use.name), !isSelfReport(rule, use.name) {
          if use.isEarlier {
            earlier.append((rule.name, use.name))
          } else {
            graph.add(rule.name, needs: [use.name])
          }
        } else {
          undefined(use.name, texts.position(ofOffset: use.offset) ?? rule.position, known)
        }
      }
    }
    for parameter in parameters {
      for use in parameter.uncertain.map({ $0.arguments.flatMap { references($0) } }) ?? [] {
        if known.contains(use.name) {
          graph.add(parameter.name, needs: [use.name])
        } else {
          undefined(use.name, texts.position(ofOffset: use.offset) ?? parameter.position, known)
        }
      }
    }
    for cycle in graph.cycles() { report(cycle) }
    // A value at an earlier label closes no circle, but is needed.
    for (user, name) in earlier { graph.add(user, needs: [name]) }
    for expression in decisionFormulas {
      for use in references(expression) where PayerTotal.parts(use.name) == nil {
        if !known.contains(use.name) {
          undefined(use.name, texts.position(ofOffset: use.offset) ?? .start, known)
        }
      }
    }
    for changes in perspectives.map(\.changes) + variants.map(\.changes) {
      for (name, expression) in changes.formulas {
        for use in references(expression) where PayerTotal.parts(use.name) == nil {
          if known.contains(use.name) {
            graph.add(name, needs: [use.name])
          } else {
            undefined(use.name, texts.position(ofOffset: use.offset) ?? .start, known)
          }
        }
      }
    }
    if problems.isEmpty { warnOfUnused(graph) }
  }

  /// Names of definitions that a formula uses: not dimensions, nor the labels they are compared with.
  private func references(_ expression: SimCore.Expression) -> [SimCore.Expression.NameUse] {
    if dimensions.isEmpty, refusedDimensions.isEmpty { return expression.nameUses }
    let labels = labelOffsets(expression)
    let names = Set(dimensions.map(\.name)).union(refusedDimensions)
    return expression.nameUses.filter { !names.contains($0.name) && !labels.contains($0.offset) }
  }

  /// Where labels stand beside `==` or `!=`.
  private func labelOffsets(_ expression: SimCore.Expression) -> Set<Int> {
    var found: Set<Int> = []
    if case .binary(let symbol, let a, let b) = expression, symbol == .equal || symbol == .notEqual
    {
      for (side, other) in [(a, b), (b, a)] {
        if case .name(let dimension, _) = side, case .name(let label, let offset) = other,
          definitions[label] == nil,
          refusedDimensions.contains(dimension)
            || dimensions.contains(where: { $0.name == dimension })
        {
          found.insert(offset)
        }
      }
    }
    for child in expression.children { found.formUnion(labelOffsets(child)) }
    return found
  }

  private mutating func checkPayer(
    _ payer: String, of total: String, _ place: SourcePosition
  ) {
    let payers = Set(lines.filter { $0.kind.section == total }.compactMap(\.payer)).sorted()
    if payers.contains(payer) || faultyLines.contains(where: { $0.section == total }) { return }
    problems.report(
      place, "the payer \(Excerpt.quoted(payer)), whom no line of `\(total)` names",
      expected: payers.isEmpty ? "a payer of a line" : "one of \(payers.joined(separator: ", "))",
      advice: NearestName.question(payer, among: payers))
  }

  /// `x: x` as an output, where nothing else is called x.
  private func isSelfReport(_ rule: NamedRule, _ name: String) -> Bool {
    guard rule.kind == .output, rule.name == name, case .formula(let formula) = rule.rule else {
      return false
    }
    return formula.soleName == name
  }

  private mutating func undefined(
    _ name: String, _ place: SourcePosition, _ known: Set<String>
  ) {
    if problems.isFull || lacksNames { return }
    if Names.totals.contains(name) {
      if hasRefusedLines(name) { return }
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
    let decided = decision.map { [$0.cost, $0.effect].flatMap(\.nameUses).map(\.name) } ?? []
    let used = graph.reachable(from: outputs.map(\.name) + decided)
    var seen: Set<String> = []
    for parameter in parameters
    where !used.contains(parameter.name) && seen.insert(parameter.name).inserted {
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
