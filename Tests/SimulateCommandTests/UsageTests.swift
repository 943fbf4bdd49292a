// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// How the command answers to its arguments alone.
@Suite struct UsageTests {
  @Test(
    arguments: [
      ["bogus"], ["run"], ["validate"], ["distributions", "x"], ["run", "--bogus", "case.yaml"],
      ["run", "case.yaml", "--iterations", "0"], ["run", "case.yaml", "--iterations", "1.5"],
      ["run", "case.yaml", "--iterations", "1e15"], ["run", "case.yaml", "--iterations", "1e999"],
      ["run", "case.yaml", "--iterations", "nan"], ["run", "case.yaml", "--iterations", ""],
      ["run", "case.yaml", "--iterations", "0x10"], ["run", "case.yaml", "--iterations=-5"],
      ["run", "case.yaml", "--seed", "18446744073709551616"], ["run", "case.yaml", "--seed=-1"],
      ["run", "case.yaml", "--seed", "a"], ["run", "case.yaml", "--workers", "0"],
      ["run", "case.yaml", "--workers", "1025"], ["run", "case.yaml", "--workers", "two"],
      ["run", "case.yaml", "--output", ""], ["run", "case.yaml", "other/case.yaml"],
      ["run", "case.yaml", "case.yaml"], ["validate", "case.yaml", "--draws"],
    ])
  func wrongUsage(_ arguments: [String]) throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "case.yaml")
    try workplace.write(scenario(), to: "other/case.yaml")
    let before = workplace.content
    let outcome = try workplace.simulate(arguments)
    #expect(outcome.code == 64, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: "), "\(outcome)")
    #expect(outcome.errors.contains("--help"), "\(outcome)")
    #expect(workplace.content == before)
  }

  @Test(arguments: [[], ["--help"], ["run", "--help"], ["validate", "-h"], ["help", "run"]])
  func help(_ arguments: [String]) throws {
    let workplace = try Workplace()
    let outcome = try workplace.simulate(arguments)
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("OVERVIEW: "))
    #expect(outcome.output.contains("USAGE: simulate"))
    if arguments.isEmpty || arguments == ["--help"] {
      for word in ["run", "validate", "distributions", "Exit codes: 0", "130 interrupted"] {
        #expect(outcome.output.replacing("\n", with: " ").contains(word), "\(word)")
      }
    }
  }

  @Test func version() throws {
    let outcome = try Workplace().simulate("--version")
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: #/\d+\.\d+\.\d+(-[a-z0-9.]+)?\n/#) != nil)
    let again = try Workplace().simulate("run", "--version")
    #expect(again.output == outcome.output)
  }

  @Test func distributions() throws {
    let outcome = try Workplace().simulate("distributions")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    for family in [
      "constant", "normal", "lognormal", "gamma", "beta", "uniform", "triangular", "pert",
    ] {
      #expect(outcome.output.contains("\n  \(family): "), "\(family)")
    }
    #expect(outcome.output.contains("gamma(mean = …, sd = …)"))
  }

  /// Every way that is listed is read, when numbers stand in it.
  @Test func listedWaysAreRead() throws {
    let workplace = try Workplace()
    let listed = try workplace.simulate("distributions").output
    let numbers = [
      "constant": "3", "min": "0.1", "mode": "0.4", "max": "0.9", "mean": "0.4", "sd": "0.1",
      "shape": "4", "scale": "2", "rate": "2", "alpha": "2", "beta": "3", "meanlog": "0.1",
      "sdlog": "0.2", "value": "3", "meanlogit": "0.1", "sdlogit": "0.5", "mu": "0.1",
      "sigma": "0.5", "q": "1.5", "power": "1.5", "df": "7", "df1": "7", "df2": "9",
      "location": "1", "skewness": "0.3", "spread": "1",
      "n": "10", "p": "0.3", "size": "2", "population": "50", "successes": "5", "draws": "10",
      // Where a family needs another number than the others.
      "discrete-uniform min": "1", "discrete-uniform max": "6", "negative-binomial sd": "1",
    ]
    var ways: [String] = []
    for line in listed.split(separator: "\n") {
      guard let match = line.wholeMatch(of: #/ {6}([a-z-]+)\(([^)]*)\)/#) else { continue }
      let arguments = try match.2.split(separator: ", ").map { argument in
        let isNamed = argument.hasSuffix(" = …")
        let name = String(isNamed ? argument.dropLast(4) : argument)
        let number = try #require(numbers["\(match.1) \(name)"] ?? numbers[name], "\(name)")
        return isNamed ? "\(name) = \(number)" : number
      }
      ways.append("\(match.1)(\(arguments.joined(separator: ", ")))")
    }
    #expect(ways.count >= 12)
    let lines = ways.enumerated().map { "p\($0.offset): \($0.element)" }
    let sum = ways.indices.map { "p\($0)" }.joined(separator: " + ")
    try workplace.write(
      scenario(lines.joined(separator: "\n  "), rest: "outputs:\n  y: \(sum)"), to: "all.yaml")
    let outcome = try workplace.simulate("validate", "all.yaml")
    #expect(outcome.code == 0, "\(outcome)")
  }
}
