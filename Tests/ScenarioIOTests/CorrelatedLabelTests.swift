// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import SimCore
import Testing

/// Groups under `correlate` whose members vary over labels.
@Suite struct CorrelatedLabelTests {
  private func text(_ correlate: String, _ more: String = "") -> String {
    """
    utfall: 1
    dimensions: {d: [one, two, three], e: [p, q]}
    parameters:
      a: {value: "normal(1, 1)", each: d}
      b: {by: d, value: {one: "gamma(shape = 2, scale = 3)", two: 4, three: "beta(2, 5)"}}
      c: normal(0, 1)
      g: {value: "normal(0, 1)", each: e}
      h: {value: "normal(0, 1)", each: [d, e]}
      i: {by: e, value: "normal(0, 1)", each: d}
      j: {by: d, dirichlet: {counts: {one: 5, two: 6, three: 7}}}
      k: {by: d, value: "normal(mean = c, sd = 1)"}
      l: {by: d, value: 5}
      n: {value: "poisson(mean = 4)", each: d}
    correlate:
      - \(correlate)
    \(more)
    outputs:
      x: a + b + c
      y: g + h + i
    """
  }

  @Test(arguments: [
    "{parameters: [a, b], spearman: 0.5}", "{parameters: [h, i], spearman: 0.5}",
    "{comonotone: [a, b, n]}", "{parameters: [b, a], normal-score: [[1], [0.3, 1]]}",
  ])
  func labelByLabel(_ group: String) throws {
    _ = try read(text(group)).compiled()
  }

  @Test(arguments: [
    (
      "{parameters: [a, c], spearman: 0.5}",
      "15:22 `c`, which has one value, in a correlation with `a`, which varies over d"
    ),
    (
      "{parameters: [c, b], spearman: 0.5}",
      "15:22 `b`, which varies over d, in a correlation with `c`, which has one value"
    ),
    (
      "{comonotone: [a, g]}",
      "15:22 `g`, which varies over e, in a correlation with `a`, which varies over d"
    ),
    (
      "{parameters: [a, h], spearman: 0.5}",
      "15:22 `h`, which varies over d and e, in a correlation with `a`, which varies over d"
    ),
    (
      "{parameters: [a, j], spearman: 0.5}",
      "15:22 `j`, whose labels are drawn together, in a correlation"
    ),
    (
      "{parameters: [a, k], spearman: 0.5}",
      "15:22 `k`, which follows from other quantities, in a correlation"
    ),
    ("{parameters: [a, l], spearman: 0.5}", "15:22 the constant `l` in a correlation"),
  ])
  func othersAreRefused(_ group: String, _ problem: String) {
    #expect(problems(in: text(group)) == [problem])
  }

  @Test func countsAreComonotoneOnly() throws {
    let scenario = try read(text("{parameters: [a, n], spearman: 0.5}"))
    #expect(throws: ScenarioError.self) { try scenario.compiled() }
  }

  /// A variant that says anew what members vary over draws the group at the labels they have.
  @Test(arguments: [
    "set: {b: {each: [d, e], value: \"normal(0, 1)\"}}", "set: {a: 3}", "set: {a: 2 * c}",
    "set: {a: {by: d, value: 3}}", "scale: {a: 2}", "freeze: all", "correlate: independent",
    "correlate: comonotone", "set: {b: {one: 1, otherwise: \"normal(0, 1)\"}}",
  ])
  func variantsRun(_ change: String) throws {
    let scenario = try read(
      text("{parameters: [a, b], spearman: 0.8}", "variants: {v: {\(change)}}"))
    let plan = try scenario.compiled()
    let draws = try Simulation(plan, settings: .init(seed: 3, iterations: 2048, workers: 1))
      .draws()
    #expect(draws.allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  /// The scenario's own draws are those without the variant.
  @Test func variantsMoveNoDrawOfTheScenario() throws {
    let group = "{parameters: [a, b], spearman: 0.8}"
    func draws(_ text: String) throws -> [[Double]] {
      let plan = try read(text).compiled()
      let all = try Simulation(plan, settings: .init(seed: 3, iterations: 2048, workers: 1)).draws()
      return zip(plan.outputs, all).filter { $0.0.modelCase == 0 }.map(\.1)
    }
    #expect(
      try draws(text(group))
        == draws(text(group, "variants: {v: {set: {b: {each: [d, e], value: \"normal(0, 1)\"}}}}")))
  }
}
