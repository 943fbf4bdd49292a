// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A probability given by the tail it belongs to, so that the smaller tail keeps all its digits.
///
/// ```
/// lower: p = P(X <= x)        upper: p = P(X > x)
/// ```
/// Near one, `1 - p` rounds; the upper tail written as its own small number does not.
public struct TailProbability: Sendable, Hashable {
  public enum Side: Sendable, Hashable { case lower, upper }

  /// The probability of the tail, in (0, 1).
  public let probability: Double
  public let side: Side

  /// - Precondition: `probability` is in (0, 1).
  public init(_ probability: Double, side: Side) {
    precondition(probability > 0 && probability < 1, "tail probability \(probability)")
    self.probability = probability
    self.side = side
  }

  /// The smaller tail that belongs to the cumulative probability `u`, in (0, 1).
  public init(cumulative u: Double) {
    if u <= 0.5 { self.init(u, side: .lower) } else { self.init(1 - u, side: .upper) }
  }
}
