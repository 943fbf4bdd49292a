// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Where results go, what they replace, and what happens when they can't be written.
@Suite struct OutputFolderTests {
  private static let files = [
    "checks.csv", "conditional-means.csv", "convergence.csv", "histograms.csv",
    "iterations-needed.csv", "manifest.json", "resolved.csv", "sensitivity.csv",
    "summary.csv",
  ]

  private func workplace(_ name: String = "case.yaml") throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: name)
    return workplace
  }

  @Test(
    arguments: [
      ("out", "out"), ("with space/æøå 数", "with space/æøå 数"), ("a/b/c/", "a/b/c"),
      ("a/../b/./c", "b/c"), ("--output-of-mine", "--output-of-mine"),
    ])
  func anyFolder(_ output: String, _ path: String) throws {
    let workplace = try workplace()
    let outcome = try workplace.simulate(
      "run", "case.yaml", "--iterations", "500", "--output=\(output)")
    #expect(outcome.code == 0, "\(outcome)")
    let written = workplace.content.filter { $0.hasPrefix("\(path)/case/") }
    #expect(written == Self.files.map { "\(path)/case/\($0)" })
    #expect(!workplace.content.contains { $0.contains("partial") })
  }

  @Test(
    arguments: [
      ("case.yml", "case"), ("a b.yaml", "a b"), ("./-x.yaml", "-x"), ("bare", "bare"),
      ("a.b.yaml", "a.b"), (".yaml", ".yaml"), ("..yaml", "..yaml"), ("...yaml", "...yaml"),
      ("deep/er/case.yaml", "case"), ("æ\u{30A}å.yaml", "æ\u{30A}å"), ("%41%2F.yaml", "%41%2F"),
    ])
  func anyFileName(_ file: String, _ name: String) throws {
    let workplace = try workplace(file)
    let before = workplace.content
    let outcome = try workplace.simulate("run", file, "--iterations", "500")
    #expect(outcome.code == 0, "\(outcome)")
    let new = workplace.content.filter { !before.contains($0) }
    #expect(
      new.sorted()
        == (["results", "results/\(name)"] + Self.files.map { "results/\(name)/\($0)" }).sorted())
  }

  @Test func secondRunReplacesTheFirstAsAWhole() throws {
    let workplace = try workplace()
    #expect(try workplace.simulate("run", "case.yaml", "-i", "500", "--draws").code == 0)
    #expect(workplace.content.contains("results/case/draws.csv"))
    // What programs leave beside a file that is open is no reason to refuse.
    try workplace.write("", to: "results/case/.~lock.summary.csv#")
    #expect(try workplace.simulate("run", "case.yaml", "-i", "600").code == 0)
    #expect(
      workplace.content
        == ["case.yaml", "results", "results/case"] + Self.files.map { "results/case/\($0)" })
    #expect(try workplace.table("results/case/summary.csv").numbers("iterations") == [600])
  }

  @Test(
    arguments: [
      ["thesis.txt"], ["manifest.json"], ["manifest.json", "index.html"], ["nested/file"],
      [".hidden"],
    ])
  func foreignFoldersAreKept(_ names: [String]) throws {
    let workplace = try workplace()
    for name in names { try workplace.write("{\"name\": \"mine\"}", to: "results/case/\(name)") }
    let before = workplace.content
    let outcome = try workplace.simulate("run", "case.yaml")
    #expect(outcome.code == 74, "\(outcome)")
    #expect(outcome.errors.contains("results/case: error: cannot write: the folder"), "\(outcome)")
    #expect(outcome.errors.contains("--output"))
    #expect(outcome.output.isEmpty)
    #expect(workplace.content == before)
  }

  @Test func filesAddedToAResultAreKept() throws {
    let workplace = try workplace()
    #expect(try workplace.simulate("run", "case.yaml", "-i", "500").code == 0)
    try workplace.write("figure", to: "results/case/figure.svg")
    let before = workplace.content
    let outcome = try workplace.simulate("run", "case.yaml", "-i", "600")
    #expect(outcome.code == 74, "\(outcome)")
    #expect(outcome.errors.contains("`figure.svg`"), "\(outcome)")
    #expect(workplace.content == before)
    #expect(try workplace.table("results/case/summary.csv").numbers("iterations") == [500])
  }

  @Test func emptyFolderIsTaken() throws {
    let workplace = try workplace()
    try FileManager.default.createDirectory(
      at: workplace.url("results/case"), withIntermediateDirectories: true)
    #expect(try workplace.simulate("run", "case.yaml", "-i", "500").code == 0)
    #expect(workplace.content.contains("results/case/manifest.json"))
  }

  @Test(arguments: ["file", "file/below", "/dev/null/x", "/proc/x", "/dev/full", "dangling/x"])
  func cannotBeWritten(_ output: String) throws {
    let workplace = try workplace()
    try workplace.write("mine", to: "file")
    try FileManager.default.createSymbolicLink(
      at: workplace.url("dangling"), withDestinationURL: workplace.url("nowhere"))
    let before = workplace.content
    let outcome = try workplace.simulate("run", "case.yaml", "--output", output)
    #expect(outcome.code == 74, "\(outcome)")
    #expect(outcome.errors.contains(": error: cannot write: "), "\(outcome)")
    // A message for people, not an error number of a library.
    #expect(!outcome.errors.contains("NSCocoa") && !outcome.errors.contains("operation could"))
    #expect(outcome.output.isEmpty)
    #expect(workplace.content == before)
    #expect(try workplace.text("file") == "mine")
  }

  @Test func aFileInTheWayIsKept() throws {
    let workplace = try workplace()
    try workplace.write("mine", to: "results/case")
    let outcome = try workplace.simulate("run", "case.yaml")
    #expect(outcome.code == 74)
    #expect(outcome.errors.contains("a file of this name is in the way"))
    #expect(try workplace.text("results/case") == "mine")
  }

  /// A limit on the size of files stands for a full disk.
  @Test(arguments: [["--draws"], []])
  func fullDiskLeavesNothing(_ options: [String]) throws {
    let workplace = try workplace()
    let blocks = options.isEmpty ? 1 : 64
    let outcome = try workplace.shell(
      "ulimit -f \(blocks); exec \"$0\" run case.yaml \(options.joined(separator: " "))")
    #expect(outcome.code == 74, "\(outcome)")
    #expect(outcome.errors.contains("case/"), "\(outcome)")
    #expect(outcome.errors.contains("File too large"), "\(outcome)")
    #expect(workplace.content == ["case.yaml"])
  }

  @Test func twoRunsAtOnceLeaveOneResult() throws {
    let workplace = try workplace()
    let runs = try (1...6).map { try workplace.start(["run", "case.yaml", "-q", "-s", "\($0)"]) }
    let codes = try runs.map { try $0.wait().code }
    // One that loses the race may fail, but says so; what stands is whole.
    #expect(codes.contains(0) && codes.allSatisfy { $0 == 0 || $0 == 74 }, "\(codes)")
    #expect(
      workplace.content
        == ["case.yaml", "results", "results/case"] + Self.files.map { "results/case/\($0)" })
  }

  @Test func severalScenariosEachHaveTheirFolder() throws {
    let workplace = try workplace("a.yaml")
    try workplace.write(scenario("x: 3"), to: "b.yaml")
    let outcome = try workplace.simulate("run", "a.yaml", "b.yaml", "-i", "500", "-o", "out")
    #expect(outcome.code == 0)
    #expect(workplace.content.count { $0.hasSuffix("manifest.json") } == 2)
    #expect(outcome.output.contains("Written to out/a/") && outcome.output.contains("out/b/"))
  }
}
