// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Every scenario against its naive reference, and the Norwegian report cell by cell.
@Suite struct ScenarioFiguresTests {
  private static func scenario(_ name: String) throws -> Scenario {
    try ScenarioReader.read(path: repository.appending(path: "scenarios/\(name).yaml").path)
  }

  private static func table(_ name: String) throws -> [[String: String]] {
    let text = try String(
      contentsOf: repository.appending(path: "Tests/References/\(name).csv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { cells(String($0)) }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  // MARK: The report

  /// 68 of the 69 printed cells come out to their printed digits. The other is the base of "rent
  /// 2 000", printed −5.9, which the report's own rule makes −5.83.
  @Test func theReportIsReplayed() throws {
    let result = try BaseResult(Self.scenario("norway-report"))
    let rows = Dictionary(
      result.rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var agreed = 0
    var others: [String] = []
    let cells = try Self.table("norway_report_cells")
    for cell in cells {
      let variant = try #require(cell["variant"])
      let output = try #require(cell["output"])
      let row = try #require(rows[variant.isEmpty ? output : "\(output) [\(variant)]"], "\(cell)")
      let value: Double =
        try {
          switch cell["case"] {
          case "base": return row.base
          case "low": return row.low
          case "high": return row.high
          default: throw CocoaError(.formatting)
          }
        }() * #require(Double(cell["factor"] ?? ""))
      let printed = try #require(Double(cell["printed"] ?? ""))
      let digits = try #require(Int(cell["digits"] ?? ""))
      // Half a unit of the last printed digit, and the rounding of doubles at exact ties.
      let half = 0.5 * pow(10, Double(-digits))
      if abs(value - printed) <= half * (1 + 1e-9) {
        agreed += 1
      } else {
        others.append(
          "\(cell["table"] ?? "") \(cell["row"] ?? "") \(cell["column"] ?? ""): \(value)")
      }
    }
    #expect(cells.count == 69)
    #expect(
      others.count == 1 && others[0].hasPrefix("6-5 rent 2 000 NOK/m2 base: -5.8"), "\(others)")
    #expect(agreed == cells.count - 1, "\(agreed) of \(cells.count) cells agree")
  }

  // MARK: Figures of the naive references

  /// All means, percentiles and probabilities within 5 standard errors of both sides together. Some
  /// 3 600 correlated figures with fixed seeds: chance alone would fail one seed in about 500.
  @Test(
    arguments: [
      "chemotherapy", "norway-readings", "norway-perspectives", "norway-users", "norway-evidence",
      "sweden-rollout",
    ])
  func figuresAgree(name: String) throws {
    let iterations = 100_000
    let scenario = try Self.scenario(name)
    let plan = try scenario.compiled()
    let result = try Simulation(
      plan, settings: .init(seed: scenario.run.seed, iterations: iterations, workers: 2)
    ).run()
    var found: [String: OutputSummary] = [:]
    for (output, summary) in zip(plan.outputs, result.outputs) {
      let scenarioCase = scenario.cases[output.modelCase]
      let perspective = output.cases == nil ? scenarioCase.perspective ?? "" : ""
      let labels = output.labels.map { "\($0.dimension)=\($0.label)" }.joined(separator: " ")
      found["\(output.name)|\(scenarioCase.variant ?? "")|\(perspective)|\(labels)"] = summary
    }
    let rows = try Self.table("scenario_figures").filter { $0["scenario"] == name }
    #expect(rows.count > 20)
    for row in rows {
      let labels = row["label"] == "" ? "" : "\(row["dimension"] ?? "")=\(row["label"] ?? "")"
      let key =
        "\(row["output"] ?? "")|\(row["variant"] ?? "")|\(row["perspective"] ?? "")|\(labels)"
      let summary = try #require(found[key], "no \(key)")
      let statistic = try #require(row["statistic"])
      let value = try #require(Double(row["value"] ?? ""))
      let error = Double(row["standard_error"] ?? "") ?? 0
      guard let (ours, oursError) = Self.figure(summary, statistic, iterations) else { continue }
      let limit = 5 * (error * error + oursError * oursError).squareRoot() + 1e-9 * abs(value)
      #expect(
        abs(ours - value) <= limit, "\(key) \(statistic): \(ours) for \(value), limit \(limit)")
    }
  }

  /// A figure with its standard error; `nil` for percentiles that the output does not report.
  private static func figure(_ summary: OutputSummary, _ statistic: String, _ iterations: Int)
    -> (Double, Double)?
  {
    switch statistic {
    case "mean":
      return (summary.moments.mean, summary.moments.monteCarloStandardError ?? 0)
    case "p_positive":
      return summary.positive.value.map { value in
        (
          value,
          max((value * (1 - value) / Double(iterations)).squareRoot(), 1 / Double(iterations))
        )
      }
    default:
      guard let percent = Double(statistic.dropFirst()),
        let percentile = summary.percentiles.first(where: {
          abs($0.probability - percent / 100) < 1e-12
        }), let lower = percentile.lower, let upper = percentile.upper
      else { return nil }
      return (percentile.value, (upper - lower) / (2 * 1.959963984540054))
    }
  }

  /// The base case at the parameters' means, and the published table of decisions.
  @Test func chemotherapyAtItsMeans() throws {
    let result = try BaseResult(Self.scenario("chemotherapy"))
    let values = Dictionary(
      result.rows.map { ($0.name, $0.base) }, uniquingKeysWith: { first, _ in first })
    let cost = try #require(values["incremental_cost"])
    let effect = try #require(values["incremental_effect"])
    #expect(abs(cost / effect - 18_279.6) < 0.05)
  }
}
