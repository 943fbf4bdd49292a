// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// An incremental cost-effectiveness ratio: a ratio of differences, or the word where a ratio says nothing.
///
/// | difference in effect | difference in cost | ICER |
/// |---|---|---|
/// | above 0 | above 0 | `ratio`: cost per further unit of effect |
/// | below 0 | below 0 | `ratio`: saving per unit of effect given up |
/// | 0 or above | 0 or below | `dominant`, unless both are 0 |
/// | 0 or below | 0 or above | `dominated`, unless both are 0 |
/// | 0 | 0 | `undefined` |
///
/// A negative ratio does not exist: it would be the better the larger the saving *and* the smaller the gain.
public enum ICER: Sendable, Hashable {
  /// Above 0. Units: currency per unit of effect.
  case ratio(Double)
  case dominant
  case dominated
  case undefined

  /// The ICER of a difference in cost and a difference in effect.
  public init(cost: Double, effect: Double) {
    if cost == 0 && effect == 0 || cost.isNaN || effect.isNaN {
      self = .undefined
    } else if cost <= 0 && effect >= 0 {
      self = .dominant
    } else if cost >= 0 && effect <= 0 {
      self = .dominated
    } else {
      self = .ratio(cost / effect)
    }
  }

  /// The ratio, where there is one.
  public var value: Double? {
    if case .ratio(let value) = self { return value }
    return nil
  }

  /// The case as tables spell it: `ratio`, `dominant`, `dominated`, `undefined`.
  public var name: String {
    switch self {
    case .ratio: "ratio"
    case .dominant: "dominant"
    case .dominated: "dominated"
    case .undefined: "undefined"
    }
  }
}
