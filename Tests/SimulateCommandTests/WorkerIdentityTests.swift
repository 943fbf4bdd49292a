// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// The same file, seed and iterations give the same bytes, whatever does the work.
@Suite struct WorkerIdentityTests {
  private static let workers = [1, 2, 3, 5, 8, 1000]

  /// A result folder's files, with the manifest's `host`, `workers` and `seconds` taken out.
  private func result(
    _ workplace: Workplace, _ output: String, _ arguments: [String], scenario: String
  ) throws -> [String: [UInt8]] {
    let outcome = try workplace.simulate(
      ["run", scenario, "--quiet", "--output", output] + arguments)
    try #require(outcome.code == 0, "\(outcome)")
    let name = URL(filePath: scenario).deletingPathExtension().lastPathComponent
    var files: [String: [UInt8]] = [:]
    for path in workplace.content where path.hasPrefix("\(output)/\(name)/") {
      files[String(path.split(separator: "/").last ?? "")] = try workplace.bytes(path)
    }
    let data = Data(try #require(files["manifest.json"]))
    var manifest = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in ["host", "workers", "seconds"] {
      #expect(manifest.removeValue(forKey: key) != nil, "\(key)")
    }
    let rest = try JSONSerialization.data(withJSONObject: manifest, options: .sortedKeys)
    files["manifest.json"] = Array(rest)
    return files
  }

  /// 200 001 iterations go past the pilot and end in a short block; 1 000 workers outnumber the blocks.
  @Test(arguments: [
    ["--iterations", "200001"], ["--iterations", "20001", "--draws"],
    ["--iterations", "70001", "--method", "latin-hypercube"],
    ["--iterations", "70001", "--method", "sobol"],
    ["--iterations", "70001", "--method", "antithetic"],
  ])
  func anyWorkersGiveTheSameBytes(_ arguments: [String]) throws {
    let workplace = try Workplace()
    let reference = try result(workplace, "first", arguments, scenario: norwayScenario)
    #expect(reference.count == (arguments.contains("--draws") ? 10 : 9))
    #expect(reference.values.allSatisfy { $0.count > 200 })
    for count in Self.workers {
      let other = try result(
        workplace, "w\(count)", arguments + ["--workers", "\(count)"], scenario: norwayScenario)
      for (name, bytes) in reference {
        #expect(other[name] == bytes, "\(name) with \(count) workers")
      }
      #expect(other.count == reference.count)
    }
  }

  /// Few draws give the same first rows as many.
  @Test func iterationsAreAddressed() throws {
    let workplace = try Workplace()
    let few = try result(
      workplace, "few", ["-i", "1000", "--draws"], scenario: norwayScenario)
    let many = try result(
      workplace, "many", ["-i", "70000", "--draws"], scenario: norwayScenario)
    let (short, long) = (try #require(few["draws.csv"]), try #require(many["draws.csv"]))
    #expect(long.count > short.count && long.starts(with: short))
  }

  /// Outputs that strain the search for percentiles: ties, few values, far tails, extreme scales.
  @Test func hardOutputsToo() throws {
    let workplace = try Workplace()
    try workplace.write(
      scenario(
        "x: gamma(shape = 0.05, scale = 1)\n  n: normal(0, 1)",
        rest: """
          outputs:
            tiny: x
            ties: round(n)
            rare: if(n > 3.5, 1, 0)
            huge: exp(60 * n)
            same: 3 + 0 * n
            ends: {value: n, percentiles: [0, 0.001, 50, 99.999, 100]}
            bins: {value: n, histogram: {bins: 7, from: -1, to: 2}}
            none: {value: n, histogram: none}
          """), to: "hard.yaml")
    let reference = try result(
      workplace, "first", ["-i", "200001", "--workers", "1"], scenario: "hard.yaml")
    for count in Self.workers {
      let other = try result(
        workplace, "w\(count)", ["-i", "200001", "--workers", "\(count)"], scenario: "hard.yaml")
      for (name, bytes) in reference {
        #expect(other[name] == bytes, "\(name) with \(count) workers")
      }
    }
  }

  @Test func seedAndIterationsCanBeOverridden() throws {
    let workplace = try Workplace()
    try workplace.write(
      scenario(top: "run: {seed: 7, iterations: 3 000}"), to: "case.yaml")
    let stated = try result(workplace, "a", [], scenario: "case.yaml")
    let same = try result(workplace, "b", ["--seed", "7", "-i", "3e3"], scenario: "case.yaml")
    #expect(stated == same)
    let manifest = String(decoding: try #require(stated["manifest.json"]), as: UTF8.self)
    #expect(manifest.contains("\"seed\":7") && manifest.contains("\"iterations\":3000"))

    var seen: Set<[UInt8]> = [try #require(stated["summary.csv"])]
    for seed in ["0", "8", "18446744073709551615"] {
      let other = try result(workplace, "s\(seed)", ["--seed", seed], scenario: "case.yaml")
      seen.insert(try #require(other["summary.csv"]))
      #expect(String(decoding: try #require(other["manifest.json"]), as: UTF8.self).contains(seed))
      #expect(other["resolved.csv"] == stated["resolved.csv"])
    }
    #expect(seen.count == 4, "four seeds, four results")
    let fewer = try result(workplace, "c", ["--iterations", "2_999"], scenario: "case.yaml")
    #expect(fewer["summary.csv"] != stated["summary.csv"])
    #expect(try workplace.table("c/case/summary.csv").column("iterations") == ["2999"])
  }

  /// The hash in the manifest is that of the file, by another program.
  @Test func manifestNamesTheFile() throws {
    let workplace = try Workplace()
    for length in [0, 1, 54, 55, 56, 63, 64, 65, 1000] {
      let text = scenario() + "# " + String(repeating: "å", count: length) + "\n"
      try workplace.write(text, to: "case.yaml")
      let files = try result(workplace, "out", ["-i", "100"], scenario: "case.yaml")
      let sum = try workplace.shell("sha256sum case.yaml").output.prefix(64)
      #expect(sum.count == 64)
      let manifest = String(decoding: try #require(files["manifest.json"]), as: UTF8.self)
      #expect(manifest.contains("\"sha256\":\"\(sum)\""), "\(length)")
    }
  }
}
