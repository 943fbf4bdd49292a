// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A quantile function of straight lines between knots of cumulative probability and value.
///
/// ```
/// Q(u) = v_k + (v_{k+1} − v_k) (u − p_k) / (p_{k+1} − p_k),   p_k <= u <= p_{k+1}
/// ```
/// The density is constant between two knots. Equal neighbouring values make a point mass with the
/// probability between them.
///
/// Probabilities: the first 0, the last 1, rising. Values: finite, not falling, not all equal.
///
/// Numerics: counted from the nearer knot, so that values near both ends keep their digits.
public struct PiecewiseLinear: Distribution {
  public let probabilities: [Double]
  public let values: [Double]
  public let mean: Double
  public let variance: Double

  /// - Throws: `DistributionError` for knots that break the rules above.
  public init(probabilities: [Double], values: [Double]) throws(DistributionError) {
    guard probabilities.count == values.count, values.count >= 2 else {
      throw DistributionError(
        found: "\(probabilities.count) probabilities and \(values.count) values",
        expected: "two or more knots, each with its probability and value")
    }
    try Check.sample(values, atLeast: 2)
    guard probabilities[0] == 0, probabilities[probabilities.count - 1] == 1 else {
      throw DistributionError(
        found:
          "probabilities from \(probabilities[0]) to \(probabilities[probabilities.count - 1])",
        expected: "probabilities from 0 to 1",
        advice: "Add the smallest value with probability 0 and the largest with probability 1.")
    }
    for k in 1..<values.count {
      if !(probabilities[k] > probabilities[k - 1]) {
        throw DistributionError(
          found: "probability \(probabilities[k]) after \(probabilities[k - 1])",
          expected: "cumulative probabilities that rise from knot to knot")
      }
      if !(values[k] >= values[k - 1]) {
        throw DistributionError(
          found: "value \(values[k]) at probability \(probabilities[k]) after \(values[k - 1])",
          expected: "values that don't fall from knot to knot")
      }
    }
    if values[0] == values[values.count - 1] {
      throw DistributionError(
        found: "knots that all have the value \(values[0])", expected: "values that differ",
        advice: "Write a single number.")
    }
    self.init(checked: probabilities, values)
  }

  private init(checked probabilities: [Double], _ values: [Double]) {
    self.probabilities = probabilities
    self.values = values
    let centre = values[values.count / 2]
    var first = 0.0
    for k in 1..<values.count {
      let (a, b) = (values[k - 1] - centre, values[k] - centre)
      first += (probabilities[k] - probabilities[k - 1]) * 0.5 * (a + b)
    }
    mean = centre + first
    var second = 0.0
    for k in 1..<values.count {
      let (a, b) = (values[k - 1] - mean, values[k] - mean)
      second += (probabilities[k] - probabilities[k - 1]) * (a * a + a * b + b * b) / 3
    }
    variance = second
  }

  public static let family = Family(
    name: "piecewise-linear",
    summary: "quantiles as stated, with straight lines between them",
    supportText: "from the first value to the last",
    parametrisations: [],
    source: "Law (2015), Simulation Modeling and Analysis, section 6.2.4")

  public var parameters: [NamedValue] {
    zip(probabilities, values).map { NamedValue("at \($0)", $1) }
  }
  public var support: Support {
    let last = values.count - 1
    return Support(
      lower: values[0], upper: values[last], attainsLower: values[1] == values[0],
      attainsUpper: values[last - 1] == values[last])
  }
  public var breaks: [Double] {
    values.filter { $0 > values[0] && $0 < values[values.count - 1] }
  }

  public var atoms: [Atom] {
    var masses: [Atom] = []
    for k in 1..<values.count where values[k] == values[k - 1] {
      let probability = probabilities[k] - probabilities[k - 1]
      if let last = masses.last, last.value == values[k] {
        masses[masses.count - 1] = Atom(
          value: last.value, probability: last.probability + probability)
      } else {
        masses.append(Atom(value: values[k], probability: probability))
      }
    }
    return masses
  }

  /// The heaviest point mass, else nothing: densities that are constant have no single top.
  public var mode: Double? {
    let atoms = atoms
    guard let top = atoms.max(by: { $0.probability < $1.probability }) else { return nil }
    return atoms.count { $0.probability == top.probability } == 1 ? top.value : nil
  }

  /// Of the piece to the right of a knot; infinite at point masses.
  public func density(_ x: Double) -> Double {
    guard x >= values[0], x <= values[values.count - 1] else { return 0 }
    let k = min(max(SortedSearch.count(in: values) { $0 <= x }, 1), values.count - 1)
    if k >= 2, values[k - 1] == x, values[k - 2] == x { return .infinity }
    let width = values[k] - values[k - 1]
    return width > 0 ? (probabilities[k] - probabilities[k - 1]) / width : .infinity
  }

  public func cumulative(_ x: Double) -> Double {
    let k = SortedSearch.count(in: values) { $0 <= x }
    if k == 0 { return 0 }
    if k == values.count { return 1 }
    let part = (x - values[k - 1]) / (values[k] - values[k - 1])
    return probabilities[k - 1] + part * (probabilities[k] - probabilities[k - 1])
  }

  public func survival(_ x: Double) -> Double {
    let k = SortedSearch.count(in: values) { $0 <= x }
    if k == 0 { return 1 }
    if k == values.count { return 0 }
    let part = (values[k] - x) / (values[k] - values[k - 1])
    return (1 - probabilities[k]) + part * (probabilities[k] - probabilities[k - 1])
  }

  public func quantile(_ tail: TailProbability) -> Double {
    let p = tail.probability
    return tail.side == .lower ? value(below: p, above: 1 - p) : value(below: 1 - p, above: p)
  }

  /// The value with these probabilities below and above it.
  func value(below: Double, above: Double) -> Double {
    let k = min(
      max(SortedSearch.count(in: probabilities) { $0 < below }, 1), values.count - 1)
    let (p, q) = (probabilities[k - 1], probabilities[k])
    // The last piece is counted from 1, where `above` has all its digits.
    let rest = q == 1 ? above : q - below
    let start = below - p
    let rise = values[k] - values[k - 1]
    let x =
      start < rest ? values[k - 1] + rise * (start / (q - p)) : values[k] - rise * (rest / (q - p))
    return support.interior(min(max(x, values[k - 1]), values[k]))
  }

  /// The same lines between the limits. Point masses at a limit stay.
  public func restriction(from lower: Double?, to upper: Double?) throws(DistributionError)
    -> Restriction
  {
    try Check.limits(lower, upper)
    let a = max(lower ?? values[0], values[0])
    let b = min(upper ?? values[values.count - 1], values[values.count - 1])
    // A point mass at the lower limit belongs to the interval.
    let isAtom = atoms.contains { $0.value == a }
    let below = isAtom ? cumulative(a.nextDown) : cumulative(a)
    let above = survival(b)
    let whole = 1 - below - above
    if !(a <= b && whole > 1e-12) { throw Check.nothingLeft("a piecewise-linear law", a, b) }
    if a == b {
      return Restriction(law: try Constant(a), probability: whole)
    }
    var knots: [(Double, Double)] = [(0, a)]
    for (p, v) in zip(probabilities, values) where v >= a && v <= b {
      let share = (p - below) / whole
      if share > 0 && share < 1 { knots.append((share, v)) }
    }
    knots.append((1, b))
    return Restriction(
      law: PiecewiseLinear(checked: knots.map(\.0), knots.map(\.1)), probability: whole)
  }

  public var sampling: SamplingForm { .piecewiseLinear(self) }
}
