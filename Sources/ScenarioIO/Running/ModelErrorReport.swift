// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Turns what the engine finds wrong with a model into diagnostics with the scenario's places.
enum ModelErrorReport {
  static func diagnostic(_ error: ModelError, _ scenario: Scenario) -> Diagnostic {
    let (place, message) = report(error, scenario)
    return Diagnostic(
      file: scenario.file, position: place, found: message.found, expected: message.expected,
      advice: message.advice)
  }

  private struct Message {
    let found: String
    let expected: String
    var advice = ""
  }

  private static func report(_ error: ModelError, _ scenario: Scenario)
    -> (SourcePosition, Message)
  {
    func at(_ owner: String, _ offset: Int = 0) -> SourcePosition {
      scenario.texts.position(ofOffset: offset) ?? position(of: owner, scenario)
    }
    func quoted(_ name: String) -> String { Excerpt.quoted(name) }
    switch error {
    case .undefinedName(let name, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "the undefined name \(quoted(name))", expected: "a parameter, variable or line")
      )
    case .duplicateName(let name):
      return (at(name), Message(found: "\(quoted(name)) defined twice", expected: "one definition"))
    case .cycle(let path):
      return (
        at(path.first ?? ""),
        Message(
          found: "definitions that need each other: \(path.joined(separator: " -> "))",
          expected: "definitions without a circle")
      )
    case .sharedStream(let first, let second):
      return (
        at(second),
        Message(
          found: "\(quoted(second)) draws the same random numbers as \(quoted(first))",
          expected: "names with different addresses", advice: "Rename one of the two.")
      )
    case .cannotCorrelate(let name):
      return (
        at(name),
        Message(
          found: "\(quoted(name)) in a correlation",
          expected: "a parameter with a continuous distribution")
      )
    case .cannotCorrelateDiscrete(let name):
      return (
        at(name),
        Message(
          found: "the discrete \(quoted(name)) in a correlation",
          expected: "a parameter with a continuous distribution",
          advice: "Use `comonotone`, or correlate the mean or probability behind the count.")
      )
    case .correlatedAcrossLabels(let first, let second):
      return (
        at(second),
        Message(
          found:
            "\(quoted(second)) in a correlation with \(quoted(first)), which varies over others",
          expected: "members that vary over the same dimensions")
      )
    case .correlatedTwice(let name):
      return (
        at(name), Message(found: "\(quoted(name)) in two correlations", expected: "one at most")
      )
    case .noOutputs:
      return (.start, Message(found: "no outputs", expected: "at least one output"))
    case .undefinedDimension(let name, let owner, let offset):
      let known = scenario.dimensions.map(\.name)
      return (
        at(owner, offset),
        Message(
          found: "the unknown dimension \(quoted(name))",
          expected: known.isEmpty
            ? "a dimension declared under `dimensions`" : "one of \(known.joined(separator: ", "))",
          advice: NearestName.question(name, among: known))
      )
    case .undefinedLabel(let label, let dimension, let owner, let offset):
      let known = scenario.dimensions.first { $0.name == dimension }?.labels ?? []
      return (
        at(owner, offset),
        Message(
          found: "the label \(quoted(label)), which `\(dimension)` does not have",
          expected: "one of \(Excerpt.shortened(known.joined(separator: ", ")))",
          advice: NearestName.question(label, among: known))
      )
    case .missingDimension(let dimension, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "the dimension `\(dimension)` of something that does not vary over it",
          expected: "a quantity with a value for each label of `\(dimension)`")
      )
    case .notOrdered(let dimension, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "an order of `\(dimension)`, whose labels have none",
          expected: "an ordered dimension, such as 2018..2034",
          advice:
            "Write \(dimension): {labels: [a, b, c], ordered: yes} if its labels follow each other."
        )
      )
    case .notNumeric(let dimension, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "the dimension `\(dimension)` as a number", expected: "labels that are numbers",
          advice: "Compare it with a label, \(dimension) == \(firstLabel(dimension, scenario)), "
            + "or use position(\(dimension)).")
      )
    case .outsideDimension(let dimension, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "a lag that goes beyond the first or last label of `\(dimension)`",
          expected: "a value for those labels",
          advice: "Write x[\(dimension) = \(dimension) - 3, outside = 0].")
      )
    case .previousWithoutRecursion(let name, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "`previous(\(name))` outside of a recursion over a dimension of `\(name)`",
          expected: "`previous` in `then`, of a quantity that varies over the same dimension")
      )
    case .previousBeyondDimension(
      let name, let steps, let dimension, let count, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "`previous(\(name), steps = \(steps))`, further back than the "
            + "\(ReadableNumber.count(count, "label")) of `\(dimension)` go, so that `first` would hold at all of them",
          expected: count > 2 ? "1 to \(count - 1) steps" : "`previous(\(name))`")
      )
    case .discountRate(let rate, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: DiscountRate.found(rate), expected: DiscountRate.expected,
          advice: DiscountRate.advice(rate))
      )
    case .notTransition(let name, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "\(quoted(name)) as the table of `move`",
          expected: "a variable with `transitions` and `rows`")
      )
    case .transitionAsValue(let name, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "the table of transitions \(quoted(name)) as a value",
          expected: "`move(x, \(name))`")
      )
    case .restTwice(let table, let row):
      return (
        at(table),
        Message(found: "`rest` twice in row `\(row)` of \(quoted(table))", expected: "one `rest`")
      )
    case .simpsonNeedsOddCount(let dimension, let count, let owner, let offset):
      return (
        at(owner, offset),
        Message(
          found: "Simpson's rule over the \(count) labels of `\(dimension)`",
          expected: "an odd number of labels")
      )
    case .tooManyLabels(let name, let limit):
      return (
        at(name),
        Message(
          found: "more than \(limit) values of \(quoted(name))", expected: "fewer labels or cases")
      )
    case .tooManySteps(let limit):
      return (
        .start,
        Message(
          found: "a model of more than \(limit) operations", expected: "fewer labels or cases")
      )
    }
  }

  private static func firstLabel(_ dimension: String, _ scenario: Scenario) -> String {
    scenario.dimensions.first { $0.name == dimension }?.labels.first ?? "label"
  }

  private static func position(of name: String, _ scenario: Scenario) -> SourcePosition {
    scenario.definitions[name]?.position ?? .start
  }
}
