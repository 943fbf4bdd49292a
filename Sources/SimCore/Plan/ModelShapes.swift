// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the quantities of a model vary over and depend on, without compiling it.
public struct ModelShapes: Sendable {
  private let definitions: Definitions

  public init(_ model: Model, _ modelCase: ModelCase = ModelCase()) {
    definitions = Definitions(model, modelCase)
  }

  /// Names of the dimensions that a definition varies over, in the order of the model; `nil` for names
  /// that are not defined.
  public func dimensions(of name: String) -> [String]? {
    definitions.index[name].map { names(definitions.shapes[$0]) }
  }

  /// Names of the dimensions that a formula's value varies over.
  public func dimensions(of expression: Expression) -> [String] {
    names(definitions.shape(of: expression))
  }

  /// Whether a formula needs one of the named definitions, directly or through others.
  public func depends(_ expression: Expression, on names: Set<String>) -> Bool {
    let dependents = definitions.dependents(on: names)
    return expression.nameUses.contains { use in
      definitions.index[use.name].map { dependents.contains($0) } ?? false
    }
  }

  private func names(_ shape: Shape) -> [String] {
    shape.dimensions.map { definitions.dimensions[$0].name }
  }
}
