// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// Rows of data drawn anew for each label: units inside an iteration.
@Suite struct RowsByLabelTests {
  private static let table = "hours,gain\n2,10\n4,30\n12,50\n6,20\n"
  private static let mean = 6.0
  /// Of a row drawn with equal chances: Σ (x − 6)² / 4.
  private static let variance = (16 + 4 + 36 + 0) / 4.0

  private func folder(_ draw: String, _ keys: String = "", _ outputs: String) throws -> FileFolder {
    try FileFolder([
      "t.csv": Self.table,
      "a.yaml": """
      utfall: 1
      dimensions: {user: 1..25}
      rows:
        survey: {file: t.csv, columns: {hours: hour, gain: }, \(draw)}
      parameters: {k: 1}
      \(keys)
      outputs:
        \(outputs)
      """,
    ])
  }

  private func draws(_ folder: FileFolder) throws -> [[Double]] {
    let plan = try folder.read().compiled()
    return try Simulation(plan, settings: .init(seed: 3, iterations: 40_000, workers: 1)).draws()
  }

  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1))
  }

  /// The mean of 25 users has a 25th of a user's variance; bands of 5 standard errors.
  @Test func chanceBetweenUnitsAveragesOut() throws {
    let all = try draws(
      try folder("draw: one, each: user", "", "m: mean(hours, over = user)\n  h: hours[user = 7]"))
    let (mean, one) = (moments(all[0]), moments(all[1]))
    #expect(abs(mean.mean - Self.mean) < 5 * (Self.variance / 25 / 40_000).squareRoot())
    #expect(abs(mean.variance / (Self.variance / 25) - 1) < 5 * (2.0 / 40_000).squareRoot())
    #expect(abs(one.mean - Self.mean) < 5 * (Self.variance / 40_000).squareRoot())
    #expect(abs(one.variance / Self.variance - 1) < 5 * (2.0 / 40_000).squareRoot())
  }

  /// What stood in one row stays together at each label, and labels have rows of their own.
  @Test func rowsStayWhole() throws {
    let all = try draws(
      try folder(
        "draw: one, each: user", "",
        "a: hours[user = 1]\n  b: gain[user = 1]\n  c: hours[user = 2]"))
    let rows: [Double: Double] = [2: 10, 4: 30, 12: 50, 6: 20]
    #expect(zip(all[0], all[1]).allSatisfy { rows[$0] == $1 })
    let same = zip(all[0], all[2]).count { $0 == $1 }
    // One in four, 5 standard errors.
    #expect(abs(Double(same) / 40_000 - 0.25) < 5 * (0.25 * 0.75 / 40_000).squareRoot())
  }

  /// The first label has the row that is drawn without `each`.
  @Test func theFirstLabelIsTheRowWithoutLabels() throws {
    let each = try draws(try folder("draw: one, each: user", "", "a: hours[user = 1]"))
    let one = try draws(try folder("draw: one", "", "a: hours"))
    #expect(each == one)
  }

  /// A table drawn anew for each label: variances of means of 4 draws.
  @Test func bootstrapsAreDrawnForEachLabel() throws {
    let all = try draws(
      try folder(
        "draw: bootstrap, each: user", "",
        "a: mean(hours, over = survey)[user = 1]\n  b: mean(hours, over = survey)[user = 2]"))
    for values in all {
      #expect(abs(moments(values).variance / (Self.variance / 4) - 1) < 5 * 0.0075)
    }
    let product = zip(all[0], all[1]).reduce(0) { $0 + ($1.0 - 6) * ($1.1 - 6) } / 40_000
    #expect(abs(product / (Self.variance / 4)) < 5 / 200)
  }

  @Test func withoutSamplingEveryLabelHasTheMean() throws {
    let folder = try folder(
      "draw: one, each: user", "variants: {known: {freeze: all}}",
      "total: sum(hours, over = user)")
    let result = try BaseResult(try folder.read())
    #expect(result.rows.map(\.base) == [150, 150])
    #expect(try draws(folder)[1].allSatisfy { $0 == 150 })
  }

  @Test func otherDimensionsAreRefused() throws {
    #expect(
      try folder("draw: one, each: centre", "", "a: k").problems()
        == ["a.yaml:4:74 the unknown dimension `centre`"])
    // A column that varies is no single number.
    #expect(
      try folder("draw: one, each: user", "correlate: [{comonotone: [hours, k]}]", "a: k")
        .problems().count == 1)
  }
}
