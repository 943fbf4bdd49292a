// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// The scenarios' units, checked by a second way that knows nothing of formulas: when every parameter is
/// stated in a unit 1024 times smaller, every result has to follow its own unit.
@Suite struct UnitScalingTests {
  static let names = [
    "chemotherapy", "norway-evidence", "norway-exercise", "norway-perspectives", "norway-readings",
    "norway-report", "norway-users", "sweden-rollout",
  ]
  private static let factor = 1024.0

  private func text(_ name: String) throws -> String {
    try String(
      contentsOf: repository.appending(path: "scenarios/\(name).yaml"), encoding: .utf8)
  }

  private func read(_ text: String, _ name: String) throws -> Scenario {
    try ScenarioReader.read(
      text: text, file: repository.appending(path: "scenarios/\(name).yaml").path)
  }

  @Test(arguments: names)
  func everyQuantityHasAUnit(_ name: String) throws {
    let scenario = try read(text(name), name)
    let quantities =
      scenario.parameters.map(\.name) + scenario.rows.flatMap { $0.columns.map(\.name) }
      + scenario.variables.map(\.name) + scenario.lines.map(\.name)
      + scenario.outputs.map(\.name)
    #expect(quantities.filter { scenario.units[$0] == nil } == [])
  }

  /// A unit that a variant changes, with the outputs that have it.
  private struct Change {
    let base: UnitBase
    let variant: String
    /// Powers of the unit, by parameter.
    let powers: [String: Int]
  }

  @Test(arguments: names)
  func resultsFollowTheirUnits(_ name: String) throws {
    let text = try Self.withoutQuantities(self.text(name))
    let scenario = try read(text, name)
    let home = try #require(scenario.currency.map { try UnitReader.read($0).unit.factors[0].base })
    func powers(_ text: String?) throws -> [UnitBase: Int] {
      guard let text else { return [:] }
      var result: [UnitBase: Int] = [:]
      for factor in try UnitReader.read(text).unit.factors {
        let base = factor.base == UnitBase(home.name) ? home : factor.base
        try #require(factor.twelfths % 12 == 0)
        result[base, default: 0] += factor.twelfths / 12
      }
      return result
    }
    var fixed = try Self.fixedUnits(text, name)
    for column in scenario.rows.flatMap(\.columns) { fixed.formUnion(try powers(column.unit).keys) }
    var byBase: [UnitBase: [String: Int]] = [:]
    for parameter in scenario.parameters {
      for (base, power) in try powers(parameter.unit) where !fixed.contains(base) {
        byBase[base, default: [:]][parameter.name] = power
      }
    }
    let changes = byBase.sorted { $0.key.text < $1.key.text }.enumerated().map {
      Change(base: $1.key, variant: "rescaled_\($0)", powers: $1.value)
    }
    try #require(changes.count >= 2)
    let changed = try read(Self.text(text, with: changes), name)
    let plan = try changed.compiled()
    let result = try Simulation(plan, settings: .init(seed: 1, iterations: 64, workers: 1)).run()
    var means: [String: [String: Double]] = [:]
    for (output, summary) in zip(plan.outputs, result.outputs) {
      let place = changed.cases[output.modelCase]
      means[place.variant ?? "", default: [:]][
        "\(output.fullName) \(place.perspective ?? "")"] = summary.moments.mean
    }
    let unchanged = try #require(means[""])
    var moved = 0
    for change in changes {
      let rows = try #require(means[change.variant])
      for output in changed.outputs {
        let power = try powers(changed.units.text(of: output))[change.base] ?? 0
        if power != 0 { moved += 1 }
        for (row, mean) in unchanged
        where row.hasPrefix(output.name + " ") || row.hasPrefix(output.name + "[") {
          let expected = mean * pow(Self.factor, Double(power))
          let found = try #require(rows[row])
          #expect(
            abs(found - expected) <= 1e-12 * abs(expected),
            "\(name), \(change.base.text): \(row) is \(found), expected \(expected)")
        }
      }
    }
    #expect(moved >= 2)
  }

  // MARK: Changed scenarios

  /// Numbers with units become parameters, so that they can be rescaled.
  private static func withoutQuantities(_ text: String) throws -> String {
    var result = text
    var parameters = ""
    var count = 0
    while let match = result.firstMatch(of: #/\b([0-9.]+)\[([^\]=]+)\]/#) {
      count += 1
      parameters += "  literal_\(count): {value: \(match.1), unit: \(match.2)}\n"
      result.replaceSubrange(match.range, with: "literal_\(count)")
    }
    return result.replacing("\nparameters:\n", with: "\nparameters:\n" + parameters)
  }

  /// Units of the labels of dimensions, and those in which a formula rounds to a number.
  private static func fixedUnits(_ text: String, _ name: String) throws -> Set<UnitBase> {
    var fixed: Set<UnitBase> = []
    for match in text.matches(of: #/\n    unit: (\w+)\n(?=  \w+:|\n|    )/#) {
      let head = text[..<match.range.lowerBound]
      if head.contains("\nparameters:") { continue }
      fixed.insert(UnitBase(String(match.1)))
    }
    if name == "norway-report" {
      fixed.formUnion([UnitBase("NOK", priceYear: 2018), UnitBase("user")])
    }
    return fixed
  }

  private static func text(_ text: String, with changes: [Change]) -> String {
    var variants = ""
    for change in changes {
      variants += "  \(change.variant):\n    scale:\n"
      for (name, power) in change.powers.sorted(by: { $0.key < $1.key }) {
        variants += "      \(name): \(pow(factor, Double(power)))\n"
      }
    }
    return text.contains("\nvariants:\n")
      ? text.replacing("\nvariants:\n", with: "\nvariants:\n" + variants)
      : text.replacing("\noutputs:\n", with: "\nvariants:\n\(variants)\noutputs:\n")
  }
}
