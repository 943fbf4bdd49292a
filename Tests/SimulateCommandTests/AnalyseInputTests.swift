// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Draws as people have them: formats that are read, and faults that are named with their place.
@Suite struct AnalyseInputTests {
  private static let wide = """
    p,cost:A,effect:A,cost:B,effect:B
    1.5,100,1,200,1.5
    2.5,110,1.1,230,1.25
    3.5,90,0.9,210,1.75

    """

  private func analyse(_ text: String, _ options: String...) throws -> (Workplace, Outcome) {
    let workplace = try Workplace()
    try workplace.write(text, to: "draws.csv")
    let outcome = try workplace.simulate(
      ["analyse", "draws.csv", "--wtp", "1000", "--output", "out"] + options)
    return (workplace, outcome)
  }

  /// All the figures of a table, without where the draws came from.
  private func figures(_ text: String, _ options: String...) throws -> String {
    let workplace = try Workplace()
    try workplace.write(text, to: "draws.csv")
    let outcome = try workplace.simulate(
      ["analyse", "draws.csv", "--wtp", "1000", "--output", "out"] + options)
    try #require(outcome.code == 0, "\(outcome)")
    return try ["incremental", "nmb", "ceac", "evpi", "ce-plane"]
      .map { try workplace.text("out/\($0).csv") }.joined()
  }

  @Test func `Separators, decimal marks, quotes and line ends make no difference`() throws {
    let expected = try figures(Self.wide)
    let semicolons = Self.wide.replacing(",", with: ";")
    #expect(try figures(semicolons) == expected)
    #expect(try figures(semicolons.replacing(".", with: ",")) == expected)
    #expect(try figures(Self.wide.replacing(",", with: "\t")) == expected)
    #expect(try figures(Self.wide.replacing(",", with: "\t").replacing(".", with: ",")) == expected)
    #expect(try figures(Self.wide.replacing("\n", with: "\r\n")) == expected)
    #expect(try figures("\u{FEFF}" + Self.wide) == expected)
    #expect(try figures(String(Self.wide.dropLast())) == expected)
    #expect(try figures(Self.wide + "\n\n") == expected)
    #expect(try figures(Self.wide.replacing("230", with: " \"2.3e2\" ")) == expected)
    let quoted = Self.wide.replacing("cost:A", with: "\"cost:A\"")
    #expect(try figures(quoted) == expected)
    // Row names, as R writes them by default.
    let named = Self.wide.split(separator: "\n").enumerated()
      .map { $0.offset == 0 ? "\"\"," + $0.element : "\"r\($0.offset)\"," + $0.element }
    #expect(try figures(named.joined(separator: "\n")) == expected)
    // The names of our own draws.csv.
    let own = Self.wide.replacing("cost:A", with: "costs[strategy=A]")
      .replacing("effect:A", with: "effects[strategy=A]")
      .replacing("cost:B", with: "costs[strategy=B]")
      .replacing("effect:B", with: "effects[strategy=B]")
      .split(separator: "\n").enumerated()
      .map { $0.offset == 0 ? "iteration," + $0.element : "\($0.offset)," + $0.element }
    #expect(try figures(own.joined(separator: "\n")) == expected)
    let spaced = own.joined(separator: "\n").replacing("strategy=", with: "strategy = ")
    #expect(try figures(spaced) == expected)
    // Series of a variant and other outputs by strategy are no parameters and no costs.
    let more = spaced.split(separator: "\n").enumerated().map {
      $0.element
        + ($0.offset == 0 ? ",\"costs[strategy = A, variant = v]\",share[strategy = A]" : ",7,8")
    }
    #expect(try figures(more.joined(separator: "\n")) == expected)
    let renamed = Self.wide.replacing("cost:A", with: "ca").replacing("effect:A", with: "ea")
    #expect(
      try figures(renamed, "--cost-column", "A=ca", "--effect-column", "A=ea") == expected)
  }

  @Test func `Three files give the figures of one`() throws {
    let expected = try figures(Self.wide)
    let workplace = try Workplace()
    try workplace.write("p\n1.5\n2.5\n3.5\n", to: "p.csv")
    try workplace.write("A;B\n100;200\n110;230\n90;210\n", to: "c.csv")
    // In another order: matched by name.
    try workplace.write("B\tA\n1,5\t1\n1,25\t1,1\n1,75\t0,9\n", to: "e.csv")
    let outcome = try workplace.simulate(
      "analyse", "--parameters", "p.csv", "--costs", "c.csv", "--effects", "e.csv", "--wtp", "1000",
      "--output", "out")
    try #require(outcome.code == 0, "\(outcome)")
    let ours = try ["incremental", "nmb", "ceac", "evpi", "ce-plane"]
      .map { try workplace.text("out/\($0).csv") }.joined()
    #expect(ours == expected)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let place: String
    let words: [String]
    var testDescription: String { "\(place) \(words[0])" }

    init(_ text: String, _ place: String, _ words: String...) {
      self.text = text
      self.place = place
      self.words = words
    }
  }

  private static let header = "p,cost:A,effect:A\n"

  @Test(arguments: [
    Fault("", "1:1", "an empty first line"),
    Fault("\n\n", "1:1", "an empty first line"),
    Fault(header, "1:1", "a header without rows"),
    Fault(header + "1,2,3\n", "2:1", "a table of one row"),
    Fault("1,2,3\n4,5,6\n7,8,9\n", "1:1", "numbers in the first line", "a header"),
    Fault(header + "1,2,3\n1,2\n", "3:1", "2 fields", "3, as the header has"),
    Fault(header + "1,2,3\n1,2,3,4\n", "3:1", "4 fields", "Row names"),
    Fault(header + "1,2,3\n1,,3\n", "3:3", "an empty field in column `cost:A`"),
    Fault(header + "1,2,3\n1,NA,3\n", "3:3", "`NA` in column `cost:A`", "missing value"),
    Fault(header + "1,2,3\n1,Inf,3\n", "3:3", "`Inf`", "infinite"),
    Fault(header + "1,2,3\n1,1e999,3\n", "3:3", "`1e999`"),
    Fault(header + "1,2,3\n1,0x10,3\n", "3:3", "`0x10`"),
    Fault(header + "1,2,3\n1,1 000,3\n", "3:3", "`1 000`", "spaces between digits"),
    Fault(header + "1,2,3\n1,\"1,000\",3\n", "3:3", "`1,000`", "--decimal"),
    Fault(header + "1,2,3\n1,- 5,3\n", "3:3", "`- 5`"),
    Fault(header + "1,2,3\n1,1e,3\n", "3:3", "`1e`"),
    Fault(header + "1,2,3\n1,2 3,3\n", "3:3", "`2 3`"),
    Fault(header + "1,2,3\n\n1,2,3\n", "3:1", "an empty line"),
    Fault(header + "1,2,3\n1,\"2,3\n", "3:3", "a quotation mark that is not closed"),
    Fault("p;cost:A;effect:A\n1.5;2;3\n1,5;2;3\n", "2:1", "points and commas", "--decimal"),
    Fault("p,cost:A\n1,2\n1,2\n", "1:3", "a cost of strategy `A` without its effect"),
    Fault("p,cost:A,effect:a\n1,2,3\n1,2,3\n", "1:3", "without its effect", "`a`?"),
    Fault("p,q\n1,2\n1,2\n", "1:1", "no column of costs or effects", "--cost-column"),
    Fault("p,p,cost:A,effect:A\n1,1,2,3\n1,1,2,3\n", "1:3", "a second column `p`"),
    Fault(
      "cost:A,costs[strategy=A],effect:A\n1,2,3\n1,2,3\n", "1:8", "a second cost of strategy `A`"),
    Fault("p,,cost:A,effect:A\n1,1,2,3\n1,1,2,3\n", "1:3", "a column without a name"),
    Fault("p\u{1B},cost:A,effect:A\n1,2,3\n1,2,3\n", "1:1", "control character", "\\u{1B}"),
    Fault("p,cost:A,effect:A\u{0}\n1,2,3\n1,2,3\n", "1:1", "binary data"),
    Fault("PK\u{03}\u{04}p,q\n1,2\n", "1:1", "Excel workbook"),
  ])
  func `A fault is named with its place and nothing is written`(fault: Fault) throws {
    let (workplace, outcome) = try analyse(fault.text)
    #expect(outcome.code == 65, "\(outcome)")
    #expect(outcome.output.isEmpty)
    let line = outcome.errorLines.first ?? ""
    #expect(line.hasPrefix("draws.csv:\(fault.place): error: "), "\(outcome)")
    for word in fault.words { #expect(line.contains(word), "no `\(word)` in \(line)") }
    #expect(workplace.content == ["draws.csv"])
  }

  @Test func `Bytes that are no text are refused`() throws {
    let workplace = try Workplace()
    try workplace.write([0xFF, 0xFE, 0x70, 0x00, 0x0A, 0x00], to: "a.csv")
    try workplace.write(
      Array("p,cost:A,effect:A\n1,2,3\n1,".utf8) + [0xE6, 0x2C, 0x33], to: "b.csv")
    for (file, words) in [("a.csv", "UTF-16"), ("b.csv", "not UTF-8")] {
      let outcome = try workplace.simulate("analyse", file, "--wtp", "1")
      #expect(outcome.code == 65, "\(outcome)")
      #expect(outcome.errors.contains(words), "\(outcome)")
    }
  }

  @Test func `Twenty problems are listed, not a million`() throws {
    let rows = String(repeating: "1,x,3\n", count: 5000)
    let (_, outcome) = try analyse(Self.header + rows)
    #expect(outcome.code == 65)
    #expect(outcome.errorLines.count == 20, "\(outcome)")
  }

  @Test func `Files that do not belong together are refused`() throws {
    let workplace = try Workplace()
    try workplace.write("A,B\n100,200\n110,230\n90,210\n", to: "c.csv")
    try workplace.write("A,B\n1,1\n2,2\n", to: "short.csv")
    try workplace.write("A,Bee\n1,1\n2,2\n3,3\n", to: "names.csv")
    try workplace.write("iteration,A,B\n1,100,200\n2,110,230\n3,90,210\n", to: "ci.csv")
    try workplace.write("iteration,A,B\n1,1,1\n3,2,2\n2,3,3\n", to: "shuffled.csv")
    for (costs, effects, place, words) in [
      ("c.csv", "short.csv", "short.csv:3:1", "2 rows; expected 3"),
      ("c.csv", "names.csv", "c.csv:1:3", "a column of the same name"),
      ("ci.csv", "shuffled.csv", "shuffled.csv:3:1", "iteration 3; expected 2"),
    ] {
      let outcome = try workplace.simulate(
        "analyse", "--costs", costs, "--effects", effects, "--wtp", "1")
      #expect(outcome.code == 65, "\(outcome)")
      #expect(outcome.errors.hasPrefix("\(place): error: "), "\(outcome)")
      #expect(outcome.errors.contains(words), "\(outcome)")
    }
    let missing = try workplace.simulate(
      "analyse", "--costs", "c.csv", "--effects", "none.csv", "--wtp", "1")
    #expect(missing.code == 66, "\(missing)")
  }

  @Test func `Wrong usage is told`() throws {
    let workplace = try Workplace()
    try workplace.write(Self.wide, to: "draws.csv")
    for (arguments, words) in [
      (["draws.csv"], "--wtp"), (["--wtp", "1"], "No draws"),
      (["draws.csv", "--wtp", "-5"], "wtp"), (["draws.csv", "--wtp", "1,,2"], "wtp"),
      (["draws.csv", "--wtp", "nan"], "wtp"), (["draws.csv", "--wtp", "0:10:0"], "wtp"),
      (["draws.csv", "--wtp", "1", "--costs", "c.csv"], "either"),
      (["draws.csv", "--wtp", "1", "--horizon", "3"], "--incidence"),
      (["draws.csv", "--wtp", "1", "--incidence", "5"], "--horizon"),
      (
        [
          "draws.csv", "--wtp", "1", "--incidence", "5,6", "--horizon", "3", "--discount-rate", "0",
        ], "2 numbers for incidence"
      ),
      (["draws.csv", "--wtp", "1", "--cost-column", "A"], "NAME=COLUMN"),
      (["draws.csv", "--wtp", "1", "--separator", "pipe"], "separator"),
    ] {
      let outcome = try workplace.simulate(["analyse"] + arguments)
      #expect(outcome.code == 64, "\(arguments) \(outcome)")
      #expect(outcome.errors.contains(words), "\(outcome)")
    }
    let unknown = try workplace.simulate("analyse", "draws.csv", "--wtp", "1", "--comparator", "C")
    #expect(unknown.code == 65, "\(unknown)")
    #expect(unknown.errors.contains("no strategy `C`"), "\(unknown)")
    #expect(workplace.content == ["draws.csv"])
  }

  @Test func `Values too large to square are refused`() throws {
    let (_, outcome) = try analyse(Self.wide.replacing("230", with: "1e101"))
    #expect(outcome.code == 65, "\(outcome)")
    #expect(outcome.errors.contains("1e+101"), "\(outcome)")
  }

  @Test func `The folder of the draws is not replaced by their analysis`() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "case.yaml")
    #expect(try workplace.simulate("run", "case.yaml", "--draws", "-i", "100").code == 0)
    let before = try workplace.bytes("results/case/draws.csv")
    let outcome = try workplace.simulate(
      "analyse", "results/case/draws.csv", "--cost-column", "A=x", "--effect-column", "A=y",
      "--wtp", "1", "--output", "results/case")
    #expect(outcome.code == 74, "\(outcome)")
    #expect(try workplace.bytes("results/case/draws.csv") == before)
  }

  @Test func `What a run writes with draws is read, one strategy against nothing`() throws {
    let workplace = try Workplace()
    let run = try workplace.simulate("run", norwayScenario, "--draws", "-i", "5000", "-q")
    try #require(run.code == 0, "\(run)")
    let outcome = try workplace.simulate(
      "analyse", "results/norway-exercise/draws.csv", "--cost-column", "exercise=cost",
      "--effect-column", "exercise=benefit", "--wtp", "1", "--ignore", "net_benefit", "--output",
      "out")
    try #require(outcome.code == 0, "\(outcome)")
    let summary = try workplace.table("results/norway-exercise/summary.csv")
    let table = try workplace.table("out/cost-benefit.csv")
    func figure(_ name: String) throws -> Double {
      let row = try table.column("figure").firstIndex(of: name)
      return try table.numbers("value")[try #require(row)]
    }
    let mean = try summary.number("net_benefit", "mean")
    #expect(abs(try figure("net_benefit") / mean - 1) < 1e-12)
    #expect(try figure("p_positive") == summary.number("net_benefit", "p_positive"))
    #expect(try figure("loss_of_doing") == figure("evpi"))
    let lossGap = try figure("loss_of_not_doing") - figure("loss_of_doing")
    #expect(abs(lossGap / mean - 1) < 1e-12)
    let multiplier = try summary.number("benefit", "mean") / summary.number("cost", "mean")
    #expect(abs(try figure("break_even_cost_multiplier") / multiplier - 1) < 1e-12)
    #expect(abs(try figure("break_even_wtp") * multiplier - 1) < 1e-12)
  }

  @Test func `Rows that were shuffled apart are suspected`() throws {
    let workplace = try Workplace()
    let source = repository.appending(path: "Tests/References/decision_draws.csv")
    let lines = String(decoding: try Data(contentsOf: source), as: UTF8.self)
      .split(separator: "\n")
    let fields = lines.map { $0.split(separator: ",").map(String.init) }
    func write(_ name: String, _ columns: Range<Int>, shift: Int) throws {
      let rows = fields.indices.dropFirst().map { i in
        fields[1 + (i - 1 + shift) % (fields.count - 1)][columns].joined(separator: ",")
      }
      let names = fields[0][columns].map {
        $0.replacing("cost:", with: "").replacing("effect:", with: "")
      }
      let text = ([names.joined(separator: ",")] + rows).joined(separator: "\n")
      try workplace.write(text, to: name)
    }
    try write("p.csv", 0..<3, shift: 0)
    try write("shifted.csv", 0..<3, shift: 1)
    try write("c.csv", 3..<4, shift: 0)
    try write("e.csv", 4..<5, shift: 0)
    for (file, isSuspect) in [("p.csv", false), ("shifted.csv", true)] {
      let outcome = try workplace.simulate(
        "analyse", "--parameters", file, "--costs", "c.csv", "--effects", "e.csv", "--wtp", "1",
        "--output", "out")
      #expect(outcome.code == 0)
      #expect(outcome.errors.contains("no parameter explains") == isSuspect, "\(outcome)")
      #expect(try workplace.text("out/manifest.json").contains("no parameter") == isSuspect)
    }
  }

  @Test func `The same draws give the same bytes`() throws {
    #expect(try figures(Self.wide) == figures(Self.wide))
  }
}
