// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The model that the engine runs.
  ///
  /// Totals become variables. An output that a formula names becomes a variable as well, since the
  /// engine's outputs are ends.
  func model() -> Model {
    let named = Set(formulas.flatMap { $0.expression.names.map(\.name) })
    var variables: [Variable] = []
    var values: [String: SimCore.Expression] = [:]
    for formula in formulas {
      if formula.kind == .output, !named.contains(formula.name) {
        values[formula.name] = formula.expression
      } else {
        variables.append(Variable(name: formula.name, value: formula.expression))
      }
    }
    for kind in LineKind.allCases {
      if let total = total(of: kind) {
        variables.append(Variable(name: kind.section, value: total))
      }
    }
    let outputs = outputs.map { output in
      Output(
        name: output.name, value: values[output.name] ?? .name(output.name, offset: 0),
        probabilities: output.percentiles.map(Self.probability), histogram: output.histogram)
    }
    return Model(
      parameters: parameters.map { Parameter(name: $0.name, distribution: $0.distribution) },
      variables: variables, outputs: outputs, correlations: groups)
  }

  /// The sum of the lines of a section, in file order.
  private func total(of kind: LineKind) -> SimCore.Expression? {
    let names = lines.filter { $0.kind == kind }.map { SimCore.Expression.name($0.name, offset: 0) }
    guard let first = names.first else { return nil }
    return names.dropFirst().reduce(first) { .binary(.add, $0, $1) }
  }

  /// The percentile moved two places by its digits, so that 2.5 % is exactly the double 0.025.
  private static func probability(_ percentile: Double) -> Double {
    Double("\(percentile)e-2") ?? percentile / 100
  }
}
