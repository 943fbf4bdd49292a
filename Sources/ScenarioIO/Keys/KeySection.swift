// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of a scenario file with keys of its own.
package enum KeySection: String, Sendable, CaseIterable {
  case scenario
  case includedFile
  case run
  case dimension
  case parameter
  case member
  case data
  case labelTable
  case parameterTable
  case sheetColumns
  case rows
  case correlation
  case variable
  case line
  case output
  case histogram
  case perspective
  case variant
  case otherParameter
  case otherRule
  case decision
  case willingnessToPay
  case population
  case oneWay
  case stop
  case dirichlet
  case multinomial
  case multivariateNormal
  case matrix
  case study
  case twoLevel
  case points
  case series
  case thresholds
  case sobolIndices

  package var keys: [ScenarioKey] { Self.all[self] ?? [] }

  /// Names of the keys, in the order of the documentation.
  var names: [String] { Self.allNames[self] ?? [] }

  private static let allNames = all.mapValues { $0.map(\.name) }

  private static let all: [KeySection: [ScenarioKey]] = [
    .scenario: ScenarioKeys.scenario,
    .includedFile: ScenarioKeys.includedFile,
    .run: ScenarioKeys.run,
    .dimension: ScenarioKeys.dimension,
    .parameter: ScenarioKeys.parameter,
    .member: ScenarioKeys.member,
    .data: ScenarioKeys.data,
    .labelTable: ScenarioKeys.labelTable,
    .parameterTable: ScenarioKeys.parameterTable,
    .sheetColumns: ScenarioKeys.sheetColumns,
    .rows: ScenarioKeys.rows,
    .correlation: ScenarioKeys.correlation,
    .variable: ScenarioKeys.variable,
    .line: ScenarioKeys.line,
    .output: ScenarioKeys.output,
    .histogram: ScenarioKeys.histogram,
    .perspective: ScenarioKeys.perspective,
    .variant: ScenarioKeys.variant,
    .otherParameter: ScenarioKeys.otherParameter,
    .otherRule: ScenarioKeys.rule,
    .decision: ScenarioKeys.decision,
    .willingnessToPay: ScenarioKeys.willingnessToPay,
    .population: ScenarioKeys.population,
    .oneWay: ScenarioKeys.oneWay,
    .stop: ScenarioKeys.stop,
    .dirichlet: ScenarioKeys.dirichlet,
    .multinomial: ScenarioKeys.multinomial,
    .multivariateNormal: ScenarioKeys.multivariateNormal,
    .matrix: ScenarioKeys.matrix,
    .study: ScenarioKeys.study,
    .twoLevel: ScenarioKeys.twoLevel,
    .points: ScenarioKeys.points,
    .series: ScenarioKeys.series,
    .thresholds: ScenarioKeys.thresholds,
    .sobolIndices: ScenarioKeys.sobolIndices,
  ]
}

/// The declarations, in files by subject.
enum ScenarioKeys {}
