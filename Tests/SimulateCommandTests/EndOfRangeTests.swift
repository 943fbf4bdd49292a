// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Numbers and names at the ends of what is meant: told with their place, nothing written.
@Suite struct EndOfRangeTests {
  private static let decision = """
    utfall: 1
    strategies: [a, b]
    comparator: a
    parameters:
      k: "gamma(mean = 1e101, sd = 1e100)"
    costs:
      c: {by: strategy, value: {a: 0, b: k}}
    effects:
      e: {by: strategy, value: {a: 0, b: 1}}
    decision: {unit: QALY, willingness_to_pay: [1000]}
    outputs: {o: costs}

    """

  @Test func `A cost too large to square stops the run at the decision`() throws {
    let workplace = try Workplace()
    try workplace.write(Self.decision, to: "large.yaml")
    let outcome = try workplace.simulate("run", "large.yaml", "-i", "1000", "-q", "-o", "out")
    #expect(outcome.code == 70, "\(outcome)")
    #expect(outcome.errors.hasPrefix("large.yaml:10:1: error: in this decision, the cost of `b`"))
    #expect((try? workplace.bytes("out/large/summary.csv")) == nil)
  }

  @Test func `The least whole number is no label`() throws {
    let workplace = try Workplace()
    try workplace.write(
      "utfall: 1\ndimensions: {d: -9223372036854775808..-9223372036854775800}\noutputs: {o: 1}\n",
      to: "least.yaml")
    let outcome = try workplace.simulate("validate", "least.yaml")
    #expect(outcome.code == 65 && outcome.errors.contains("least.yaml:2:17: error:"), "\(outcome)")
  }

  @Test func `A single strategy may not be named nothing`() throws {
    let workplace = try Workplace()
    try workplace.write("p,cost:nothing,effect:nothing\n1,2,3\n2,3,4\n", to: "n.csv")
    let outcome = try workplace.simulate("analyse", "n.csv", "--wtp", "1", "--output", "out")
    #expect(outcome.code == 65, "\(outcome)")
    #expect(outcome.errors.contains("n.csv:1:1: error: a single strategy named `nothing`"))
  }

  @Test func `Quantities without a known unit are named where others have one`() throws {
    let workplace = try Workplace()
    let text = """
      utfall: 1
      parameters:
        price: {value: "gamma(mean = 10, sd = 2)", unit: NOK 2018/user}
        flag: {value: 1}
      outputs:
        cost: {value: price * flag, unit: NOK 2018/user}

      """
    try workplace.write(text, to: "u.yaml")
    let told = try workplace.simulate("validate", "u.yaml")
    #expect(told.output.contains("1 quantity without a known unit: flag."), "\(told)")
    try workplace.write(text.replacing("{value: 1}", with: "{value: 1, unit: 1}"), to: "u.yaml")
    let known = try workplace.simulate("validate", "u.yaml")
    #expect(known.code == 0 && !known.output.contains("without a known unit"), "\(known)")
  }
}
