// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// Inversion of discrete laws whose arguments differ from one iteration to the next.
///
/// Exact as the families are: the smallest k with P(X ≤ k) ≥ u, from the nearer tail. Arguments outside
/// their ranges give NaN, which the engine reports with iteration and inputs.
///
/// Complexity: one tail function and a few masses for each draw; the binomial's tail takes a time that
/// grows like √n.
public enum PerDrawInverse {
  /// Successes in `trials` trials: whole numbers from 0 to 1e9, probabilities from 0 to 1; else NaN.
  public static func binomial(word: UInt64, trials: Double, probability: Double) -> Double {
    binomial(u: UniformStream.uniform(word), trials: trials, probability: probability)
  }

  /// The same at a cumulative probability; NaN unless it lies between 0 and 1.
  public static func binomial(u: Double, trials: Double, probability: Double) -> Double {
    if !(u > 0 && u < 1) { return .nan }
    if trials == 0 { return probability >= 0 && probability <= 1 ? 0 : .nan }
    guard let law = try? Binomial(trials: trials, probability: probability) else { return .nan }
    let (mean, variance) = (law.mean, law.variance)
    if variance == 0 { return law.support.lower == law.support.upper ? law.support.lower : mean }
    return value(law, u, mean, variance, skewness: (1 - 2 * probability) / variance.squareRoot())
  }

  /// Events: means from 0 to 1e9; else NaN.
  public static func poisson(word: UInt64, mean: Double) -> Double {
    poisson(u: UniformStream.uniform(word), mean: mean)
  }

  /// The same at a cumulative probability; NaN unless it lies between 0 and 1.
  public static func poisson(u: Double, mean: Double) -> Double {
    if !(u > 0 && u < 1) { return .nan }
    if mean == 0 { return 0 }
    guard let law = try? Poisson(mean: mean) else { return .nan }
    return value(law, u, mean, mean, skewness: 1 / mean.squareRoot())
  }

  /// `binomial` over a block.
  ///
  /// - Precondition: all have at least as many elements as `out`.
  public static func fillBinomial(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    trials: UnsafePointer<Double>, probabilities: UnsafePointer<Double>
  ) {
    for i in 0..<out.count {
      out[i] = binomial(word: words[i], trials: trials[i], probability: probabilities[i])
    }
  }

  /// `poisson` over a block.
  ///
  /// - Precondition: all have at least as many elements as `out`.
  public static func fillPoisson(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    means: UnsafePointer<Double>
  ) {
    for i in 0..<out.count { out[i] = poisson(word: words[i], mean: means[i]) }
  }

  private static func value(
    _ law: some WholeNumberDistribution, _ u: Double, _ mean: Double, _ variance: Double,
    skewness: Double
  ) -> Double {
    let target = TailProbability(cumulative: u)
    let z = roughScore(target)
    // Cornish and Fisher's first correction, from the middle of the step.
    let guess =
      mean + variance.squareRoot() * (z + min(skewness, 2) * (z * z - 1) / 6)
    return WholeNumberSolver.quantile(law, target, near: guess.rounded())
  }

  /// Φ⁻¹ to 5e-4. Source: Abramowitz and Stegun (1964), 26.2.23.
  private static func roughScore(_ target: TailProbability) -> Double {
    let t = (-2 * Double.log(target.probability)).squareRoot()
    let top = 2.515517 + t * (0.802853 + t * 0.010328)
    let bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    let z = t - top / bottom
    return target.side == .lower ? -z : z
  }
}

extension WholeNumberSolver {
  /// Steps that masses are added or taken off for before the tail function is asked again.
  private static let mostSteps = 40

  /// `quantile(law, target)` from a guess that is a few steps off: one tail, then masses.
  static func quantile(
    _ law: some WholeNumberDistribution, _ target: TailProbability, near guess: Double
  ) -> Double {
    let (first, last) = (law.support.lower, law.support.upper)
    let p = target.probability
    var k = min(max(guess, first), last)
    if k == last, last > first { k = last - 1 }
    if k == last { return k }
    let isLower = target.side == .lower
    var tail = law.wholeTail(k, target.side)
    let start = tail
    for _ in 0..<mostSteps {
      // The tail at k − 1 when k reaches the target, else that at k + 1.
      let reaches = isLower ? tail >= p : tail <= p
      if reaches {
        if k == first { return k }
        let mass = law.mass(k)
        let next = isLower ? tail - mass : tail + mass
        if !(isLower ? next >= p : next <= p) {
          return isDecided(next, p, start) ? k : quantile(law, target)
        }
        k -= 1
        tail = next
      } else {
        k += 1
        if k >= last { return last }
        let mass = law.mass(k)
        tail = isLower ? tail + mass : tail - mass
        if isLower ? tail >= p : tail <= p {
          return isDecided(tail, p, start) ? k : quantile(law, target)
        }
      }
    }
    return quantile(law, target)
  }

  /// Whether rounding in sums that began at `start` can't have moved the tail across p.
  private static func isDecided(_ tail: Double, _ p: Double, _ start: Double) -> Bool {
    abs(tail - p) > 1e-11 * (start + tail)
  }
}
