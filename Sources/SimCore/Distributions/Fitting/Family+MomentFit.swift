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
    try Check.finite(range.base, "base")
    try Check.finite(range.low, "low")
    try Check.finite(range.high, "high")
    if !(range.low < range.high) {
      throw DistributionError(
        found: "low \(range.low), high \(range.high)", expected: "low below high")
    }
    if !(range.low <= range.base && range.base <= range.high) {
      throw DistributionError(
        found: "base \(range.base) outside its range \(range.low) to \(range.high)",
        expected: "a base between low and high")
    }
    guard let sd = range.standardDeviation else {
      guard let fromBounds else {
        throw DistributionError(
          found: "family \(name) for a min-max range", expected: "a family with limits",
          advice: "Use family: pert, triangular or uniform, or another reading of the range.")
      }
      return try fromBounds(range.base, range.baseIs, range.low, range.high)
    }
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
    // The mean is within √3 sd of mode and within one sd of the median in unimodal families.
    var low = base
    var high = base
    var found = false
    for step in 0...64 {
      let mean = base - (Double(step) / 16) * sd
      if let g = gap(mean), g <= 0 {
        low = mean
        found = true
        break
      }
    }
    var foundHigh = false
    for step in 0...64 {
      let mean = base + (Double(step) / 16) * sd
      if let g = gap(mean), g >= 0 {
        high = mean
        foundHigh = true
        break
      }
    }
    guard found, foundHigh else {
      throw DistributionError(
        found: "\(centreName) \(base) with sd \(sd)",
        expected: "a \(name) distribution with this \(centreName) and sd",
        advice: "Use another family, or state the mean with base_is: mean.")
    }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      guard let g = gap(middle) else {
        low = middle
        continue
      }
      if g < 0 { low = middle } else { high = middle }
    }
    return try fromMoments(high, sd)
  }
}
