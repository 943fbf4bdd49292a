// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The share that counted events tell of, `15 of 1000`, once family and prior are stated.
  mutating func share(_ count: EventCount, _ value: ScalarText, _ choices: RangeChoices) -> Fit? {
    guard refuseIdle(choices, "counted events", except: ["family", "prior"]) else { return nil }
    if choices.family?.name != "beta" {
      let found = choices.family.map { "family `\($0.name)`" } ?? "no family"
      problems.report(
        value.position(ofByte: 0), "events of trials with \(found)", expected: "`family: beta`",
        advice: "If it is a quotient and certain, write 15/1000.")
    }
    guard let prior = choices.prior else {
      problems.report(
        value.position(ofByte: 0), "events of trials without a prior", expected: "`prior`",
        advice: """
          Say prior: uniform, which adds one event and one other, jeffreys, which adds half of each, \
          or none.
          """)
      return nil
    }
    guard choices.family?.name == "beta",
      let distribution = made(
        value, { () throws(DistributionError) in try count.share(prior) })
    else { return nil }
    return Fit(
      text: trimmed(value.text), distribution: distribution,
      numbers: StatedNumbers(base: count.events / count.trials, low: 0, high: 0), prior: prior)
  }
}
