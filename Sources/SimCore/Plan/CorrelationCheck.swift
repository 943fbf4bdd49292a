// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Faults of correlation groups against the parameters of their model.
enum CorrelationCheck {
  static func errors(_ model: Model) -> [ModelError] {
    var errors: [ModelError] = []
    var seen: Set<String> = []
    for group in model.correlations {
      // Members go together label by label.
      var first: (name: String, dimensions: Set<String>)?
      for name in group.names {
        if !seen.insert(name).inserted { errors.append(.correlatedTwice(name)) }
        guard let parameter = model.parameters.first(where: { $0.name == name }) else {
          errors.append(.cannotCorrelate(name))
          continue
        }
        let kinds = parameter.distributions.map(\.sampling)
        let isKnown = kinds.allSatisfy { if case .constant = $0 { true } else { false } }
        // Ties would keep the ranks from having the correlation that is stated.
        let isDiscrete = kinds.contains { if case .discrete = $0 { true } else { false } }
        if isKnown {
          errors.append(.cannotCorrelate(name))
        } else if isDiscrete, !group.isComonotone {
          errors.append(.cannotCorrelateDiscrete(name))
        }
        let own = Set(parameter.dimensions + parameter.each)
        if let first, first.dimensions != own {
          errors.append(.correlatedAcrossLabels(first.name, name))
        }
        first = first ?? (name, own)
      }
    }
    return errors
  }
}
