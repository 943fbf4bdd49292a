// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Metalog {
  /// The metalog of three terms that meets base, low and high.
  ///
  /// ```
  /// Q(p_low) = low,   Q(p_high) = high,   and the base:
  /// median   Q(1/2) = base
  /// mean     the median is searched at which the mean is the base; a mode in the same way
  /// ```
  /// - Throws: `DistributionError` when the range is out of order, has limits for ends, or no such metalog
  ///   exists; then with what is feasible.
  ///
  /// Numerics: the median is found by bisection to the last double.
  public init(meeting range: StatedRange, lower: Double?, upper: Double?)
    throws(DistributionError)
  {
    try range.check()
    guard let ends = range.reading.probabilities else {
      throw DistributionError(
        found: "fit all for a min-max range", expected: "another reading of the range",
        advice: "For limits write quantiles: with lower and upper.")
    }
    func law(_ median: Double) throws(DistributionError) -> Metalog {
      try Metalog(
        probabilities: [ends.low, 0.5, ends.high], values: [range.low, median, range.high],
        lower: lower, upper: upper)
    }
    func centre(_ median: Double) -> Double? {
      guard let law = try? law(median) else { return nil }
      return range.baseIs == .mean ? law.mean : law.mode
    }
    if range.baseIs == .median {
      self = try law(range.base)
      return
    }
    // Medians with a metalog lie together; the centre rises with them.
    var known: [(median: Double, centre: Double)] = []
    for i in 1..<200 {
      let median = range.low + (range.high - range.low) * Double(i) / 200
      if let centre = centre(median), centre.isFinite { known.append((median, centre)) }
    }
    guard let below = known.last(where: { $0.centre <= range.base }),
      let above = known.first(where: { $0.centre >= range.base && $0.median >= below.median })
    else {
      // What is wrong with the numbers themselves comes first: ends beyond the limits, say.
      guard let first = known.first, let last = known.last else {
        self = try law(range.base)
        return
      }
      throw DistributionError(
        found: "\(range.baseIs.rawValue) \(range.base) of \(range.low) to \(range.high)",
        expected: "a \(range.baseIs.rawValue) from \(Digits.four(first.centre)) to "
          + "\(Digits.four(last.centre)) for a metalog with these ends")
    }
    self = try law(
      RootFinder.root(below.median, above.median) { (centre($0) ?? .infinity) - range.base })
  }
}
