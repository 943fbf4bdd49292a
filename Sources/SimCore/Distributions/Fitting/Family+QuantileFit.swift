// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

extension Family {
  /// The member with these numbers: mean, sd and quantiles in any mixture, some arguments given.
  ///
  /// ```
  /// as many numbers as free arguments:  all are met
  /// more quantiles than that:           minimise Σ (F(x_i) − p_i)²
  /// a mean (or sd) and several quantiles, in a family that moments determine:
  ///                                     the mean (or sd) is met, the sum minimised over the rest
  /// ```
  /// - Parameters:
  ///   - numbers: what is known; quantiles rise with their probabilities.
  ///   - given: arguments of one of the family's parametrisations whose value is known.
  /// - Throws: `DistributionError` when there are too few numbers, they contradict each other, or no
  ///   member has them: then with the nearest that one has.
  ///
  /// Numerics: met to 1e-9 of the smaller tail; a sum is minimal to about 1e-7 in the arguments.
  ///
  /// Source: the sum of squared probabilities as in SHELF; Oakley (2010), "Eliciting univariate
  /// probability distributions", in Böcker (ed.), Rethinking risk measurement and reporting.
  public func fitted(to numbers: [StatedNumber], given: [NamedValue] = [])
    throws(DistributionError) -> FittedMember
  {
    try StatedNumbersCheck.check(numbers, name)
    var mean: Double?
    var sd: Double?
    var quantiles: [StatedNumber] = []
    for number in numbers {
      switch number {
      case .mean(let value): mean = value
      case .standardDeviation(let value): sd = value
      case .quantile: quantiles.append(number)
      }
    }
    if let mean, let sd, given.isEmpty, let fromMoments {
      let member = try fromMoments(mean, sd)
      if quantiles.isEmpty { return FittedMember(member) }
      throw DistributionError(
        found: "\(name) with mean, sd and \(quantiles[0].name)",
        expected: "mean and sd, which determine it, or other numbers alone",
        advice: "Delete one of the three.")
    }
    let (search, free) = try search(numbers, quantiles, mean: mean, sd: sd, given: given)
    return try search.member(free: free, familyName: name)
  }

  /// The unknowns, and the numbers that they have to meet.
  private func search(
    _ numbers: [StatedNumber], _ quantiles: [StatedNumber], mean: Double?, sd: Double?,
    given: [NamedValue]
  ) throws(DistributionError) -> (MemberSearch, Int) {
    if given.isEmpty, let fromMoments, mean != nil || sd != nil {
      let coordinates = MemberCoordinates(
        [mean == nil ? "mean" : "sd"], numbers: quantiles, mean: mean, sd: sd
      ) { (v) throws(DistributionError) in
        try fromMoments(mean ?? v[0], sd ?? v[0])
      }
      if quantiles.isEmpty { throw tooFew(numbers, 2, []) }
      return (MemberSearch(coordinates, quantiles, also: numbers, starts: []), 1)
    }
    guard name != "constant",
      let way = parametrisations.first(where: { way in
        given.allSatisfy { way.arguments.contains($0.name) }
      })
    else {
      throw DistributionError(
        found: "\(name) by \(PlainList.and(given.map(\.name) + numbers.map(\.name)))",
        expected: "arguments that belong together")
    }
    let free = way.arguments.filter { name in !given.contains { $0.name == name } }
    if free.isEmpty {
      throw DistributionError(
        found: "\(name) with all its arguments and \(PlainList.and(numbers.map(\.name)))",
        expected: "one or the other")
    }
    if numbers.count < free.count { throw tooFew(numbers, free.count, free) }
    if numbers.count > free.count, quantiles.count < numbers.count {
      throw DistributionError(
        found: "\(numbers.count) numbers, not all of them percentiles, for \(name)",
        expected: "\(free.count) numbers, or percentiles alone")
    }
    let coordinates = MemberCoordinates(free, numbers: quantiles, mean: mean, sd: sd) {
      (v) throws(DistributionError) in
      try way.make(
        way.arguments.map { argument in
          given.first { $0.name == argument }?.value ?? v[free.firstIndex(of: argument) ?? 0]
        })
    }
    let starts = momentStarts(quantiles).compactMap { member -> [Double]? in
      let known = Dictionary(member.parameters.map { ($0.name, $0.value) }) { first, _ in first }
      let values = free.compactMap { known[$0] }
      return values.count == free.count ? coordinates.coordinates(values) : nil
    }
    return (MemberSearch(coordinates, numbers, also: numbers, starts: starts), free.count)
  }

  /// Members whose mean and sd are what the outermost quantiles would give for a normal or lognormal.
  private func momentStarts(_ quantiles: [StatedNumber]) -> [any Distribution] {
    guard let fromMoments, quantiles.count >= 2, let first = quantiles.first,
      let last = quantiles.last,
      case .quantile(let p1, let x1) = first, case .quantile(let p2, let x2) = last
    else { return [] }
    let z1 = Normal.standard.quantile(cumulative: p1)
    let z2 = Normal.standard.quantile(cumulative: p2)
    let sd = (x2 - x1) / (z2 - z1)
    var moments = [(x1 - z1 * sd, sd)]
    if x1 > 0 {
      let sdLog = min(Double.log(x2 / x1) / (z2 - z1), 3)
      let median = Double.exp(Double.log(x1) - z1 * Double.log(x2 / x1) / (z2 - z1))
      let mean = median * Double.exp(0.5 * sdLog * sdLog)
      moments.append((mean, mean * Double.expMinusOne(sdLog * sdLog).squareRoot()))
    }
    return moments.compactMap { try? fromMoments($0.0, $0.1) }
  }

  private func tooFew(_ numbers: [StatedNumber], _ wanted: Int, _ free: [String])
    -> DistributionError
  {
    let unknowns = free.isEmpty ? "" : ": \(PlainList.and(free)) are free"
    return DistributionError(
      found: "\(name) with \(PlainList.and(numbers.map(\.name))) alone",
      expected: "\(wanted) numbers\(unknowns)",
      advice: "Add a percentile, such as p97.5 = …")
  }
}

extension MemberCoordinates {
  /// Places the axis where the stated numbers lie.
  init(
    _ arguments: [String], numbers quantiles: [StatedNumber], mean: Double?, sd: Double?,
    build: @escaping @Sendable ([Double]) throws(DistributionError) -> any Distribution
  ) {
    let values = quantiles.map(\.value) + (mean.map { [$0] } ?? [])
    let low = values.min() ?? 0
    let span = (values.max() ?? 0) - low
    let unit = span > 0 ? span : sd ?? (low == 0 ? 1 : abs(low))
    self.init(arguments, origin: low, unit: unit, build: build)
  }
}

/// Words joined for a message.
enum PlainList {
  static func and(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
