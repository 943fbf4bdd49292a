// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Text of a scenario in result files: unchanged where it is harmless, defused where it is not.
@Suite struct SpreadsheetTextTests {
  private static let nasty = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\",\"y\")",
  ]

  private func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\t", with: "\\t").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    return "\"\(escaped)\""
  }

  private func result(_ texts: [String]) throws -> Workplace {
    var parameters = ""
    var outputs = ""
    for (i, text) in texts.enumerated() {
      let text = quoted(text)
      parameters += "  p\(i):\n    value: gamma(mean = 5, sd = 2)\n"
      parameters += "    source: \(text)\n    description: \(text)\n"
      outputs += "  y\(i): {value: p\(i), description: \(text)}\n"
    }
    let workplace = try Workplace()
    try workplace.write(
      "utfall: 1\nparameters:\n\(parameters)outputs:\n\(outputs)", to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "-i", "100", "--draws", "-q")
    try #require(outcome.code == 0, "\(outcome)")
    return workplace
  }

  @Test func formulasAreDefused() throws {
    let workplace = try result(Self.nasty)
    let resolved = try workplace.table("results/case/resolved.csv")
    for (i, text) in Self.nasty.enumerated() {
      for column in ["source", "description"] {
        let written = try resolved.text("p\(i)", column)
        // Blanks at the ends are not part of a text.
        let bare = text.trimmingCharacters(in: .whitespaces)
        #expect(written == "'" + text || written == "'" + bare, "\(written)")
      }
    }
    for name in ["resolved", "summary", "histograms", "draws"] {
      let table = try workplace.table("results/case/\(name).csv")
      for field in table.rows.joined() where Double(field) == nil {
        #expect(!["=", "+", "-", "@", "\t", "\r"].contains { field.hasPrefix($0) }, "\(field)")
      }
    }
  }

  /// A negative number stated as text is text; numbers in number columns stay numbers.
  @Test func negativeNumbersStayNumbers() throws {
    let workplace = try Workplace()
    try workplace.write(
      scenario("x: -5\n  z: normal(-3, 1)", rest: "outputs:\n  y: x + z"), to: "case.yaml")
    #expect(try workplace.simulate("run", "case.yaml", "-i", "500").code == 0)
    let resolved = try workplace.table("results/case/resolved.csv")
    #expect(try resolved.number("x", "base") == -5)
    #expect(try resolved.number("z", "mean") == -3)
    #expect(try workplace.table("results/case/summary.csv").number("y", "mean") < -7)
  }

  @Test func otherTextSurvives() throws {
    let texts = [
      "comma, inside", "say \"hi\"", "\"", "\"\"", "line\nbreak", "1,5", "æøå ÆØÅ", "数量 📈 é",
      "a;b", "'quoted'", "trailing,", "nbsp\u{A0}here", "e\u{301}", "50 % of x = y", "null",
      "NOK/QALY",
    ]
    let resolved = try result(texts).table("results/case/resolved.csv")
    for (i, text) in texts.enumerated() {
      for column in ["source", "description"] {
        let written = try resolved.text("p\(i)", column)
        #expect(Array(written.utf8) == Array(text.utf8), "\(written)")
      }
    }
  }

  @Test func namesInUTF8AreHeaders() throws {
    let workplace = try Workplace()
    try workplace.write(
      scenario("pasient_år: gamma(mean = 5, sd = 2)", rest: "outputs:\n  størrelse: pasient_år"),
      to: "case.yaml")
    #expect(try workplace.simulate("run", "case.yaml", "--draws", "-i", "100").code == 0)
    #expect(
      try workplace.table("results/case/draws.csv").header
        == ["iteration", "pasient_år", "størrelse"])
    #expect(try workplace.table("results/case/summary.csv").column("output") == ["størrelse"])
  }

  @Test func manifestIsJSONWhateverTheText() throws {
    let workplace = try Workplace()
    let title = "a \"quoted\" \\ title / with\nbreaks \u{1} æøå"
    try workplace.write(
      scenario(top: "title: \"a \\\"quoted\\\" \\\\ title / with\\nbreaks \\x01 æøå\""),
      to: "case.yaml")
    let outcome = try workplace.simulate("run", "case.yaml", "-i", "100")
    #expect(outcome.code == 0, "\(outcome)")
    let data = Data(try workplace.bytes("results/case/manifest.json"))
    let manifest = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect((manifest["scenario"] as? [String: Any])?["title"] as? String == title)
    #expect(
      manifest["files"] as? [String] == [
        "checks.csv", "convergence.csv", "histograms.csv", "iterations-needed.csv",
        "resolved.csv", "summary.csv",
      ])
  }
}
