// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// The message for a run that was stopped by a value that is not a number. Exit code 70.
public enum NonFiniteReport {
  public static func message(_ fault: NonFiniteValue, _ scenario: Scenario) -> String {
    message(fault, scenario, place: "iteration \(fault.iteration + 1)")
  }

  /// - Parameter drawn: which draws the value is from.
  static func message(_ fault: NonFiniteValue, _ scenario: Scenario, place drawn: String) -> String
  {
    // What a parameter is made of carries its name and more.
    let origin = fault.origin.prefix { $0 != " " }
    let definition = scenario.definitions[String(origin)]
    let place =
      definition?.position.text(in: scenario.file) ?? Excerpt.escaped(scenario.file)
    let kind = fault.value.isNaN ? "not a number (NaN)" : "infinite"
    var text = "\(place): error: "
    text +=
      "\(Excerpt.quoted(origin + fault.originLabels.text)) is \(kind) in \(drawn)"
    if origin != fault.output {
      text +=
        ", which leaves output \(Excerpt.quoted(fault.output + fault.labels.text)) without a finite value"
    }
    text += "; expected a finite number."
    if fault.modelCase < scenario.cases.count,
      let variant = scenario.cases[fault.modelCase].variant
    {
      text += "\n  variant: \(variant)"
    }
    if let formula = definition?.text, !formula.isEmpty {
      text += "\n  formula: \(Excerpt.escaped(formula))"
    }
    let inputs = fault.inputs.compactMap { input in
      shown(input.name).map { "\($0) = \(NumberText.string(input.value))" }
    }
    if !inputs.isEmpty {
      text += "\n  inputs:  \(inputs.joined(separator: ", "))"
    }
    if definition?.kind == .parameter {
      return text
        + "\n  Keep the arguments of the distribution in their ranges: n a whole number from 0, p from 0 "
        + "to 1, probabilities that sum to 1, means of counts, sd and scale from 0. Nothing was written."
    }
    return text
      + "\n  Guard the formula, as in if(x > 0, y / x, 0), or choose a distribution that excludes "
      + "such values. Nothing was written."
  }

  /// How people call what a quantity is made of; `nil` where the name says nothing to them.
  private static func shown(_ name: String) -> String? {
    guard let space = name.firstIndex(of: " "), name[space...].hasPrefix(" (") else { return name }
    let own = name[..<space]
    let rest = name[space...]
    guard let close = rest.firstIndex(of: ")") else { return name }
    let quantity = own + rest[rest.index(after: close)...]
    switch rest[...close].dropFirst(2).dropLast().filter({ $0 != "'" }) {
    case "left": return "n left for \(quantity)"
    case "rest": return "probability of \(quantity) and what comes after it"
    case "counted": return String(quantity)
    case "unchanged": return "\(quantity) before the change"
    default: return nil
    }
  }
}
