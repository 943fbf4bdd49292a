// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

extension DrawsImporter {
  /// Reads costs, effects and, if given, parameters from tables of their own, as SAVI takes them: one row a
  /// draw, one column a strategy or parameter.
  ///
  /// Strategies are matched by name, in the order of the costs. Columns called `iteration` must agree.
  public static func three(
    parameters: String?, costs: String, effects: String, ignored: Set<String>,
    format: TableFormatChoice
  ) throws(ScenarioError) -> ImportedDraws {
    let costs = try NumericTableReader.read(path: costs, format: format) { ignored.contains($0) }
    let effects = try NumericTableReader.read(path: effects, format: format) {
      ignored.contains($0)
    }
    var tables = [costs, effects]
    if let parameters {
      tables.append(
        try NumericTableReader.read(path: parameters, format: format) { ignored.contains($0) })
    }
    for table in tables.dropFirst() { try matchRows(costs, table) }
    let strategies = columns(of: costs)
    let other = columns(of: effects)
    try matchStrategies(costs, strategies, effects, other, "costs", "effects")
    try matchStrategies(effects, other, costs, strategies, "effects", "costs")
    let byName = Dictionary(other.map { ($0.name, $0.values) }) { first, _ in first }
    let columns = tables.count > 2 ? columns(of: tables[2]) : []
    let draws = try draws(
      strategies.map(\.name), strategies.map(\.values), strategies.map { byName[$0.name] ?? [] },
      columns.map { DrawColumn(name: $0.name, values: $0.values) }, file: costs.file)
    return ImportedDraws(draws, tables, warnings: [])
  }

  /// Columns that were read, without the count of iterations.
  private static func columns(of table: NumericTable) -> [NumericTable.Column] {
    table.columns.filter { !$0.values.isEmpty && !ColumnNames.isIteration($0.name) }
  }

  private static func matchRows(_ first: NumericTable, _ second: NumericTable)
    throws(ScenarioError)
  {
    if first.rows != second.rows {
      throw refusal(
        second.file, SourcePosition(line: second.lastLine, column: 1),
        ReadableNumber.count(second.rows, "row"),
        expected: "\(first.rows), as \(Excerpt.escaped(first.file)) has",
        advice: "Row by row the files belong to the same iterations: write them from one run.")
    }
    guard let a = first.columns.first(where: { ColumnNames.isIteration($0.name) }),
      let b = second.columns.first(where: { ColumnNames.isIteration($0.name) }),
      let row = a.values.indices.first(where: { a.values[$0] != b.values[$0] })
    else { return }
    throw refusal(
      second.file, SourcePosition(line: row + 2, column: b.position.column),
      "iteration \(NumberText.string(b.values[row]))",
      expected: "\(NumberText.string(a.values[row])), as in row \(row + 1) of "
        + Excerpt.escaped(first.file),
      advice: "Sort both files by iteration.")
  }

  private static func matchStrategies(
    _ table: NumericTable, _ columns: [NumericTable.Column], _ otherTable: NumericTable,
    _ others: [NumericTable.Column], _ kind: String, _ otherKind: String
  ) throws(ScenarioError) {
    let names = others.map(\.name)
    for column in columns where !names.contains(column.name) {
      throw refusal(
        table.file, column.position,
        "\(kind) of strategy \(Excerpt.quoted(column.name))",
        expected: "a column of the same name among the \(otherKind) in "
          + Excerpt.escaped(otherTable.file),
        advice: NearestName.question(column.name, among: names))
    }
  }
}
