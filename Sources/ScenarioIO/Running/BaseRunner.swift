// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import SimCore

/// Runs a scenario deterministically and writes `base.csv`, `one-way.csv`, `resolved.csv`,
/// `manifest.json`, with a decision `one-way-decision.csv`, and on request `two-way.csv`, `thresholds.csv` and the same of the decision.
public struct BaseRunner: Sendable {
  public let scenario: Scenario
  /// The result folder itself.
  public let folder: String

  public init(_ scenario: Scenario, output: String) {
    self.scenario = scenario
    folder = output + "/" + scenario.name + "-base"
  }

  public func run() throws -> BaseResult {
    let folder = try ResultFolder(destination: folder)
    let result = try BaseResult(scenario)
    try folder.write(BaseTable.csv(result), to: "base.csv")
    if !result.oneWay.isEmpty { try folder.write(OneWayTable.csv(result), to: "one-way.csv") }
    if !result.oneWayDecision.isEmpty {
      try folder.write(OneWayDecisionTable.csv(result), to: "one-way-decision.csv")
    }
    try TwoWayRun(scenario).write(scenario, to: folder)
    try ThresholdRun(scenario)?.write(scenario, to: folder)
    try folder.write(ResolvedTable.csv(scenario), to: "resolved.csv")
    try folder.write(manifest(folder.files), to: "manifest.json")
    try folder.publish()
    return result
  }

  private struct Manifest: Encodable {
    let utfall: String
    let kind: String
    let scenario: [String: String]
    let inputs: [String: String]
    let files: [String]
    let notPriced: [String]
    let warnings: [String]
  }

  private func manifest(_ files: [String]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let manifest = Manifest(
      utfall: Utfall.version, kind: "deterministic",
      scenario: [
        "file": URL(fileURLWithPath: scenario.file).lastPathComponent,
        "sha256": SHA256.hex(scenario.bytes),
      ],
      inputs: scenario.inputHashes, files: files.sorted(), notPriced: scenario.notPriced,
      warnings: scenario.warnings.map(\.description))
    return Array(try encoder.encode(manifest)) + [UInt8(ascii: "\n")]
  }
}

extension Scenario {
  /// SHA-256 of every file the scenario names, by its path.
  var inputHashes: [String: String] {
    Dictionary(
      inputs.map { ($0.path, SHA256.hex($0.bytes)) }, uniquingKeysWith: { first, _ in first })
  }
}
