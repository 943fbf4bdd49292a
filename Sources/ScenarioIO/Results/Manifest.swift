// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import SimCore

/// `manifest.json`: where a result came from and how it was made. Written last: a folder without it is
/// not a result.
///
/// Reproducibility: `host`, `workers` and `seconds` may differ between equal runs, nothing else.
struct Manifest: Codable {
  struct Source: Codable {
    let file: String
    let sha256: String
    let title: String?
    let source: String?
    let currency: String?
  }

  struct Pass: Codable {
    let reason: String
    let outputs: [String]
  }

  struct Correlation: Codable {
    let parameters: [String]
    let spearman: Double
    let iterations: Int
  }

  /// Stated correlations that contradicted each other, beside the nearest ones, which were used.
  struct AdjustedCorrelation: Codable {
    let parameters: [String]
    let stated: [[Double]]
    let used: [[Double]]
    let largestChange: Double
    let leastEigenvalue: Double

    enum CodingKeys: String, CodingKey {
      case parameters, stated, used
      case largestChange = "largest_change"
      case leastEigenvalue = "least_eigenvalue"
    }

    init?(_ group: CorrelationGroup) {
      guard let adjustment = group.adjustment else { return nil }
      parameters = group.names
      stated = adjustment.stated
      used = adjustment.used
      largestChange = adjustment.largestChange
      leastEigenvalue = adjustment.leastEigenvalue
    }
  }

  /// What `analyse` has to know of `draws.csv`.
  struct RecordedDraws: Codable {
    /// Columns that are outputs, no parameters.
    let outputs: [String]
  }

  struct Environment: Codable {
    let name: String
    let system: String
  }

  struct Times: Codable {
    let started: String
    let compile: Double
    let run: Double
  }

  let utfall: String
  let gsl: String
  /// Version of the rule that addresses random numbers.
  let streams: Int
  let scenario: Source
  let seed: UInt64
  /// Iterations made.
  let iterations: Int
  /// Iterations asked for.
  let requestedIterations: Int
  let stop: Stop?
  /// The first iterations, on which the value of information is estimated; `nil` without a decision.
  let informationIterations: Int?
  let method: String
  /// Independent replicates that error estimates come from; 1 when all iterations are independent.
  let replicates: Int
  let drawnParameters: Int
  let passes: [Pass]
  /// Achieved in the first iterations, for every pair of a correlation group.
  let rankCorrelations: [Correlation]
  /// `nil` where nothing was adjusted.
  let adjustedCorrelations: [AdjustedCorrelation]?
  let files: [String]
  /// `nil` without `draws.csv`.
  let draws: RecordedDraws?
  let notPriced: [String]
  /// What model checks found striking.
  let checks: [String]
  /// SHA-256 of the files that the scenario names.
  let inputs: [String: String]?
  let warnings: [String]
  let workers: Int
  let host: Environment
  let seconds: Times

  enum CodingKeys: String, CodingKey {
    case utfall, gsl, streams, scenario, seed, iterations, stop, method, replicates, passes, files,
      draws, warnings
    case workers, inputs, checks
    case host, seconds
    case requestedIterations = "requested_iterations"
    case informationIterations = "information_iterations"
    case drawnParameters = "drawn_parameters"
    case notPriced = "not_priced"
    case rankCorrelations = "rank_correlations"
    case adjustedCorrelations = "adjusted_correlations"
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
