// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with the text of a unit.
extension UnitReader {
  func unexpected() -> TextProblem {
    let text = Excerpt.quoted(cursor.text)
    guard let scalar = cursor.current else {
      return TextProblem(
        cursor.offset, "the unit \(text), which ends too early",
        expected: "a unit such as NOK/user/year")
    }
    return TextProblem(
      cursor.offset, "\(Excerpt.quoted(String(scalar))) in the unit \(text)",
      expected: "a unit such as NOK/user/year",
      advice: "Join units with / or *; a word of several parts is written with _; a price year has "
        + "four digits, NOK 2018; a pure number has the unit 1.")
  }

  func undeclared(_ base: UnitBase, _ offset: Int) -> TextProblem {
    let known = ((system.home.map { [$0] } ?? []) + (system.declared ?? [])).map(\.text)
    let question = NearestName.question(base.text, among: known)
    return TextProblem(
      offset, "the unit \(Excerpt.quoted(base.text)), which `units` does not list",
      expected: known.isEmpty
        ? "a unit of the list" : "one of \(Excerpt.shortened(known.joined(separator: ", ")))",
      advice: question.isEmpty ? "Add it to `units` at the top of the file." : question)
  }

  static func checked(_ unit: Unit?, _ offset: Int) throws(TextProblem) -> Unit {
    guard let unit else { throw tooHigh(offset) }
    return unit
  }

  static func tooHigh(_ offset: Int) -> TextProblem {
    TextProblem(
      offset, "a power of a unit",
      expected: "whole numbers, halves, thirds or quarters of at most "
        + "\(Unit.highestPower)")
  }
}
