// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The kernels' own exponential and logistic function against exponential.csv.
@Suite struct VectorExponentialTests {
  static let rows: [[Double]] = {
    guard let table = try? SummaryReference("exponential.csv") else { return [] }
    return table.rows.map { $0.compactMap { Double($0) } }
  }()

  @Test func withinOneUnitInTheLastPlace() {
    #expect(Self.rows.count > 1500)
    var worst = (exp: 0.0, logistic: 0.0)
    for row in Self.rows {
      worst.exp = max(worst.exp, abs(VectorExponential.exp(row[0]) - row[1]) / row[1].ulp)
      worst.logistic = max(
        worst.logistic, abs(VectorExponential.logistic(row[0]) - row[2]) / row[2].ulp)
    }
    // Of correctly rounded values: no more than one double off.
    #expect(worst.exp <= 1, "\(worst)")
    #expect(worst.logistic <= 2, "\(worst)")
  }

  @Test func edges() {
    #expect(VectorExponential.exp(0) == 1 && VectorExponential.exp(-0.0) == 1)
    #expect(VectorExponential.exp(.infinity) == .infinity)
    #expect(VectorExponential.exp(-.infinity) == 0 && VectorExponential.exp(-746) == 0)
    #expect(VectorExponential.exp(709.79) == .infinity)
    #expect(VectorExponential.exp(-744) == .leastNonzeroMagnitude * 2)
    #expect(VectorExponential.exp(.nan).isNaN && VectorExponential.logistic(.nan).isNaN)
    #expect(VectorExponential.logistic(0) == 0.5)
    #expect(VectorExponential.logistic(800) == 1 && VectorExponential.logistic(-800) == 0)
  }
}
