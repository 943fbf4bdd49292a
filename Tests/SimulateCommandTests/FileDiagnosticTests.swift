// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Files that are no scenario, or can't be read at all.
@Suite struct FileDiagnosticTests {
  @Test(
    arguments: [
      ([], "1:1", "an empty file"), (Array("\n \n\n".utf8), "1:1", "an empty file"),
      (Array("# only a comment\n".utf8), "1:1", "without content"),
      ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0xFF], "1:1", "a binary file"),
      ([0x50, 0x4B, 3, 4, 20, 0], "1:1", "zip"), ([0x1F, 0x8B, 8, 0], "1:1", "gzip"),
      ([0xFF, 0xFE, 0x75, 0, 0x74, 0], "1:1", "UTF-16"), (Array("%PDF-1.7".utf8), "1:1", "PDF"),
      (Array("utfall: 1\ntitle: bl".utf8) + [0xE5, 0x0A], "2:10", "0xE5"),
      (Array("utfall: 1\ntitle: a\u{1B}[31m\n".utf8), "2:9", "\\u{1B}"),
    ] as [([UInt8], String, String)])
  func isNoScenario(_ bytes: [UInt8], _ place: String, _ words: String) throws {
    let workplace = try Workplace()
    try workplace.write(bytes, to: "case.yaml")
    for command in ["run", "validate"] {
      let outcome = try workplace.simulate(command, "case.yaml")
      #expect(outcome.code == 65, "\(outcome)")
      #expect(outcome.errors.hasPrefix("case.yaml:\(place): error: "), "\(outcome)")
      #expect(outcome.errors.contains(words), "\(outcome)")
      #expect(!outcome.errors.contains("\u{1B}"))
      #expect(workplace.content == ["case.yaml"])
    }
  }

  @Test func longLinesAreRefusedWithoutBeingQuoted() throws {
    let workplace = try Workplace()
    try workplace.write([UInt8](repeating: 0x61, count: 10_000_000), to: "ten-megabytes.yaml")
    try workplace.write(
      "utfall: 1\ntitle: " + String(repeating: "a", count: 3_000_000), to: "line.yaml")
    let outcome = try workplace.simulate("run", "ten-megabytes.yaml", "line.yaml", seconds: 10)
    #expect(outcome.code == 65)
    #expect(outcome.errorLines.count == 2)
    #expect(
      outcome.errors.hasPrefix("ten-megabytes.yaml:1:1: error: a file of 10000000 bytes; expected"))
    #expect(outcome.errors.contains("line.yaml:2:1: error: a line of 3000007 bytes; expected"))
    #expect(outcome.errors.utf8.count < 1000)
    #expect(workplace.content == ["line.yaml", "ten-megabytes.yaml"])
  }

  @Test func endlessFilesEnd() throws {
    let workplace = try Workplace()
    let outcome = try workplace.simulate("run", "/dev/zero", seconds: 10)
    #expect(outcome.code == 65, "\(outcome)")
    #expect(workplace.content.isEmpty)
  }

  @Test(
    arguments: [
      ("missing.yaml", "no such file"), ("folder", "folder"), ("file.yaml/case.yaml", ": "),
      (String(repeating: "a", count: 300) + ".yaml", "too long"),
    ])
  func cannotBeRead(_ path: String, _ reason: String) throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "file.yaml")
    try workplace.write(scenario(), to: "folder/inside.yaml")
    let before = workplace.content
    for command in ["run", "validate"] {
      let outcome = try workplace.simulate(command, path)
      #expect(outcome.code == 66, "\(outcome)")
      #expect(outcome.errors.hasPrefix("\(path): error: cannot read the file: "), "\(outcome)")
      #expect(outcome.errors.contains(reason))
      #expect(outcome.output.isEmpty)
      #expect(workplace.content == before)
    }
  }

  /// The superuser may read everything, so that this can be seen by others only.
  @Test(.enabled(if: geteuid() != 0)) func needsPermission() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "secret.yaml")
    chmod(workplace.url("secret.yaml").path, 0)
    let outcome = try workplace.simulate("run", "secret.yaml")
    #expect(outcome.code == 66)
    #expect(outcome.errors == "secret.yaml: error: cannot read the file: permission denied\n")
  }
}
