// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// How often something happened among how many: `15 of 1000`.
package struct EventCount: Sendable, Hashable {
  package let events: Double
  package let trials: Double
}

/// What is held of a share before the counted events.
public enum Prior: String, Sendable, CaseIterable {
  /// beta(1, 1): every share as likely.
  case uniform
  /// beta(1/2, 1/2).
  case jeffreys
  /// Nothing added to the counts; needs events and non-events.
  case none

  /// Added to the events and to the others.
  var pseudoCount: Double {
    switch self {
    case .uniform: 1
    case .jeffreys: 0.5
    case .none: 0
    }
  }
}

extension EventCount {
  /// Reads ` of 1000` after the first number, whose `of` stands next.
  static func read(_ events: Numeral, _ cursor: inout TextCursor) throws(TextProblem)
    -> EventCount
  {
    cursor.skipSpaces()
    let trials = try Numeral.read(&cursor)
    cursor.skipSpaces()
    if !cursor.isAtEnd {
      throw TextProblem(
        cursor.offset, "\(Excerpt.quoted(cursor.rest)) after the counts", expected: "nothing more",
        advice: "Write the counts alone, as in `15 of 1000`.")
    }
    for count in [events, trials] where count.wholeDigits == nil {
      throw TextProblem(
        count.offset, "\(NumberText.string(count.value)) as a count",
        expected: "a whole number, written in digits")
    }
    if trials.value == 0 {
      throw TextProblem(trials.offset, "events of 0", expected: "a number above 0")
    }
    if events.value > trials.value {
      throw TextProblem(
        events.offset,
        "\(NumberText.string(events.value)) events of \(NumberText.string(trials.value))",
        expected: "at most as many events as there are trials")
    }
    return EventCount(events: events.value, trials: trials.value)
  }

  /// The share of events, given a prior.
  ///
  /// ```
  /// beta(events + c, others + c),   c = 1 (uniform), 1/2 (jeffreys), 0 (none)
  /// ```
  /// Source: Gelman et al. (2013), Bayesian data analysis, section 2.4.
  func share(_ prior: Prior) throws(DistributionError) -> any Distribution {
    let others = trials - events
    if prior == .none, events == 0 || others == 0 {
      throw DistributionError(
        found: "\(events) of \(trials) with no prior",
        expected: "events and non-events, or a prior",
        advice: "Say prior: jeffreys or prior: uniform.")
    }
    return try Beta(alpha: events + prior.pseudoCount, beta: others + prior.pseudoCount)
  }
}
