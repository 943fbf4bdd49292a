// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Enters a name into the namespace that parameters, variables, lines and outputs share.
  ///
  /// - Returns: the name in normal form, or `nil` when it was refused.
  mutating func declare(_ entry: YAMLEntry, _ kind: Definition.Kind, _ text: ScalarText?) -> String?
  {
    guard let name = checkedName(entry) else { return nil }
    if let first = definitions[name] {
      let place = first.position
      let site =
        place.file == entry.keyPosition.file
        ? "line \(place.line), column \(place.column)" : place.text(in: problems.file)
      problems.report(
        entry.keyPosition,
        "the name \(Excerpt.quoted(name)) a second time, after the \(first.kind.rawValue) in "
          + site,
        expected: "each name once",
        advice: kind == .output
          ? "To report that quantity under its own name, write `\(name): \(name)`."
          : "Rename one of the two.")
      return nil
    }
    if definitions.count == Self.mostDefinitions {
      problems.report(
        entry.keyPosition, "more than \(Self.mostDefinitions) definitions", expected: "fewer")
    }
    definitions[name] = Definition(
      kind: kind, position: entry.keyPosition, text: text.map { trimmed($0.text) } ?? "",
      scalar: text)
    return name
  }

  private mutating func checkedName(_ entry: YAMLEntry) -> String? {
    let name = Names.normalised(entry.key)
    let place = entry.keyPosition
    guard Names.isName(name) else {
      let repaired = Names.repaired(name).map { "Write `\(Excerpt.shortened($0))`." } ?? ""
      problems.report(
        place, "the name \(Excerpt.quoted(name))",
        expected: "letters, digits and _, beginning with a letter", advice: repaired)
      return nil
    }
    if name.unicodeScalars.count > Names.longest {
      problems.report(
        place, "a name of \(name.unicodeScalars.count) characters",
        expected: "at most \(Names.longest)")
      return nil
    }
    if Names.reserved.contains(name) {
      problems.report(
        place, "the reserved word `\(name)` as a name", expected: "another name",
        advice: Names.totals.contains(name)
          ? "`\(name)` is the total of the lines of that section." : "Formulas use it.")
      return nil
    }
    return name
  }

  /// Whether a section without lines has some that were refused.
  func hasRefusedLines(_ section: String) -> Bool {
    lacksNames || parts.contains { $0[section] != nil }
  }

  /// Whether a name that is no parameter may be one that was refused.
  func isRefused(_ name: String) -> Bool { lacksNames || faultyParameters.contains(name) }

  mutating func formula(_ scalar: ScalarText) -> SimCore.Expression? {
    do throws(TextProblem) {
      return try FormulaParser.parse(scalar.text)
    } catch {
      report(error, in: scalar)
      return nil
    }
  }
}
