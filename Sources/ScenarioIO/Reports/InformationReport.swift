// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import Economics

/// What to tell the user when a value of information can't be had.
public enum InformationReport {
  public static func message(_ error: ValueOfInformationError) -> String {
    switch error {
    case .noParameters: "a group without parameters; expected at least one."
    case .unknownParameter(let name, let known):
      "there is no parameter \(Excerpt.quoted(name)) among the draws; expected one of "
        + known.prefix(20).map { Excerpt.quoted($0) }.joined(separator: ", ") + ". "
        + NearestName.question(name, among: known)
    case .repeatedParameter(let name):
      "the parameter \(Excerpt.quoted(name)) twice; expected every parameter once."
    case .outsideRange(let parameter, let row, let value, let expected):
      "the parameter \(Excerpt.quoted(parameter)) is \(NumberText.string(value)) in iteration "
        + "\(row + 1); expected \(expected) for such a study."
    case .argument(let name, let value, let expected):
      "a \(name) of \(NumberText.string(value)); expected \(expected)."
    }
  }
}
