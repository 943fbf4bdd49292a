// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

extension DrawsImporter {
  /// Reads one table that holds costs and effects of every strategy beside the parameters.
  ///
  /// Strategies come in the order of their cost columns. A single one is set beside nothing.
  public static func wide(
    path: String, columns names: ColumnNames, format: TableFormatChoice
  ) throws(ScenarioError) -> ImportedDraws {
    var names = names
    names.outputs = RunOutputs.columns(of: path)
    let table = try NumericTableReader.read(path: path, format: format) { [names] in
      names.role(of: $0) == .none
    }
    try requireNamed(names, in: table)
    var costs: [(strategy: String, column: NumericTable.Column)] = []
    var effects: [(strategy: String, column: NumericTable.Column)] = []
    var parameters: [DrawColumn] = []
    for column in table.columns where !column.name.isEmpty {
      switch names.role(of: column.name) {
      case .cost(let name): costs.append((name, column))
      case .effect(let name): effects.append((name, column))
      case .parameter: parameters.append(DrawColumn(name: column.name, values: column.values))
      case .iteration, .none: break
      }
    }
    if costs.isEmpty && effects.isEmpty {
      throw refusal(
        path, .start, "no column of costs or effects",
        expected: "columns such as `cost:A`, `effect:A`, `cost:B`, `effect:B`",
        advice:
          "Name them so, or say which they are: --cost-column A=COLUMN --effect-column A=COLUMN.")
    }
    for (kind, list) in [("cost", costs), ("effect", effects)] {
      var seen: Set<String> = []
      for (strategy, column) in list where !seen.insert(strategy).inserted {
        throw refusal(
          path, column.position, "a second \(kind) of strategy \(Excerpt.quoted(strategy))",
          expected: "one column of it", advice: "Leave one out with --ignore.")
      }
    }
    try match(costs, effects, "cost", "effect", path)
    try match(effects, costs, "effect", "cost", path)
    let byName = Dictionary(effects.map { ($0.strategy, $0.column.values) }) { first, _ in first }
    let draws = try draws(
      costs.map(\.strategy), costs.map(\.column.values), costs.map { byName[$0.strategy] ?? [] },
      parameters, file: path)
    return ImportedDraws(
      draws, [table],
      warnings: names.parameters.isEmpty
        ? RunOutputs.notes(path, table.columns.map(\.name).filter { names.leavesOut($0) }) : [])
  }

  /// Every strategy of one kind of column has one of the other.
  private static func match(
    _ columns: [(strategy: String, column: NumericTable.Column)],
    _ others: [(strategy: String, column: NumericTable.Column)], _ kind: String, _ other: String,
    _ path: String
  ) throws(ScenarioError) {
    let names = others.map(\.strategy)
    for (strategy, column) in columns where !names.contains(strategy) {
      throw refusal(
        path, column.position,
        "a \(kind) of strategy \(Excerpt.quoted(strategy)) without its \(other)",
        expected: "a column `\(other):\(Excerpt.shortened(strategy))`",
        advice: NearestName.question(strategy, among: names))
    }
  }

  /// Columns that the user named exist.
  private static func requireNamed(_ names: ColumnNames, in table: NumericTable)
    throws(ScenarioError)
  {
    let known = table.columns.map(\.name)
    let wanted =
      names.costs.map(\.column) + names.effects.map(\.column) + names.parameters
      + names.ignored.sorted()
    for name in wanted where !known.contains(name) {
      throw refusal(
        table.file, .start, "no column \(Excerpt.quoted(name))", expected: "one of the header",
        advice: NearestName.question(name, among: known))
    }
  }
}
