// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import Foundation

/// Analyses draws made elsewhere and writes the result folder.
public struct AnalysisRunner: Sendable {
  /// Where the draws are.
  public enum Input: Sendable {
    case wide(path: String, columns: ColumnNames)
    case three(parameters: String?, costs: String, effects: String, ignored: Set<String>)

    var paths: [String] {
      switch self {
      case .wide(let path, _): [path]
      case .three(let parameters, let costs, let effects, _):
        [costs, effects] + (parameters.map { [$0] } ?? [])
      }
    }
  }

  public let input: Input
  public let format: TableFormatChoice
  public let decision: DecisionSettings
  public let information: InformationRequest
  /// The result folder itself.
  public let output: String

  public init(
    _ input: Input, format: TableFormatChoice, decision: DecisionSettings,
    information: InformationRequest = InformationRequest(), output: String
  ) {
    self.input = input
    self.format = format
    self.decision = decision
    self.information = information
    self.output = output
  }

  /// Reads the draws, computes every figure and writes the result folder; all of it or nothing.
  ///
  /// - Throws: `ScenarioError`, `DecisionError` or `OutputError`.
  public func run() throws -> AnalysisResult {
    let started = Date()
    let clock = ContinuousClock()
    let begin = clock.now
    try refuseOwnInput()
    let imported = try read()
    try information.check(imported.draws)
    let folder = try ResultFolder(destination: output)
    let readTime = clock.now
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let groups = [DecisionGroup(draws: imported.draws)]
    let tables = try DecisionTables(groups: groups, decision: decision, workers: workers)
    try tables.write(to: folder)
    try InformationValues(
      tables, groups, named: information.groups, joint: JointColumns([]), workers: workers
    ).write(to: folder)
    let studies = try StudyValues(
      tables, groups, studies: information.studies, seed: information.seed)
    try studies.write(to: folder)
    let end = clock.now
    let manifest = manifest(
      imported, tables, files: folder.files,
      .init(
        started: started.ISO8601Format(), read: (readTime - begin).seconds,
        analyse: (end - readTime).seconds))
    try folder.write(manifest.json(), to: "manifest.json")
    try folder.publish()
    return AnalysisResult(
      imported: imported, tables: tables, optima: try studies.optima(), folder: output,
      seconds: (end - begin).seconds)
  }

  private func read() throws(ScenarioError) -> ImportedDraws {
    switch input {
    case .wide(let path, let columns):
      try DrawsImporter.wide(path: path, columns: columns, format: format)
    case .three(let parameters, let costs, let effects, let ignored):
      try DrawsImporter.three(
        parameters: parameters, costs: costs, effects: effects, ignored: ignored, format: format)
    }
  }

  /// The result would replace the folder that holds the draws, and the draws with it.
  private func refuseOwnInput() throws(OutputError) {
    func resolved(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
    let folder = resolved(output)
    for path in input.paths where resolved(path).hasPrefix(folder + "/") {
      throw OutputError(
        path: output,
        reason: "the folder holds \(path), which would be replaced; choose another --output")
    }
  }

  private func manifest(
    _ imported: ImportedDraws, _ tables: DecisionTables, files: [String],
    _ times: AnalysisManifest.Times
  ) -> AnalysisManifest {
    let analysis = tables.groups[0].analysis
    return AnalysisManifest(
      utfall: Utfall.version,
      sources: imported.sources.map {
        .init(
          file: URL(fileURLWithPath: $0.file).lastPathComponent, sha256: $0.sha256, rows: $0.rows,
          columns: $0.columns, separator: $0.format.separator.rawValue,
          decimal: $0.format.decimal.rawValue)
      },
      iterations: analysis.draws.count, strategies: analysis.draws.strategies,
      comparator: analysis.draws.strategies[analysis.comparator],
      parameters: analysis.draws.parameters.map(\.name),
      willingnessToPay: analysis.willingnessToPay,
      population: decision.population.map { .init($0) },
      currency: decision.currency, effectUnit: decision.effectUnit, files: files.sorted(),
      warnings: imported.warnings,
      host: .init(
        name: ProcessInfo.processInfo.hostName,
        system: ProcessInfo.processInfo.operatingSystemVersionString),
      seconds: times)
  }
}

/// A finished analysis.
public struct AnalysisResult: Sendable {
  public let imported: ImportedDraws
  public let tables: DecisionTables
  /// The best size of every study with a cost.
  let optima: [StudyValues.Optimum]
  public let folder: String
  public let seconds: Double
}
