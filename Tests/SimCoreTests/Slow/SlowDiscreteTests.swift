// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Chi-square tests of 10⁶ draws of every discrete law of the reference, seed 20260101.
///
/// False alarms: 1e-6 for each law and side, 1.6e-4 for all 79.
@Suite(.enabled(if: SlowSuite.isEnabled, SlowSuite.comment))
struct SlowDiscreteTests {
  @Test(arguments: DiscreteReference.laws)
  func chiSquare(law: DiscreteReference.Law) throws {
    let distribution = try law.distribution()
    let draws = SlowSample.draws(distribution, named: law.testDescription)
    let fit = ChiSquareFit(draws, distribution)
    #expect(fit.probability > 1e-6 && fit.probability < 1 - 1e-6, "\(fit)")
  }
}
