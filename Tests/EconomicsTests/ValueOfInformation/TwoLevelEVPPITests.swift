// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

@Suite struct TwoLevelEVPPITests {
  /// p1 of `TestColumns.difference` known, 20 inner draws of p2 a half. At 4 MCSE: false-alarm rate 6e-5.
  @Test func `Two levels meet the closed form although inner draws are few`() throws {
    let (outer, inner) = (20_000, 20)
    let p1 = try TestColumns.normal(outer, mean: 1, name: "p1", seed: 31)
    let p2 = try TestColumns.normal(2 * inner * outer, sd: 2, name: "p2", seed: 31)
    let estimates = TwoLevelEVPPI.estimates(
      strategies: 2, willingnessToPay: [1, 0], outer: outer, inner: inner
    ) { k, numbers in
      var sums = TwoLevelEVPPI.InnerSums(strategies: 2)
      for number in numbers {
        sums.add(costs: [0, p2[2 * inner * k + number]], effects: [0, p1[k]])
      }
      return sums
    }
    #expect(abs(estimates[0].evppi - 0.083315471) <= 4 * estimates[0].mcse)
    #expect(estimates[0].mcse < 0.005)
    // Without the halves the estimate is too high by more than its error.
    #expect(estimates[0].bias > 0.01)
    // At a willingness to pay of 0 the known parameter is of no account; the decision is even there, the
    // hardest case for the correction.
    #expect(estimates[1].evppi < 0.35 * (estimates[1].evppi + estimates[1].bias) + 0.05)
    #expect(estimates[1].outerDraws == outer)
  }

  @Test func `One outer value for all gives nothing`() {
    let estimates = TwoLevelEVPPI.estimates(
      strategies: 2, willingnessToPay: [1e6], outer: 5, inner: 3
    ) { _, numbers in
      var sums = TwoLevelEVPPI.InnerSums(strategies: 2)
      for _ in numbers { sums.add(costs: [1e9, 1e9 + 1], effects: [1, 2]) }
      return sums
    }
    #expect(estimates[0].evppi == 0 && estimates[0].mcse == 0 && estimates[0].bias == 0)
  }
}
