// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// Files that are no scenario texts at all.
@Suite struct SourceTests {
  private func problem(_ bytes: [UInt8]) -> String {
    do throws(ScenarioError) {
      _ = try ScenarioReader.read(bytes: bytes, file: "a.yaml")
      return "none"
    } catch .invalid(let diagnostics) {
      return diagnostics.map { "\($0.line):\($0.column) \($0.found)" }.joined(separator: "; ")
    } catch {
      return "\(error)"
    }
  }

  @Test(
    arguments: [
      ([UInt8](), "1:1 an empty file"), (Array(" \n\r\n\t".utf8), "1:1 an empty file"),
      (Array("# nothing\n".utf8), "1:1 a file without content"),
      ([0xEF, 0xBB, 0xBF], "1:1 an empty file"),
      ([0, 1, 2, 3], "1:1 a binary file"), ([0x75, 0, 0xFF, 3], "1:1 a binary file"),
      ([0xFF, 0xFE, 0x61, 0], "1:1 a file in UTF-16, by its byte order mark"),
      ([0xFE, 0xFF, 0, 0x61], "1:1 a file in UTF-16, by its byte order mark"),
      ([0x50, 0x4B, 3, 4, 9], "1:1 a zip archive, as Excel and Word files are"),
      (
        Array("utfall: 1\ntitle: caf".utf8) + [0xE9, 0x0A], "2:11 the byte 0xE9, which is not UTF-8"
      ),
      (Array("utfall: 1\nå\u{1B}[31m".utf8), "2:2 the control character \\u{1B}"),
      (Array("utfall: 1\na\u{2028}b".utf8), "2:2 the control character \\u{2028}"),
      (Array("utfall: 1\na\u{85}b".utf8), "2:2 the control character \\u{85}"),
    ] as [([UInt8], String)])
  func refuses(_ bytes: [UInt8], _ found: String) {
    #expect(problem(bytes) == found)
  }

  @Test func refusesLongLinesAndLargeFiles() {
    let long =
      Array("utfall: 1\ntitle: ".utf8) + Array(repeating: UInt8(ascii: "a"), count: 100_000)
    #expect(problem(long) == "2:1 a line of 100007 bytes")
    let line = Array("# ".utf8) + Array(repeating: UInt8(ascii: "a"), count: 97) + [0x0A]
    let large = (0..<50_000).flatMap { _ in line }
    #expect(problem(large) == "1:1 a file of 5000000 bytes")
  }

  @Test func readsAByteOrderMarkAndWindowsLineEnds() throws {
    let text = scenario().replacing("\n", with: "\r\n")
    let bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    #expect(try ScenarioReader.read(bytes: bytes, file: "a.yaml").outputs.count == 1)
    #expect(problems(in: text.replacing("x: a", with: "x: b")) == ["7:6 the undefined name `b`"])
    let old = scenario(x: "b").replacing("\n", with: "\r")
    #expect(problems(in: old) == ["7:6 the undefined name `b`"])
  }

  @Test func saysWhyAFileCanNotBeRead() throws {
    let missing = #expect(throws: ScenarioError.self) {
      try ScenarioReader.read(path: "/no/such/file.yaml")
    }
    #expect(
      missing?.description
        == "/no/such/file.yaml: error: cannot read the file: there is no such file")
    let folder = #expect(throws: ScenarioError.self) {
      try ScenarioReader.read(path: repository.path)
    }
    #expect(folder?.description.hasSuffix("it is a folder") == true)
  }

  @Test func aHugeFileIsNamedWithItsSize() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "utfall-\(UUID().uuidString).yaml").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(repeating: UInt8(ascii: "a"), count: 10_000_000).write(to: URL(filePath: path))
    let error = #expect(throws: ScenarioError.self) { try ScenarioReader.read(path: path) }
    #expect(error?.description.contains(":1:1: error: a file of 10000000 bytes; ") == true)
  }
}

@Suite struct DiagnosticTests {
  @Test func readsAsOneLine() {
    let diagnostic = Diagnostic(
      file: "a\u{7}.yaml", position: SourcePosition(line: 3, column: 9), found: "a `\u{1B}[2J\n`",
      expected: "a number", advice: "Write one.")
    #expect(
      diagnostic.description
        == "a\\u{7}.yaml:3:9: error: a `\\u{1B}[2J\\n`; expected a number. Write one.")
    let bare = Diagnostic(
      file: "a", position: SourcePosition(line: 1, column: 1), severity: .warning, found: "b")
    #expect(bare.description == "a:1:1: warning: b.")
  }

  @Test func quotesOnlyTheBeginningOfALongText() {
    let found = diagnostics(of: scenario(parameters: String(repeating: "b", count: 101) + ": 1"))
    #expect(found.first?.found == "a name of 101 characters")
    let key = String(repeating: "b-", count: 60)
    let excerpt = problems(in: scenario(parameters: "\(key): 1")).first
    #expect(excerpt == "5:3 the name `\(key.prefix(60))…`")
  }

  @Test func areSortedAndListedOnce() {
    let text = """
      utfall: 1
      titel: x
      parameters:
        a: 1,5
        b: 0x1
      outputs:
        x: c + c
      """
    #expect(
      problems(in: text) == [
        "2:1 the unknown key `titel`", "4:7 a comma in the number `1,5`",
        "5:6 `0x1`", "7:6 the undefined name `c`", "7:10 the undefined name `c`",
      ])
  }

  @Test func endAtALimit() {
    let lines = (0..<500).map { "  p\($0): 1,5" }.joined(separator: "\n")
    let found = diagnostics(of: "utfall: 1\nparameters:\n\(lines)\noutputs:\n  x: p0\n")
    #expect(found.count == 201)
    #expect(found.last?.found == "more than 200 problems, of which 200 are listed")
  }
}
