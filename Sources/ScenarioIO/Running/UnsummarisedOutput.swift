// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// An output whose values are numbers, but so large that their mean or variance is none. Exit code 70.
public struct UnsummarisedOutput: Error, Sendable {
  public let message: String

  static func check(_ result: RunResult, _ plan: Plan, _ scenario: Scenario)
    throws(UnsummarisedOutput)
  {
    for (item, summary) in zip(plan.outputs, result.outputs) {
      let output = scenario.outputs[item.index]
      let moments = summary.moments
      guard !moments.mean.isFinite || moments.standardDeviation?.isFinite == false else { continue }
      let most = max(abs(moments.minimum), abs(moments.maximum))
      throw UnsummarisedOutput(
        message: "\(output.position.text(in: scenario.file)): error: output "
          + "\(Excerpt.quoted(item.fullName)) "
          + "reaches \(ReadableNumber.string(most)), too large for a standard deviation; expected values "
          + "below about 1e150. Check the units in its formula. Nothing was written.")
    }
  }
}
