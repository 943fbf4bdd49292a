// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Expression {
  /// The formula with every `if` replaced by the branch that these values choose.
  func taken(_ values: [String: Double]) -> Expression {
    switch self {
    case .number, .name: return self
    case .unary(let symbol, let a): return .unary(symbol, a.taken(values))
    case .binary(let symbol, let a, let b):
      return .binary(symbol, a.taken(values), b.taken(values))
    case .call(.if, let arguments) where arguments.count == 3:
      guard let condition = arguments[0].substituting(values).constantValue, !condition.isNaN else {
        return arguments[0].taken(values)
      }
      return (condition != 0 ? arguments[1] : arguments[2]).taken(values)
    case .call(let function, let arguments):
      return .call(function, arguments.map { $0.taken(values) })
    }
  }

  /// The formula with numbers in place of the names that have one.
  private func substituting(_ values: [String: Double]) -> Expression {
    switch self {
    case .number: return self
    case .name(let name, _): return values[name].map { .number($0) } ?? self
    case .unary(let symbol, let a): return .unary(symbol, a.substituting(values))
    case .binary(let symbol, let a, let b):
      return .binary(symbol, a.substituting(values), b.substituting(values))
    case .call(let function, let arguments):
      return .call(function, arguments.map { $0.substituting(values) })
    }
  }
}
