// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// A scenario that must be refused: where, and with which words.
struct Refusal: Sendable, CustomTestStringConvertible {
  let text: String
  /// `line:column`.
  let place: String
  let words: [String]

  init(_ text: String, _ place: String, _ words: String...) {
    self.text = text
    self.place = place
    self.words = words
  }

  var testDescription: String { "\(place) \(words.first ?? "")" }

  /// Runs the scenario: exactly one message, at the place, with the words; exit code 65; nothing written.
  func check() throws {
    let workplace = try Workplace()
    try workplace.write(text, to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "--draws")
    #expect(outcome.code == 65, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1, "\(outcome)")
    let line = outcome.errorLines.first ?? ""
    #expect(line.hasPrefix("case.yaml:\(place): error: "), "\(outcome)")
    for word in words { #expect(line.contains(word), "no `\(word)` in: \(line)") }
    #expect(workplace.content == ["case.yaml"])
  }
}
