// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import SimCore

/// Where a result came from and how it was made.
extension ScenarioRunner {
  /// Columns of draws.csv that are outputs: one that reports a parameter under its own name is a parameter.
  private func drawnOutputs(_ plan: Plan) -> [String] {
    let parameters = Set(plan.recordedParameters)
    return plan.outputs.map(SeriesColumns(scenario).drawsName).filter { !parameters.contains($0) }
  }

  func manifest(
    _ simulation: Simulation, _ result: RunResult, files: [String], _ times: Manifest.Times,
    _ stopped: StopRecord?, _ checks: ModelChecks, informationIterations: Int?
  ) -> Manifest {
    Manifest(
      utfall: Utfall.version, gsl: GSL.version, streams: StreamAddress.version,
      scenario: .init(
        file: URL(fileURLWithPath: scenario.file).lastPathComponent,
        sha256: SHA256.hex(scenario.bytes), title: scenario.title, source: scenario.source,
        currency: scenario.currency),
      seed: seed, iterations: iterations, requestedIterations: requestedIterations,
      stop: stopped.map { Manifest.Stop($0) }, informationIterations: informationIterations,
      method: method.rawValue,
      replicates: simulation.settings.replicates,
      drawnParameters: simulation.plan.drawnParameterCount,
      passes: result.passes.map { .init(reason: $0.reason.rawValue, outputs: $0.outputs) },
      rankCorrelations: simulation.achievedRankCorrelations().map {
        .init(parameters: [$0.first, $0.second], spearman: $0.spearman, iterations: $0.iterations)
      },
      adjustedCorrelations: scenario.model.correlations.contains { $0.adjustment != nil }
        ? scenario.model.correlations.compactMap(Manifest.AdjustedCorrelation.init) : nil,
      files: files.sorted(),
      draws: options.draws ? .init(outputs: drawnOutputs(simulation.plan)) : nil,
      notPriced: scenario.notPriced,
      checks: checks.warnings.map { $0.line(scenario) },
      inputs: scenario.inputHashes.isEmpty ? nil : scenario.inputHashes,
      warnings: scenario.warnings.map(\.description), workers: options.workers,
      host: .init(
        name: ProcessInfo.processInfo.hostName,
        system: ProcessInfo.processInfo.operatingSystemVersionString),
      seconds: times)
  }
}
