// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A table as a scenario names it.
struct TableKey: Hashable {
  let path: String
  let separator: CellSeparator?
  let fillsShortRows: Bool
  /// The file that names it, whose settings hold in it.
  let owner: String?
}

extension ScenarioDecoder {
  /// The table that the fields `file` and `separator` name; problems are reported.
  mutating func table(
    _ fields: [String: YAMLEntry], shortRows: CSVTable.ShortRows = .refused
  ) -> CSVTable? {
    guard let path = scalar(fields["file"]) else { return nil }
    let separator: CellSeparator? = choice(fields["separator"], "a separator")
    if fields["separator"] != nil, separator == nil { return nil }
    let key = TableKey(
      path: trimmed(path.text), separator: separator, fillsShortRows: shortRows == .filled,
      owner: path.source.owner)
    if let known = tables[key] { return known }
    guard let file = file(path, largest: CSVTable.largestFile),
      let source = SourceChecks.table(file.bytes, file: file.shownPath, owner: key.owner, &problems)
    else { return nil }
    do throws(TableProblem) {
      let table = try CSVTable(source, separator: separator, shortRows: shortRows)
      tables[key] = table
      return table
    } catch {
      report(error)
      return nil
    }
  }

  /// A file that the scenario names, kept for the manifest; problems are reported.
  mutating func file(_ path: ScalarText, largest: Int) -> NeighbouringFile? {
    do throws(NeighbouringFile.Problem) {
      let file = try NeighbouringFile(
        trimmed(path.text), under: settings(path).folder, of: problems.file, largest: largest)
      let input = InputFile(path: file.path, bytes: file.bytes)
      if !inputs.contains(where: { $0.path == input.path }) { inputs.append(input) }
      return file
    } catch {
      problems.report(path.start, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
  }

  /// `decimal:`, a point when nothing is said; `nil` when reported.
  mutating func decimalSign(_ fields: [String: YAMLEntry]) -> DecimalSign? {
    fields["decimal"] == nil ? .point : choice(fields["decimal"], "a decimal sign")
  }

  /// The column of a table with this name, at a place in the scenario.
  mutating func column(_ name: String, of table: CSVTable, _ place: SourcePosition?) -> Int? {
    let header = table.header
    let matches = header.indices.filter { header[$0] == name }
    if matches.count == 1 { return matches.first }
    let names = header.filter { !$0.isEmpty }.prefix(20).map { Excerpt.quoted($0) }
    problems.report(
      place ?? table.headerPosition(0),
      "\(matches.isEmpty ? "no column" : "\(matches.count) columns") \(Excerpt.quoted(name)) in "
        + Excerpt.escaped(table.source.file),
      expected: "one of \(names.joined(separator: ", "))",
      advice: NearestName.question(name, among: header))
    return nil
  }

  mutating func report(_ problem: TableProblem) {
    problems.report(
      problem.position, problem.found, expected: problem.expected, advice: problem.advice)
  }
}
