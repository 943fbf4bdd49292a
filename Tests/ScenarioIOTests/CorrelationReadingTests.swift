// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// `correlate:` and `truncate:` as files write them.
@Suite struct CorrelationReadingTests {
  private func text(_ correlate: String) -> String {
    """
    utfall: 1
    parameters:
      a: gamma(shape = 2, scale = 5)
      b: beta(2, 5)
      c: normal(0, 1)
      k: 3
    correlate:
      \(correlate)
    outputs:
      x: a + b + c + k
    """
  }

  @Test func groupsAreRead() throws {
    let scenario = try read(
      text(
        """
        - parameters: [a, b]
            spearman: 0.5
        """))
    #expect(scenario.model.correlations.map(\.names) == [["a", "b"]])
    let matrix = try read(
      text("- {parameters: [a, b, c], normal-score: [[1, 0.2, 0.1], [0.2, 1, 0], [0.1, 0, 1]]}"))
    #expect(matrix.model.correlations.map(\.names) == [["a", "b", "c"]])
    #expect(
      matrix.model.correlations == [
        try CorrelationGroup(
          names: ["a", "b", "c"], matrix: [[1, 0.2, 0.1], [0.2, 1, 0], [0.1, 0, 1]],
          kind: .normalScore)
      ])
    let together = try read(text("- comonotone: [c, a]"))
    #expect(together.model.correlations == [CorrelationGroup(comonotone: ["c", "a"])])
  }

  @Test(
    arguments: [
      ("- {parameters: [a, b], spearman: 1.5}", "8:36 the correlation 1.5 between `a` and `b`"),
      ("- {parameters: [a, b], spearman: 1}", "8:36 the correlation 1 between `a` and `b`"),
      ("- {parameters: [a, bb], spearman: 0.5}", "8:22 `bb`, which is not a parameter"),
      ("- {parameters: [a, k], spearman: 0.5}", "8:22 the constant `k` in a correlation"),
      ("- {parameters: [a, a], spearman: 0.5}", "8:22 `a` in two correlations"),
      ("- {parameters: [a], spearman: 0.5}", "8:18 1 parameters in a correlation"),
      ("- {parameters: [a, b]}", "8:5 0 kinds of correlation"),
      (
        "- {parameters: [a, b], spearman: [[1, 0.2], [0.3, 1]]}",
        "8:36 two different correlations between `a` and `b`"
      ),
      (
        "- {parameters: [a, b], spearman: [[1, 0.2]]}",
        "8:36 a correlation matrix with 1 rows, not all of 2 numbers"
      ),
      (
        "- {parameters: [a, b, c], spearman: [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]}",
        "8:39 correlations that contradict each other: the matrix is not positive definite, "
          + "its least eigenvalue is -0.82"
      ),
      ("- {comonotone: [a, b], spearman: 0.5}", "8:6 `comonotone` beside other keys"),
      ("- {parameters: [a, b], pearson: 0.5}", "8:26 the unknown key `pearson`"),
    ] as [(String, String)])
  func isRefused(_ correlate: String, _ expected: String) {
    #expect(problems(in: text(correlate)) == [expected])
  }

  @Test func emptyListIsRefused() {
    let empty = text("x").replacing("correlate:\n  x", with: "correlate: []")
    #expect(problems(in: empty) == ["7:12 an empty list as `correlate`"])
  }

  @Test(
    arguments: [
      ("[0, 10]", 0.0, 10.0), ("[2, none]", 2, .infinity), ("[none, 3.5]", -.infinity, 3.5),
    ] as [(String, Double, Double)])
  func truncationIsRead(_ limits: String, _ lower: Double, _ upper: Double) throws {
    let made = try distribution("normal(5, 3)", "truncate: \(limits)")
    #expect(made.support == Support(lower: lower, upper: upper))
    #expect(made.cumulative(lower) == 0 || lower == -.infinity)
  }

  @Test(
    arguments: [
      ("normal(5, 3)", "truncate: [10, 0]"), ("normal(5, 3)", "truncate: 10"),
      ("normal(5, 3)", "truncate: [1]"), ("beta(2, 3)", "truncate: [2, 3]"),
      ("5", "truncate: [0, 3]"), ("normal(5, 3)", "truncate: [a, b]"),
    ])
  func truncationIsRefused(_ value: String, _ keys: String) {
    let found = problems(in: scenario(parameters: "a:\n    value: \(value)\n    \(keys)"))
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.hasPrefix("7:") })
  }

  @Test(
    arguments: [
      ("normal(0, 2)", "fold: 0", 2 * 0.7978845608028654),
      ("gamma(shape = 1, scale = 1)", "fold: 1", 0.7357588823428847),
    ] as [(String, String, Double)])
  func foldingIsRead(_ value: String, _ key: String, _ mean: Double) throws {
    let made = try distribution(value, key)
    #expect(abs(made.mean - mean) < 1e-9)
    let cut = try distribution(value, "\(key)\n    truncate: [0.5, none]")
    #expect(cut.support.lower == 0.5)
  }

  @Test(
    arguments: [
      ("5", "fold: 0"), ("gamma(shape = 1, scale = 1)", "fold: -1"), ("normal(0, 1)", "fold: a"),
      ("normal(0, 1)", "min: 0"), ("normal(0, 1)", "max: 10"),
    ])
  func foldingAndBoundsAreRefused(_ value: String, _ keys: String) {
    let found = problems(in: scenario(parameters: "a:\n    value: \(value)\n    \(keys)"))
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.hasPrefix("7:") })
  }

  @Test func boundsAreAnsweredWithTruncation() {
    let text = scenario(parameters: "a: {value: 5, min: 0}")
    #expect(diagnostics(of: text).map(\.expected) == ["`truncate: [low, high]`"])
  }
}
