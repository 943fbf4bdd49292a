// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics
internal import Foundation

/// `manifest.json` of an analysis of draws made elsewhere.
///
/// Reproducibility: `host` and `seconds` may differ between equal analyses, nothing else.
struct AnalysisManifest: Encodable {
  struct Source: Encodable {
    let file: String
    let sha256: String
    let rows: Int
    let columns: Int
    let separator: String
    let decimal: String
  }

  struct Persons: Encodable {
    let incidence: [Double]
    let uptake: [Double]
    let horizon: Int
    let discountRate: Double
    let effective: Double
  }

  struct Environment: Encodable {
    let name: String
    let system: String
  }

  struct Times: Encodable {
    let started: String
    let read: Double
    let analyse: Double
  }

  let utfall: String
  let command = "analyse"
  let sources: [Source]
  let iterations: Int
  let strategies: [String]
  let comparator: String
  let parameters: [String]
  let willingnessToPay: [Double]
  let population: Persons?
  let currency: String
  let effectUnit: String
  let files: [String]
  let warnings: [String]
  let host: Environment
  let seconds: Times

  enum CodingKeys: String, CodingKey {
    case utfall, command, sources, iterations, strategies, comparator, parameters, population
    case currency, files, warnings, host, seconds
    case willingnessToPay = "willingness_to_pay"
    case effectUnit = "effect_unit"
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}

extension AnalysisManifest.Persons {
  init(_ population: Population) {
    incidence = population.incidence
    uptake = population.uptake
    horizon = population.horizon
    discountRate = population.discountRate
    effective = population.effective
  }
}
