// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ScenarioIO

/// The scenario files of one call.
enum ScenarioFiles {
  /// Reads all files before anything runs; the problems of all are reported together.
  static func readAll(_ paths: [String]) throws -> [Scenario] {
    var scenarios: [Scenario] = []
    var errors: [ScenarioError] = []
    for path in paths {
      do throws(ScenarioError) {
        scenarios.append(try ScenarioReader.read(path: path))
      } catch {
        errors.append(error)
      }
    }
    if !errors.isEmpty { throw ScenarioErrors(errors: errors) }
    return scenarios
  }

  static func printWarnings(_ scenarios: [Scenario]) {
    for warning in scenarios.flatMap(\.warnings) { Terminal.printError(warning.description) }
  }
}

/// The problems of several files.
struct ScenarioErrors: Error {
  let errors: [ScenarioError]
}
