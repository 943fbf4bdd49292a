// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Every figure of `simulate analyse` against base R on the same draws (Tests/References/decision.R).
@Suite struct AnalyseReferenceTests {
  private static let draws = repository.appending(path: "Tests/References/decision_draws.csv").path
  private static let files = ["incremental", "nmb", "ceac", "expected-loss", "evpi"]

  private func analysis() throws -> Workplace {
    let workplace = try Workplace()
    let outcome = try workplace.simulate(
      "analyse", Self.draws, "--wtp", "0,12500,20000,27000,50000", "--comparator", "A",
      "--currency", "NOK", "--effect-unit", "QALY", "--incidence", "1200,1100,1000", "--uptake",
      "0.2,0.5,0.8", "--horizon", "3", "--discount-rate", "0.04", "--output", "out")
    try #require(outcome.code == 0, "\(outcome)")
    #expect(outcome.errors.isEmpty, "\(outcome)")
    return workplace
  }

  /// Rows by what they are a figure of.
  private func rows(_ table: CSVTable) -> [[String]: [String: String]] {
    var result: [[String]: [String: String]] = [:]
    for row in table.rows {
      let fields = Dictionary(uniqueKeysWithValues: zip(table.header, row))
      // Who dominates whom is not in the reference.
      let comparator = fields["figure"] == "standing" ? "" : fields["comparator"] ?? ""
      let key = [
        fields["figure"] ?? "", fields["strategy"] ?? "", comparator, fields["wtp"] ?? "",
      ]
      #expect(result[key] == nil, "two rows \(key)")
      result[key] = fields
    }
    return result
  }

  @Test func `Every figure and every error is that of base R`() throws {
    let workplace = try analysis()
    var ours: [[String]: [String: String]] = [:]
    for file in Self.files {
      ours.merge(rows(try workplace.table("out/\(file).csv"))) { first, _ in first }
    }
    let url = repository.appending(path: "Tests/References/decision.csv")
    let reference = try CSVTable(Array(try Data(contentsOf: url)))
    let expected = rows(reference)
    #expect(expected.count == reference.rows.count && expected.count > 400)
    #expect(Set(ours.keys) == Set(expected.keys))
    for (key, row) in expected {
      let own = try #require(ours[key], "\(key)")
      if let reading = own["reading"] { #expect(reading == row["reading"], "\(key)") }
      for (name, ownName) in [
        ("value", "value"), ("mcse", "mcse"), ("low", "mc95_low"), ("high", "mc95_high"),
      ] {
        let (text, ownText) = (row[name] ?? "", own[ownName] ?? "")
        #expect(text.isEmpty == ownText.isEmpty, "\(key) \(name): \(text) and \(ownText)")
        guard let value = Double(text), let ownValue = Double(ownText) else { continue }
        // Means of differences lose digits of the columns' size, in R too.
        let tolerance = 1e-9 * abs(value) + (key[0].hasSuffix("bias") ? 1e-9 : 1e-12)
        #expect(abs(ownValue - value) <= tolerance, "\(key) \(name): \(ownValue), R \(value)")
      }
    }
  }

  @Test func `The plane holds every draw where there are few`() throws {
    let workplace = try analysis()
    let plane = try workplace.table("out/ce-plane.csv")
    #expect(plane.rows.count == 4 * 2000)
    #expect(Set(try plane.column("every")) == ["1"])
    let draws = try CSVTable(Array(try Data(contentsOf: URL(filePath: Self.draws))))
    let costs = zip(try draws.numbers("cost:E"), try draws.numbers("cost:A")).map { $0 - $1 }
    let ours = zip(try plane.column("strategy"), try plane.numbers("incremental_cost"))
      .filter { $0.0 == "E" }.map(\.1)
    #expect(ours == costs)
  }

  @Test func `No column is just called an interval and every figure has its error`() throws {
    let workplace = try analysis()
    for file in Self.files {
      let table = try workplace.table("out/\(file).csv")
      #expect(!table.header.contains { $0.lowercased() == "ci" })
      for row in table.rows {
        let fields = Dictionary(uniqueKeysWithValues: zip(table.header, row))
        // An estimate of a bias is itself an error.
        if fields["value"]?.isEmpty == true || fields["figure"] == "evpi_bias" { continue }
        #expect(fields["mcse"]?.isEmpty == false, "\(fields)")
      }
    }
  }
}
