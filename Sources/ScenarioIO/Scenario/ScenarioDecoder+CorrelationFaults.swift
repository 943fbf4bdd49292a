// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What is wrong with a matrix of correlations.
extension ScenarioDecoder {
  static func change(_ value: Double) -> String { ReadableNumber.string(value, digits: 2) }

  mutating func report(_ error: CorrelationError, _ place: SourcePosition) {
    func pair(_ a: String, _ b: String) -> String {
      "\(Excerpt.quoted(a)) and \(Excerpt.quoted(b))"
    }
    switch error {
    case .shape(let rows, let names):
      problems.report(
        place, "a correlation matrix with \(rows) rows, not all of \(names) numbers",
        expected: "\(names) rows of \(names) numbers, in the order of `parameters`")
    case .notOneOnDiagonal(let name, let value):
      problems.report(
        place, "the correlation \(NumberText.string(value)) of \(Excerpt.quoted(name)) with itself",
        expected: "1 on the diagonal")
    case .notSymmetric(let a, let b):
      problems.report(
        place, "two different correlations between \(pair(a, b))", expected: "a symmetric matrix")
    case .outOfRange(let a, let b, let value):
      problems.report(
        place, "the correlation \(NumberText.string(value)) between \(pair(a, b))",
        expected: "a number between -1 and 1",
        advice: value == 1
          ? "Write comonotone: for parameters that move together completely."
          : value == -1 ? "Use a value next to it, such as -0.999." : "")
    case .notPositiveDefinite(let least, let change):
      problems.report(
        place,
        "correlations that contradict each other: the matrix is not positive definite"
          + (least.map { ", its least eigenvalue is \(Self.change($0))" } ?? ""),
        expected: "correlations that some set of variables can have",
        advice: "Check signs and digits."
          + (change.map {
            " With `nearest: yes` the nearest matrix is used; it changes a correlation by up to "
              + "\(Self.change($0))."
          } ?? ""))
    case .tooManyForNearest(let limit):
      problems.report(
        place, "correlations that contradict each other, between more than \(limit) parameters",
        expected: "at most \(limit) for `nearest: yes`", advice: "Split the group.")
    }
  }
}
