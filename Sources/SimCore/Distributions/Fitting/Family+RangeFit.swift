// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

extension Family {
  /// The member that a stated range asks for by a rule other than moments and metalogs.
  ///
  /// ```
  /// width         centre = base,   Q(p_high) − Q(p_low) = high − low
  /// ends          Q(p_low) = low,  Q(p_high) = high
  /// log-midpoint  meanlog = (log low + log high)/2,   sdlog = (log high − log low)/(2 z)
  /// mean          meanlog = log base − sdlog²/2,      sdlog as above
  /// median        meanlog = log base,                 sdlog as above
  /// ```
  /// - Throws: `DistributionError` when the range is out of order, has limits for ends, or no member
  ///   has these numbers; then with the nearest feasible ones.
  ///
  /// Source of the log scale: Briggs, Claxton and Sculpher (2006), Decision modelling for health
  /// economic evaluation, section 4.3.
  public func fitted(to range: StatedRange, by rule: FitRule) throws(DistributionError)
    -> any Distribution
  {
    if rule == .moments { return try fitted(to: range) }
    try range.check()
    guard let ends = range.reading.probabilities, let z = range.reading.halfWidth else {
      throw DistributionError(
        found: "fit \(rule.rawValue) for a min-max range", expected: "fit: moments",
        advice: "Limits are not percentiles: the family meets them as they are.")
    }
    switch rule {
    case .moments: return try fitted(to: range)
    case .width: return try withWidth(range, ends)
    case .ends:
      let member = try fitted(to: [
        .quantile(probability: ends.low, value: range.low),
        .quantile(probability: ends.high, value: range.high),
      ])
      guard member.residual == nil else {
        throw DistributionError(
          found: "fit ends for \(name), which has one free number",
          expected: "a family with two free numbers, such as gamma, beta or lognormal")
      }
      return member.distribution
    case .all:
      throw DistributionError(
        found: "fit all for \(name)", expected: "fit: moments, width or ends",
        advice: "No member of a family with two numbers meets three.")
    case .logMidpoint, .mean, .median:
      return try ratio(range, rule, z)
    }
  }

  private func ratio(_ range: StatedRange, _ rule: FitRule, _ z: Double)
    throws(DistributionError) -> any Distribution
  {
    if name != "lognormal" {
      throw DistributionError(
        found: "fit \(rule.rawValue) for \(name)", expected: "family: lognormal",
        advice: "This fit works on the scale of logarithms.")
    }
    if !(range.low > 0) {
      throw DistributionError(
        found: "low \(range.low) of a ratio", expected: "a low number above 0",
        advice: "Use fit: moments for a range that reaches 0.")
    }
    let sdLog = Double.log(range.high / range.low) / (2 * z)
    switch rule {
    case .mean:
      return try LogNormal(
        meanLog: Double.log(range.base) - 0.5 * sdLog * sdLog, sdLog: sdLog)
    case .median: return try LogNormal(meanLog: Double.log(range.base), sdLog: sdLog)
    default:
      return try LogNormal(
        meanLog: 0.5 * (Double.log(range.low) + Double.log(range.high)), sdLog: sdLog)
    }
  }

  /// The sd is searched upwards from a narrow member, so that of several the narrowest is found.
  private func withWidth(_ range: StatedRange, _ ends: (low: Double, high: Double))
    throws(DistributionError) -> any Distribution
  {
    let wanted = range.high - range.low
    guard let sdNormal = range.standardDeviation else { preconditionFailure("no width") }
    func member(_ logSD: Double) throws(DistributionError) -> any Distribution {
      try self.member(of: range, with: Double.exp(logSD))
    }
    func width(_ logSD: Double) -> Double? {
      (try? member(logSD)).map {
        $0.quantile(cumulative: ends.high) - $0.quantile(cumulative: ends.low)
      }
    }
    var low = Double.log(sdNormal) - 2
    // A first failure says what is wrong with base and family.
    guard let narrow = width(low), narrow < wanted else { return try member(low) }
    var widest = narrow
    var high: Double?
    for _ in 0..<120 where high == nil {
      guard let next = width(low + 0.05) else { break }
      widest = max(widest, next)
      if next >= wanted { high = low + 0.05 } else { low += 0.05 }
    }
    guard let high else {
      throw DistributionError(
        found: "\(range.baseIs.rawValue) \(range.base) with an interval of width \(wanted)",
        expected: "a width up to \(Digits.four(widest)) for \(name) with this centre",
        advice: "Use fit: ends, or another family.")
    }
    return try member(RootFinder.root(low, high) { (width($0) ?? .infinity) - wanted })
  }
}

extension StatedRange {
  func check() throws(DistributionError) {
    try Check.finite(base, "base")
    try Check.finite(low, "low")
    try Check.finite(high, "high")
    if !(low < high) {
      throw DistributionError(found: "low \(low), high \(high)", expected: "low below high")
    }
    if !(low <= base && base <= high) {
      throw DistributionError(
        found: "base \(base) outside its range \(low) to \(high)",
        expected: "a base between low and high")
    }
  }
}

/// Numbers for advice.
enum Digits {
  /// Rounded to four digits.
  static func four(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let places = 3 - Double.log10(abs(value)).rounded(.down)
    let power = Double.exp10(abs(places)).rounded()
    guard power.isFinite, abs(places) <= 22 else { return value }
    // Division by a whole power of ten gives the double nearest to the decimal.
    return places >= 0 ? (value * power).rounded() / power : (value / power).rounded() * power
  }
}
