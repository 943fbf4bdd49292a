// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Searches a family for the member with stated numbers.
struct MemberSearch {
  private let coordinates: MemberCoordinates
  private let numbers: [StatedNumber]
  /// Everything that was stated, for messages.
  private let stated: [StatedNumber]
  private let starts: [[Double]]

  /// The scale on which quantiles are compared: the one on which families of that support are nearly
  /// linear in their arguments.
  private enum Scale { case plain, log, logit }

  init(
    _ coordinates: MemberCoordinates, _ numbers: [StatedNumber], also stated: [StatedNumber],
    starts: [[Double]]
  ) {
    self.coordinates = coordinates
    self.numbers = numbers
    self.stated = stated
    self.starts = starts
  }

  func member(free: Int, familyName: String) throws(DistributionError) -> FittedMember {
    let places = numbers.map(\.value)
    let centre = 0.5 * ((places.min() ?? 0) + (places.max() ?? 0))
    let candidates = (starts + coordinates.grid(centre: centre)).compactMap { start in
      coordinates.member(start).map { (start, $0) }
    }
    guard let support = candidates.first?.1.support else {
      throw impossible(nil, familyName)
    }
    if candidates.first?.1 is any DiscreteDistribution {
      throw DistributionError(
        found: "\(PlainList.and(stated.map(\.name))) of the discrete family \(familyName)",
        expected: "its own arguments",
        advice: "A count reaches its percentiles in jumps: few numbers can be met.")
    }
    try check(candidates.map(\.1.support), familyName)
    let scale: Scale =
      support.lower == 0 && support.upper == 1
      ? .logit : candidates.allSatisfy { $0.1.support.lower >= 0 } ? .log : .plain
    func misfit(_ c: [Double]) -> [Double]? {
      coordinates.member(c).map { distances($0, scale) }
    }
    let ranked = candidates.map { start, member in
      let cost = distances(member, scale).reduce(0) { $0 + $1 * $1 }
      return (start, cost.isFinite ? cost : .infinity)
    }
    .sorted { $0.1 < $1.1 }
    var solutions: [LeastSquares] = []
    for (start, _) in ranked.prefix(numbers.count == free ? 12 : 3) {
      guard let solution = LeastSquares(from: start, misfit) else { continue }
      solutions.append(solution)
      if isMet(solution) { break }
    }
    solutions.sort { $0.cost < $1.cost }
    guard let best = solutions.first, let member = coordinates.member(best.unknowns) else {
      throw impossible(nil, familyName)
    }
    if isMet(best) { return FittedMember(member) }
    if numbers.count == free { throw impossible(member, familyName) }
    return leastSquares(solutions) ?? FittedMember(member)
  }

  // MARK: exact

  private func distances(_ member: any Distribution, _ scale: Scale) -> [Double] {
    numbers.map { number in
      let found = number.implied(by: member)
      switch (number, scale) {
      case (.standardDeviation(let sd), _): return Double.log(found / sd)
      case (_, .plain): return (found - number.value) / coordinates.unit
      case (_, .log): return Double.log(found / number.value)
      case (_, .logit):
        return Double.log(found / number.value) - Double.log((1 - found) / (1 - number.value))
      }
    }
  }

  private func isMet(_ solution: LeastSquares) -> Bool {
    guard let member = coordinates.member(solution.unknowns) else { return false }
    return numbers.allSatisfy { number in
      switch number {
      case .mean(let mean): abs(member.mean - mean) <= 1e-10 * max(abs(mean), coordinates.unit)
      case .standardDeviation(let sd): abs(member.standardDeviation - sd) <= 1e-10 * sd
      case .quantile(let p, let x):
        p <= 0.5
          ? abs(member.cumulative(x) - p) <= 1e-9 * p
          : abs(member.survival(x) - (1 - p)) <= 1e-9 * (1 - p)
      }
    }
  }

  // MARK: least squares

  private func leastSquares(_ starts: [LeastSquares]) -> FittedMember? {
    func misses(_ c: [Double]) -> [Double]? {
      coordinates.member(c).map { member in
        numbers.map { number in
          guard case .quantile(let p, let x) = number else { return 0 }
          return p <= 0.5 ? member.cumulative(x) - p : (1 - p) - member.survival(x)
        }
      }
    }
    let solutions = starts.compactMap { LeastSquares(from: $0.unknowns, misses) }
    guard let best = solutions.min(by: { $0.cost < $1.cost }),
      let member = coordinates.member(best.unknowns)
    else { return nil }
    return FittedMember(
      member, residual: (best.cost / Double(numbers.count)).squareRoot())
  }

  // MARK: refusals

  /// A number that no member can have, whatever its arguments.
  private func check(_ supports: [Support], _ familyName: String) throws(DistributionError) {
    let low = supports.map(\.lower).min() ?? -.infinity
    let high = supports.map(\.upper).max() ?? .infinity
    let hasFixedLow = supports.allSatisfy { $0.lower == low }
    let hasFixedHigh = supports.allSatisfy { $0.upper == high }
    for number in numbers {
      if case .standardDeviation = number { continue }
      let x = number.value
      if (hasFixedLow && !(x > low)) || (hasFixedHigh && !(x < high)) {
        let limits =
          !hasFixedLow || low == -.infinity
          ? "below \(PlainText("\(high)").text)"
          : !hasFixedHigh || high == .infinity
            ? "above \(PlainText("\(low)").text)"
            : "between \(PlainText("\(low)").text) and \(PlainText("\(high)").text)"
        throw DistributionError(
          found: "\(number.name) = \(x)", expected: "a value \(limits) for \(familyName)",
          advice: high == 1 ? "Write shares as 0.4 or 40%." : "")
      }
    }
  }

  private func impossible(_ nearest: (any Distribution)?, _ familyName: String)
    -> DistributionError
  {
    func list(_ value: (StatedNumber) -> Double) -> String {
      PlainList.and(
        stated.map { number in
          let text: PlainText = "\(number.name) = \(value(number))"
          return text.text
        })
    }
    let advice: PlainText =
      if let nearest {
        "The nearest that one has: \(list { Digits.four($0.implied(by: nearest)) })."
      } else {
        "Check the numbers, or use another family."
      }
    return DistributionError(
      found: "\(list(\.value))", expected: "numbers that a \(familyName) distribution can have",
      advice: advice)
  }
}
