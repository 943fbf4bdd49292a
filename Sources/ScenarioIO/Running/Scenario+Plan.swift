// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

extension Scenario {
  /// The plan of its model.
  ///
  /// - Throws: `ScenarioError.invalid` with a diagnostic for every fault.
  public func compiled(recordsParameters: Bool = false) throws(ScenarioError) -> Plan {
    do throws(ModelErrors) {
      return try Plan(model, recordsParameters: recordsParameters)
    } catch {
      let diagnostics = error.errors.map { ModelErrorReport.diagnostic($0, self) }
      throw .invalid(diagnostics.sorted { $0.position < $1.position })
    }
  }
}
