// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// How a variable, line or output comes about, under its name, with the place of the name.
struct NamedRule {
  let name: String
  let kind: Definition.Kind
  let position: SourcePosition
  let rule: Variable.Rule
}

extension ScenarioDecoder {
  /// An entry that holds formulas: alone, by label, as a recursion or as a table of transitions.
  struct RuleEntry {
    var rule: Variable.Rule?
    /// The formula, when there is just one.
    var text: ScalarText?
    var fields: [String: YAMLEntry] = [:]
  }

  mutating func ruleEntry(_ entry: YAMLEntry, _ what: String, keys: KeySection) -> RuleEntry {
    guard case .mapping = entry.value.content else {
      let text = scalar(entry)
      return RuleEntry(rule: text.flatMap { parsed($0) }.map { .formula($0) }, text: text)
    }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, what, keys: keys)
    else { return RuleEntry() }
    var result = RuleEntry(fields: fields)
    let kinds = ["value", "first", "transitions"].filter { fields[$0] != nil }
    if kinds.count > 1 {
      problems.report(
        fields[kinds[1]]?.keyPosition ?? entry.keyPosition,
        "`\(kinds[1])` beside `\(kinds[0])`", expected: "one of the two")
      return result
    }
    switch kinds.first {
    case "first": result.rule = recursion(entry, fields)
    case "transitions": result.rule = transitions(fields)
    case "value":
      for key in ["over", "then", "rows"] where fields[key] != nil {
        problems.report(
          fields[key]?.keyPosition ?? entry.keyPosition, "`\(key)` beside `value`",
          expected: key == "rows" ? "`transitions`" : "`first`")
        return result
      }
      if let value = fields["value"] {
        if case .text(let text) = value.value.content { result.text = text }
        result.rule = table(value, fields["by"])
      }
    default:
      problems.report(
        entry.keyPosition, "\(what) \(Excerpt.quoted(entry.key)) without `value`",
        expected: "a line `value: …`, or `first` and `then`")
    }
    return result
  }

  /// A formula, or one for each label.
  private mutating func table(_ entry: YAMLEntry, _ by: YAMLEntry?) -> Variable.Rule? {
    guard let by else {
      if case .mapping = entry.value.content {
        problems.report(
          entry.value.position, "a mapping as `\(entry.key)`", expected: "a formula",
          advice: "For values by label, say `by: dimension` beside it.")
        return nil
      }
      return scalar(entry).flatMap { parsed($0) }.map { .formula($0) }
    }
    guard let names = dimensionNames(by), !names.isEmpty else { return nil }
    if case .text = entry.value.content {
      // One formula, said to vary: the same for every label unless its names vary.
      let count = names.reduce(1) { $0 * self.labels(of: $1).count }
      return scalar(entry).flatMap { parsed($0) }.map {
        .table(dimensions: names, cells: Array(repeating: $0, count: count))
      }
    }
    guard let cells = cells(entry, by: names) else { return nil }
    var expressions: [SimCore.Expression] = []
    for cell in cells {
      guard let text = scalar(cell), let expression = parsed(text) else { return nil }
      expressions.append(expression)
    }
    return .table(dimensions: names, cells: expressions)
  }

  // MARK: Recursion

  private mutating func recursion(_ entry: YAMLEntry, _ fields: [String: YAMLEntry])
    -> Variable.Rule?
  {
    guard let first = fields["first"], let then = fields["then"] else {
      problems.report(
        fields["first"]?.keyPosition ?? entry.keyPosition, "`first` without `then`",
        expected: "both", advice: "`then` says how a label follows from `previous` ones.")
      return nil
    }
    let over: String
    if let stated = fields["over"] {
      guard let names = dimensionNames(stated), let name = names.first else { return nil }
      over = name
    } else {
      let ordered = dimensions.filter(\.isOrdered).map(\.name)
      guard ordered.count == 1 else {
        // The one that was meant may be among those refused.
        if !refusedDimensions.isEmpty || lacksNames { return nil }
        problems.report(
          first.keyPosition,
          ordered.isEmpty
            ? "a recursion without an ordered dimension"
            : "a recursion that may run over \(ordered.joined(separator: " or "))",
          expected: "a line `over: dimension`")
        return nil
      }
      over = ordered[0]
    }
    let start = table(first, fields["by"])
    guard let next = table(then, fields["by"]), let start else { return nil }
    return .recursion(over: over, first: start, then: next)
  }

  // MARK: Transitions

  private mutating func transitions(_ fields: [String: YAMLEntry]) -> Variable.Rule? {
    guard let names = dimensionNames(fields["transitions"]), let state = names.first else {
      return nil
    }
    guard let rows = fields["rows"], case .mapping(let entries) = rows.value.content else {
      problems.report(
        fields["rows"]?.value.position ?? fields["transitions"]?.keyPosition ?? .start,
        "transitions without rows", expected: "`rows:` with a row for each label of `\(state)`",
        advice: "home: {home: rest, dead: 0.1}")
      return nil
    }
    let labels = labels(of: state)
    var table: [[TransitionCell?]?] = Array(repeating: nil, count: labels.count)
    for row in entries {
      guard let place = labelPosition(row, labels, state) else { continue }
      table[place] = transitionRow(row, labels, state)
    }
    for (label, row) in zip(labels, table) where row == nil {
      problems.report(
        rows.keyPosition, "no row for `\(label)`", expected: "a row for each label",
        advice: "A state that is never left is written \(label): {\(label): 1}.")
    }
    return problems.isEmpty
      ? .transition(state: state, rows: table.map { $0 ?? [] }) : nil
  }

  private mutating func transitionRow(_ row: YAMLEntry, _ labels: [String], _ state: String)
    -> [TransitionCell?]
  {
    var cells: [TransitionCell?] = Array(repeating: nil, count: labels.count)
    guard case .mapping(let entries) = row.value.content else {
      problems.report(
        row.value.position, "\(row.value.kind) as a row", expected: "{label: probability, …}")
      return cells
    }
    let before = problems.count
    for entry in entries {
      guard let place = labelPosition(entry, labels, state), let text = scalar(entry) else {
        continue
      }
      if trimmed(text.text) == "rest" {
        cells[place] = .rest
      } else if let expression = parsed(text) {
        cells[place] = .probability(expression)
      }
    }
    let chances = cells.compactMap { cell in
      if case .probability(let chance) = cell { chance } else { nil }
    }
    let hasRest = cells.contains { if case .rest = $0 { true } else { false } }
    if problems.count == before {
      _ = addsUpToOne(
        chances, isWhole: !hasRest, "probabilities of row \(Excerpt.quoted(row.key))",
        row.value.position)
    }
    return cells
  }

  private mutating func labelPosition(_ entry: YAMLEntry, _ labels: [String], _ name: String)
    -> Int?
  {
    let label = Names.normalised(entry.key)
    if let place = labels.firstIndex(of: label) { return place }
    problems.report(
      entry.keyPosition, "the unknown label \(Excerpt.quoted(label)) of `\(name)`",
      expected: "one of \(Excerpt.shortened(labels.joined(separator: ", ")))",
      advice: NearestName.question(label, among: labels))
    return nil
  }

  // MARK: Formulas with places

  /// Parses a formula; its offsets tell the text and the byte, for `FormulaTexts`.
  mutating func parsed(_ scalar: ScalarText) -> SimCore.Expression? {
    do throws(TextProblem) {
      let expression = try FormulaParser.parse(
        scalar.text, base: texts.add(scalar), bands: bands)
      return expression.mapping(Self.payerTotal)
    } catch {
      report(error, in: scalar)
      return nil
    }
  }

  /// `costs[payer = hospital]` is a total of its own.
  private static func payerTotal(_ expression: SimCore.Expression) -> SimCore.Expression {
    guard case .select(.name(let total, _), let selectors, let outside) = expression,
      Names.totals.contains(total),
      let payer = selectors.first(where: { $0.dimension.name == "payer" }),
      case .label(let label) = payer.choice
    else { return expression }
    let name = SimCore.Expression.name(
      PayerTotal.name(total, payer: label.label), offset: label.offset)
    let others = selectors.filter { $0.dimension.name != "payer" }
    return others.isEmpty ? name : .select(name, others, outside: outside)
  }
}

/// The total of the lines of one payer, as a definition.
enum PayerTotal {
  static func name(_ total: String, payer: String) -> String { "\(total)[payer = \(payer)]" }

  /// The total and the payer of such a name.
  static func parts(_ name: String) -> (total: String, payer: String)? {
    guard name.hasSuffix("]"), let bracket = name.firstIndex(of: "[") else { return nil }
    let inner = name[name.index(after: bracket)...].dropLast()
    guard inner.hasPrefix("payer = ") else { return nil }
    return (String(name[..<bracket]), String(inner.dropFirst(8)))
  }
}
