// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Faults that only the compilation of the model finds, as diagnostics of the file.
enum ModelErrorReport {
  static func diagnostic(_ error: ModelError, _ scenario: Scenario) -> Diagnostic {
    switch error {
    case .undefinedName(let name, let owner, let offset):
      let definition = scenario.definitions[owner]
      return Diagnostic(
        file: scenario.file,
        position: definition?.position(ofByte: offset) ?? position(of: owner, scenario),
        found: "the undefined name \(Excerpt.quoted(name))",
        expected: "a parameter, variable or line")
    case .duplicateName(let name):
      return Diagnostic(
        file: scenario.file, position: position(of: name, scenario),
        found: "\(Excerpt.quoted(name)) defined twice", expected: "one definition")
    case .cycle(let path):
      return Diagnostic(
        file: scenario.file, position: position(of: path.first ?? "", scenario),
        found: "definitions that need each other: \(path.joined(separator: " -> "))",
        expected: "definitions without a circle")
    case .sharedStream(let first, let second):
      return Diagnostic(
        file: scenario.file, position: position(of: second, scenario),
        found:
          "\(Excerpt.quoted(second)) draws the same random numbers as \(Excerpt.quoted(first))",
        expected: "names with different addresses", advice: "Rename one of the two.")
    case .cannotCorrelate(let name):
      return Diagnostic(
        file: scenario.file, position: position(of: name, scenario),
        found: "\(Excerpt.quoted(name)) in a correlation",
        expected: "a parameter with a continuous distribution")
    case .correlatedTwice(let name):
      return Diagnostic(
        file: scenario.file, position: position(of: name, scenario),
        found: "\(Excerpt.quoted(name)) in two correlations", expected: "one at most")
    case .noOutputs:
      return Diagnostic(
        file: scenario.file, position: SourcePosition(line: 1, column: 1),
        found: "no outputs", expected: "at least one output")
    }
  }

  private static func position(of name: String, _ scenario: Scenario) -> SourcePosition {
    scenario.definitions[name]?.position ?? SourcePosition(line: 1, column: 1)
  }
}
