// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The free arguments of one way to give a family, as unknowns without bounds and of order one.
struct MemberCoordinates {
  enum Kind {
    /// A place on the axis of the quantity: origin + unit · c.
    case place
    /// Above 0: exp(c).
    case positive
    /// Any number, as it is.
    case plain
  }

  let arguments: [String]
  let kinds: [Kind]
  let origin: Double
  let unit: Double
  private let build: @Sendable ([Double]) throws(DistributionError) -> any Distribution

  /// - Parameters:
  ///   - arguments: names of the free arguments, in the order that `build` takes them.
  ///   - origin, unit: where the stated numbers lie, and how wide.
  init(
    _ arguments: [String], origin: Double, unit: Double,
    build: @escaping @Sendable ([Double]) throws(DistributionError) -> any Distribution
  ) {
    self.arguments = arguments
    self.origin = origin
    self.unit = unit
    self.build = build
    kinds = Self.kinds(arguments, build)
  }

  /// What the names tell, and for the others what the family takes: whether a number below 0 will do.
  private static func kinds(
    _ arguments: [String], _ build: ([Double]) throws(DistributionError) -> any Distribution
  ) -> [Kind] {
    let rising = arguments.indices.map { Double($0 + 1) }
    func takesNegative(_ index: Int) -> Bool? {
      guard (try? build(rising)) != nil else { return nil }
      var values = rising
      values[index] = -values[index]
      return (try? build(values)) != nil
    }
    let limitsArePositive = arguments.first == "min" && takesNegative(0) == false
    return arguments.enumerated().map { index, name in
      switch name {
      case "min", "mode", "max": limitsArePositive ? .positive : .place
      case "location", "mean": .place
      case "meanlog", "meanlogit", "mu", "q", "skewness": .plain
      default: takesNegative(index) == true ? .plain : .positive
      }
    }
  }

  func member(_ c: [Double]) -> (any Distribution)? { try? build(values(c)) }

  func values(_ c: [Double]) -> [Double] {
    zip(kinds, c).map { kind, c in
      switch kind {
      case .place: origin + unit * c
      case .positive: Double.exp(c)
      case .plain: c
      }
    }
  }

  func coordinates(_ values: [Double]) -> [Double]? {
    let c = zip(kinds, values).map { kind, value in
      switch kind {
      case .place: (value - origin) / unit
      case .positive: Double.log(value)
      case .plain: value
      }
    }
    return c.allSatisfy(\.isFinite) ? c : nil
  }

  /// Where a search may begin: every combination of a few values for each unknown.
  ///
  /// - Parameter centre: a value in the middle of the stated numbers.
  func grid(centre: Double) -> [[Double]] {
    let logUnit = Double.log(unit)
    let logCentre = centre > 0 ? Double.log(centre) : logUnit
    let isFew = arguments.count <= 2
    func steps(_ few: [Double], _ many: [Double]) -> [Double] { isFew ? few : many }
    let choices = zip(arguments, kinds).map { name, kind -> [Double] in
      switch (kind, name) {
      case (.place, "min"): return steps([-2, -0.5, -0.1], [-1, -0.1])
      case (.place, "max"): return steps([1.1, 1.5, 3], [1.1, 2])
      case (.place, _): return steps([0, 0.5, 1], [0.1, 0.5, 0.9])
      case (.plain, "meanlog"), (.plain, "mu"):
        return steps([-1, 0, 1], [-0.5, 0.5]).map { logCentre + $0 }
      case (.plain, "meanlogit"):
        let share = min(max(centre, 1e-6), 1 - 1e-6)
        return [-1, 0, 1].map { Double.log(share / (1 - share)) + $0 }
      case (.plain, _): return [-0.5, 0, 0.5]
      case (.positive, "scale"), (.positive, "sd"):
        return steps([-3, -1, 0, 1], [-1, 0.5]).flatMap { [logUnit + $0, logCentre + $0] }
      case (.positive, "rate"):
        return steps([-3, -1, 0, 1], [-1, 0.5]).flatMap { [$0 - logUnit, $0 - logCentre] }
      case (.positive, "min"): return [-3, -0.5, -0.05].map { Double.log(origin) + $0 }
      case (.positive, "max"): return [0.05, 0.5, 3].map { Double.log(origin + unit) + $0 }
      case (.positive, "shape") where arguments.contains("rate"):
        return [-2, 0, 2, 4].flatMap { [$0, $0 - logUnit] }
      default: return steps([-2, -1, 0, 1, 2, 4, 7], [-1, 0, 1, 3])
      }
    }
    var grid: [[Double]] = [[]]
    for values in choices { grid = grid.flatMap { start in values.map { start + [$0] } } }
    return grid
  }
}
