// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioKeys {
  static let file = ScenarioKey(
    "file", .text, "A CSV file in the scenario's folder or below.", required: true)
  static let signs: [ScenarioKey] = [
    ScenarioKey(
      "decimal", words(DecimalSign.self), "Decimal sign of the table; point by default."),
    ScenarioKey(
      "separator", words(CellSeparator.self),
      "What stands between cells; what the header holds by default."),
  ]

  private static func words<Word: ScenarioWord>(_ type: Word.Type) -> KeyType {
    .words(type.allCases.map(\.rawValue) + type.aliases.keys.sorted())
  }

  static let data: [ScenarioKey] =
    [
      file,
      ScenarioKey("column", .text, "Its name in the header.", required: true),
      ScenarioKey("as", .words(of: DataForm.self), "What the values become.", required: true),
    ] + signs

  static let labelTable: [ScenarioKey] =
    [
      file,
      ScenarioKey(
        "columns", .names(.text),
        "Names of the columns in the file, where they differ from the dimensions and `value`."),
      ScenarioKey("across", .text, "The dimension whose labels are the names of columns."),
    ] + signs

  static let parameterTable: [ScenarioKey] =
    [
      file,
      ScenarioKey(
        "columns", .section(.sheetColumns),
        "Names of the columns in the file, where they differ."),
      ScenarioKey("ignore", .list(.text, 0...2000), "Columns that are not read."),
    ] + signs

  static let sheetColumns: [ScenarioKey] = ScenarioDecoder.columnKeys.map {
    ScenarioKey($0, .text, "The column that holds `\($0)`.")
  }

  static let rows: [ScenarioKey] =
    [
      file,
      ScenarioKey(
        "columns", .names(.either([.text, .empty])),
        "Columns used, with their units; each becomes a quantity.", required: true),
      ScenarioKey(
        "draw", .words(of: RowTable.Draw.self),
        "`one` row, or as many as there are (`bootstrap`).", required: true),
      ScenarioKey(
        "missing", .words(of: ScenarioDecoder.MissingCells.self),
        "Whether rows with empty cells are refused or left out."),
      ScenarioKey("each", .oneOrMore, "Dimensions for whose labels rows are drawn anew."),
    ] + signs + [
      ScenarioKey("source", .text, "Table, page, reference."),
      ScenarioKey("description", .text, "Remarks."),
    ]
}
