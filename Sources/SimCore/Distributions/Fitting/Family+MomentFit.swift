// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Family {
  /// The member that a stated range asks for, by moments.
  ///
  /// ```
  /// sd = (high − low) / (2 z);   mean, median or mode = base
  /// ```
  /// Two-parameter families can't meet three numbers: this fit meets the base and the width, and the
  /// ends come out where the shape puts them. `min-max` takes the ends as limits instead.
  ///
  /// - Throws: `DistributionError` when the range is out of order, or no member has these numbers.
  public func fitted(to range: StatedRange) throws(DistributionError) -> any Distribution {
    try range.check()
    guard let sd = range.standardDeviation else {
      guard let fromBounds else {
        throw DistributionError(
          found: "family \(name) for a min-max range", expected: "a family with limits",
          advice: "Use family: pert, triangular or uniform, or another reading of the range.")
      }
      return try fromBounds(range.base, range.baseIs, range.low, range.high)
    }
    return try member(of: range, with: sd)
  }

  /// The member with this sd whose centre is the base of the range.
  func member(of range: StatedRange, with sd: Double) throws(DistributionError)
    -> any Distribution
  {
    guard let fromMoments else {
      throw DistributionError(
        found: "family \(name) for a \(range.reading.rawValue) range",
        expected: "a family that a mean and an sd determine",
        advice: "Read the range as min-max, or use gamma, beta, lognormal or normal.")
    }
    switch range.baseIs {
    case .mean: return try fromMoments(range.base, sd)
    case .median:
      return try member(with: sd, named: "median", at: range.base, fromMoments) {
        $0.quantile(cumulative: 0.5)
      }
    case .mode:
      return try member(with: sd, named: "mode", at: range.base, fromMoments) { $0.mode }
    }
  }

  /// The member with this sd whose centre is `base`: the mean is found by bisection.
  ///
  /// Numerics: the centre rises with the mean at a fixed sd in every family that offers moments; ends
  /// when the mean is determined to the last double.
  private func member(
    with sd: Double, named centreName: String, at base: Double, _ fromMoments: MomentFit,
    centre: (any Distribution) -> Double?
  ) throws(DistributionError) -> any Distribution {
    func gap(_ mean: Double) -> Double? {
      guard let candidate = try? fromMoments(mean, sd), let found = centre(candidate) else {
        return nil
      }
      return found - base
    }
    func fault() -> DistributionError {
      DistributionError(
        found: "\(centreName) \(base) with sd \(sd)",
        expected: "a \(name) distribution with this \(centreName) and sd",
        advice: "Use another family, or state the mean with base_is: mean.")
    }
    // Members without this centre (a gamma with shape below 1 has no mode) lie at the ends of the means
    // that have one: below a mean that has it they count as too low, above it as too high.
    let offsets = (0...256).lazy.flatMap { [-Double($0) / 64, Double($0) / 64] }
    guard let known = offsets.map({ base + $0 * sd }).first(where: { gap($0) != nil }) else {
      throw fault()
    }
    func isLow(_ mean: Double) -> Bool { gap(mean).map { $0 < 0 } ?? (mean < known) }
    // The mean is within √3 sd of mode and within one sd of the median in unimodal families.
    var low = base - 4 * sd
    var high = base + 4 * sd
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if isLow(middle) { low = middle } else { high = middle }
    }
    // At the end of the means that have the centre, the base may be beyond all of them.
    let mean = gap(high) == nil ? low : high
    guard let distance = gap(mean), abs(distance) <= 1e-9 * sd + 8 * base.ulp else { throw fault() }
    return try fromMoments(mean, sd)
  }
}
