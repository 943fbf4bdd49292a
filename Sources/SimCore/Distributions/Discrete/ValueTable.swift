// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finitely many values with their probabilities, and both tails summed from their own ends.
public final class ValueTable: Sendable {
  /// Ascending, without repeats.
  public let values: [Double]
  public let masses: [Double]
  /// P(X <= values[i]) and P(X > values[i]).
  let below: [Double]
  let above: [Double]
  public let mean: Double
  public let variance: Double

  /// - Parameters:
  ///   - values: ascending, without repeats, at least one.
  ///   - weights: as many, each at or above 0, one at least above 0.
  init(values: [Double], weights: [Double]) {
    precondition(values.count == weights.count && !values.isEmpty)
    var total = CompensatedSum()
    for weight in weights { total.add(weight) }
    let masses = weights.map { $0 / total.value }
    self.values = values
    self.masses = masses
    (below, above) = Self.tails(masses, before: 0, after: 0)
    // Around the most likely value, so that a common offset costs no digits.
    let most = masses.indices.max { masses[$0] < masses[$1] } ?? 0
    let origin = values[most]
    var first = CompensatedSum()
    for i in values.indices { first.add(masses[i] * (values[i] - origin)) }
    var second = CompensatedSum()
    for i in values.indices {
      let distance = values[i] - origin - first.value
      second.add(masses[i] * distance * distance)
    }
    mean = origin + first.value
    variance = second.value
  }

  /// P(X <= i) and P(X > i) for each mass, with what lies before the first and after the last.
  static func tails(_ masses: [Double], before: Double, after: Double)
    -> (below: [Double], above: [Double])
  {
    var below = [Double](repeating: 0, count: masses.count)
    var above = below
    var sum = CompensatedSum(before)
    for i in masses.indices {
      sum.add(masses[i])
      below[i] = min(sum.value, 1)
    }
    sum = CompensatedSum(after)
    for i in masses.indices.reversed() {
      above[i] = min(sum.value, 1)
      sum.add(masses[i])
    }
    if after == 0 { below[masses.count - 1] = 1 }
    return (below, above)
  }

  /// The number of values at or below `x`.
  private func count(upTo x: Double) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  var support: Support { Support(lower: values[0], upper: values[values.count - 1]) }

  var parameters: [NamedValue] {
    values.indices.flatMap { i in
      [NamedValue("value \(i + 1)", values[i]), NamedValue("probability \(i + 1)", masses[i])]
    }
  }

  /// `nil` when two values are as likely.
  var mode: Double? {
    guard let most = masses.max(), let place = masses.firstIndex(of: most) else { return nil }
    return masses.count { $0 >= most * (1 - 1e-13) } == 1 ? values[place] : nil
  }

  func mass(_ x: Double) -> Double {
    let count = count(upTo: x)
    return count > 0 && values[count - 1] == x ? masses[count - 1] : 0
  }

  func cumulative(_ x: Double) -> Double {
    let count = count(upTo: x)
    return count == 0 ? 0 : below[count - 1]
  }

  func survival(_ x: Double) -> Double {
    let count = count(upTo: x)
    return count == 0 ? 1 : above[count - 1]
  }

  func quantile(_ tail: TailProbability) -> Double {
    var low = 0
    var high = values.count - 1
    while low < high {
      let middle = (low + high) / 2
      let reaches =
        tail.side == .lower
        ? below[middle] >= tail.probability : above[middle] <= tail.probability
      if reaches { high = middle } else { low = middle + 1 }
    }
    return values[low]
  }
}

/// A sum that carries its rounding error along.
///
/// Source: Neumaier (1974), doi:10.1002/zamm.19740540106.
struct CompensatedSum {
  private var sum: Double
  private var correction = 0.0

  init(_ start: Double = 0) { sum = start }

  var value: Double { sum + correction }

  mutating func add(_ x: Double) {
    let next = sum + x
    correction += abs(sum) >= abs(x) ? (sum - next) + x : (x - next) + sum
    sum = next
  }
}
