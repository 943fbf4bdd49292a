// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a table says, cell by cell, in the form of a scenario.
extension ScenarioDecoder {
  /// A cell as an entry of its row; `nil` for an empty one.
  func entry(_ key: String, _ table: CSVTable, _ row: Int, _ column: Int) -> YAMLEntry? {
    let scalar = table.scalar(row, column)
    if trimmed(scalar.text).isEmpty { return nil }
    return entry(key, scalar)
  }

  func entry(_ key: String, _ scalar: ScalarText) -> YAMLEntry {
    YAMLEntry(
      key: key, keyPosition: scalar.start,
      value: YAMLNode(content: .text(scalar), position: scalar.start))
  }

  /// The same with the numbers in it as a scenario writes them; `nil` when reported.
  mutating func plain(_ entry: YAMLEntry, _ decimal: DecimalSign) -> YAMLEntry? {
    guard case .text(let scalar) = entry.value.content else { return entry }
    if decimal == .point {
      var cell = scalar
      cell.isPointCell = true
      return self.entry(entry.key, cell)
    }
    do throws(TableProblem) {
      let text = try decimal.plain(scalar.text, at: scalar.start)
      return self.entry(
        entry.key,
        ScalarText(text: text, style: scalar.style, start: scalar.start, source: scalar.source))
    } catch {
      report(error)
      return nil
    }
  }

  /// `base (low to high)` from a number each; the number alone where all three are the same.
  mutating func range(_ base: YAMLEntry, _ low: YAMLEntry, _ high: YAMLEntry) -> YAMLEntry? {
    var text = ""
    var pieces: [ScalarText.Piece] = []
    var values: [Double] = []
    for (entry, opening) in [(base, ""), (low, " ("), (high, " to ")] {
      guard let scalar = scalar(entry), let number = number(scalar) else { return nil }
      values.append(number.value)
      text += opening
      pieces.append(ScalarText.Piece(offset: text.utf8.count, place: scalar.start))
      text += trimmed(scalar.text)
    }
    if values.allSatisfy({ $0 == values[0] }) {
      return YAMLEntry(key: "value", keyPosition: base.keyPosition, value: base.value)
    }
    guard let source = scalar(base)?.source else { return nil }
    return entry(
      "value",
      ScalarText(
        text: text + ")", style: .pieces(pieces), start: base.value.position, source: source))
  }

  /// The `value` of a row: a text, or numbers in columns `base`, `low` and `high`.
  ///
  /// - Parameter fields: of the row, by column; those of the numbers are in the scenario's form.
  /// - Returns: `nil` when reported.
  mutating func value(_ fields: [String: YAMLEntry], _ place: SourcePosition) -> YAMLEntry? {
    if let value = fields["value"], let base = fields["base"] {
      problems.report(
        base.keyPosition, "a number under `base` beside \(quoted(value)) under `value`",
        expected: "one of the two", advice: "Empty one of the two cells.")
      return nil
    }
    guard let value = fields["value"] ?? fields["base"] else {
      problems.report(
        place, "a row without a value", expected: "a number, range or distribution",
        advice: "Delete the row, or fill its cell under `value`.")
      return nil
    }
    switch (fields["low"], fields["high"]) {
    case (nil, nil):
      return YAMLEntry(key: "value", keyPosition: value.keyPosition, value: value.value)
    case (let low?, let high?): return range(value, low, high)
    case (let low, let high):
      problems.report(
        (low ?? high)?.keyPosition ?? place,
        "a row with \(low == nil ? "`high`" : "`low`") alone", expected: "`low` and `high`",
        advice: "Fill both cells or empty both.")
      return nil
    }
  }

  private func quoted(_ entry: YAMLEntry) -> String {
    guard case .text(let scalar) = entry.value.content else { return "nothing" }
    return Excerpt.quoted(trimmed(scalar.text))
  }
}
