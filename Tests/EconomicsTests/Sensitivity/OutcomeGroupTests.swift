// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import Testing

/// Figures of several outcomes at once are those of each by itself, bit for bit.
@Suite struct OutcomeGroupTests {
  @Test(arguments: 1...4)
  func `Four outcomes at once give the bits of one after the other`(count: Int) throws {
    let draws = 3001
    let x = try TestColumns.normal(draws, name: "x", seed: 3)
    var columns = try (0..<count).map { index in
      let own = try TestColumns.normal(draws, name: "y\(index)", seed: 4)
      return zip(x, own).map { 1e3 + Double(index) * $0 + $1 }
    }
    // One that is constant, with others beside it.
    columns[count - 1] = [Double](repeating: 7, count: draws)
    let parameter = ParameterSensitivity(DrawColumn(name: "x", values: x))
    let group = OutcomeGroup(columns)
    #expect(parameter.firstOrderIndices(group) == columns.map { parameter.firstOrderIndex($0) })
    #expect(
      parameter.rankCorrelations(OutcomeGroup(ranks: columns.map { CentredRanks($0) }))
        == columns.map { parameter.rankCorrelation($0) })
    #expect(parameter.conditionalMeans(group) == columns.map { parameter.conditionalMeans($0) })
    // Neither is of a number that sums round, nor hides a small spread behind a large mean.
    let hard = [
      [Double](repeating: 300.3, count: draws), x.map { 1e12 + 0.1 * $0 },
      columns[0].map { 1e12 + $0 },
    ]
    #expect(
      parameter.firstOrderIndices(OutcomeGroup(hard)) == hard.map { parameter.firstOrderIndex($0) })
    #expect(parameter.firstOrderIndex(hard[0]).value == 0)
    // 14 bins leave a straight line about 3 % of its variance.
    #expect(parameter.firstOrderIndex(hard[1]).value > 0.95)
    if count > 1 { #expect(abs(parameter.firstOrderIndex(hard[2]).value) < 0.05) }
    let constant = ParameterSensitivity(
      DrawColumn(name: "c", values: [Double](repeating: 1, count: draws)))
    #expect(constant.firstOrderIndices(group) == columns.map { constant.firstOrderIndex($0) })
  }
}
