// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Faults of correlation groups against the parameters of their model.
enum CorrelationCheck {
  static func errors(_ model: Model) -> [ModelError] {
    var errors: [ModelError] = []
    var seen: Set<String> = []
    for group in model.correlations {
      for name in group.names {
        if !seen.insert(name).inserted { errors.append(.correlatedTwice(name)) }
        let parameter = model.parameters.first { $0.name == name }
        if parameter?.dimensions.isEmpty == false { errors.append(.cannotCorrelate(name)) }
        switch parameter?.distributions.first?.sampling {
        case nil, .constant: errors.append(.cannotCorrelate(name))
        // Ties would keep the ranks from having the correlation that is stated.
        case .discrete: if !group.isComonotone { errors.append(.cannotCorrelateDiscrete(name)) }
        default: break
        }
      }
    }
    return errors
  }
}
