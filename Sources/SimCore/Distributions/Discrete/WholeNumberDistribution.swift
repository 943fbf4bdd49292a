// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// A discrete distribution on consecutive whole numbers.
public protocol WholeNumberDistribution: DiscreteDistribution {
  /// P(X = k).
  /// - Parameter k: a whole number in the support.
  func mass(_ k: Double) -> Double
  /// P(X <= k) or P(X > k), each with relative accuracy.
  /// - Parameter k: a whole number in the support, below its upper end.
  func wholeTail(_ k: Double, _ side: TailProbability.Side) -> Double
  /// A continuous Y > 0 with X = ⌈Y⌉ − 1, used when a table would be too long.
  var continuousForm: (any Distribution)? { get }
}

/// Bounds shared by the discrete families.
enum WholeNumbers {
  /// The most whole numbers that a table holds: enough for a standard deviation of 36 000.
  static let mostPoints = 600_000.0
  /// The largest size of a population, number of trials or mean.
  static let mostTrials = 1e9
}

extension WholeNumberDistribution {
  public var continuousForm: (any Distribution)? { nil }

  public func density(_ x: Double) -> Double {
    let support = support
    guard x >= support.lower, x <= support.upper, x.isFinite, x == x.rounded(.down) else {
      return 0
    }
    return mass(x)
  }

  public func cumulative(_ x: Double) -> Double {
    let support = support
    if x < support.lower { return 0 }
    if x >= support.upper { return 1 }
    return wholeTail(x.rounded(.down), .lower)
  }

  public func survival(_ x: Double) -> Double {
    let support = support
    if x < support.lower { return 1 }
    if x >= support.upper { return 0 }
    return wholeTail(x.rounded(.down), .upper)
  }

  public func quantile(_ tail: TailProbability) -> Double {
    WholeNumberSolver.quantile(self, tail)
  }

  public var discreteForm: DiscreteForm {
    // Beyond these two no uniform can reach: the least tail of a draw is 2⁻⁵³.
    let first = quantile(TailProbability(0x1p-54, side: .lower))
    let last = quantile(TailProbability(0x1p-54, side: .upper))
    let count = last - first + 1
    if count > WholeNumbers.mostPoints, let continuousForm { return .rounded(continuousForm) }
    return .whole(first: first, count: Int(count))
  }

  /// The most likely number, known to within one; `nil` when two are as likely.
  func uniqueMode(near guess: Double) -> Double? {
    let support = support
    let start = min(max(guess.rounded(.down), support.lower), support.upper)
    let near = [start - 1, start, start + 1].filter { $0 >= support.lower && $0 <= support.upper }
    let masses = near.map { mass($0) }
    guard let most = masses.max(), let place = masses.firstIndex(of: most) else { return nil }
    let ties = masses.count { $0 >= most * (1 - 1e-13) }
    return ties == 1 ? near[place] : nil
  }
}

/// Inverts the tail functions of a distribution on whole numbers.
enum WholeNumberSolver {
  /// The smallest k with P(X <= k) >= p, or with P(X > k) <= p.
  ///
  /// Numerics: steps that double from the mean until the answer is enclosed, then bisection; both ask
  /// the tail function only. Complexity: about 2 log₂ of the distance from the mean in sd.
  static func quantile(_ law: some WholeNumberDistribution, _ target: TailProbability) -> Double {
    let (first, last) = (law.support.lower, law.support.upper)
    func reaches(_ k: Double) -> Bool {
      if k >= last { return true }
      let tail = law.wholeTail(k, target.side)
      return target.side == .lower ? tail >= target.probability : tail <= target.probability
    }
    var low: Double
    var high: Double
    var step = max(1, law.standardDeviation.rounded(.down))
    let start = min(max(law.mean.rounded(.down), first), last)
    if reaches(start) {
      high = start
      low = start - step
      while low >= first, reaches(low) {
        high = low
        step *= 2
        low -= step
      }
      low = max(low, first - 1)
    } else {
      low = start
      high = start + step
      while !reaches(high) {
        low = high
        step *= 2
        high += step
      }
      high = min(high, last)
    }
    while high - low > 1 {
      let middle = (low + (high - low) / 2).rounded(.down)
      if middle <= low { break }
      if reaches(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
