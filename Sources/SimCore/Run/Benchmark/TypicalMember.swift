// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Family {
  /// A member with ordinary parameters, for measuring speed; `nil` for the constant, which draws nothing.
  public var typicalMember: (any Distribution)? {
    if name == Constant.family.name { return nil }
    if let values = Self.typicalValues[name], let first = parametrisations.first,
      values.count == first.arguments.count, let member = try? first.make(values)
    {
      return member
    }
    if let member = try? fromMoments?(0.3, 0.1) { return member }
    for values in [[2.0, 3, 5, 7], [0.3, 0.1, 0.5, 0.9], [5, 0.3, 7, 9]] {
      for parametrisation in parametrisations where parametrisation.arguments.count <= 4 {
        let some = Array(values.prefix(parametrisation.arguments.count))
        if let member = try? parametrisation.make(some) { return member }
      }
    }
    return nil
  }

  /// Numbers for the first way to give a member, such as models of health care use.
  private static let typicalValues: [String: [Double]] = [
    "normal": [0, 1], "lognormal": [0, 0.5], "gamma": [5.5, 1.1], "beta": [8.35, 270],
    "scaled-beta": [8.35, 27, -1, 1], "uniform": [0, 1], "log-uniform": [1, 100],
    "triangular": [0, 1, 3], "pert": [0, 1, 3], "student-t": [5, 0, 1],
    "skew-normal": [0, 1, 4], "exponential-power": [0, 1, 1.5], "chi-square": [4],
    "fisher-f": [5, 12], "gompertz": [0.1, 0.01], "generalised-gamma": [2, 1.5, 1],
    "cauchy": [0, 1], "bernoulli": [0.3], "binomial": [20, 0.3], "poisson": [4],
    "negative-binomial": [4, 2], "geometric": [0.2], "hypergeometric": [50, 20, 10],
    "discrete-uniform": [1, 6],
  ]
}
