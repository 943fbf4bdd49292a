// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the two ends of a stated range mean. Never guessed: the readings differ by a factor of almost
/// four in standard deviation.
public enum RangeReading: String, Sendable, CaseIterable {
  /// A 95 % interval.
  case ci95
  /// A 90 % interval.
  case ci90
  /// The 10th and 90th percentiles.
  case p10p90 = "p10-p90"
  /// The quartiles.
  case iqr
  /// The smallest and the largest possible value.
  case minMax = "min-max"
  /// Base minus and plus one standard error.
  case se

  /// Half-width in standard deviations of a normal; `nil` for `min-max`, which has no such width.
  ///
  /// Numerics: normal quantiles at 0.975, 0.95, 0.9 and 0.75 to double precision.
  public var halfWidth: Double? {
    switch self {
    case .ci95: 1.959963984540054
    case .ci90: 1.6448536269514722
    case .p10p90: 1.2815515655446004
    case .iqr: 0.6744897501960817
    case .se: 1
    case .minMax: nil
    }
  }

  /// The cumulative probabilities that the ends stand for: 0.025 and 0.975 for `ci95`.
  public var probabilities: (low: Double, high: Double)? {
    switch self {
    case .ci95: (0.025, 0.975)
    case .ci90: (0.05, 0.95)
    case .p10p90: (0.1, 0.9)
    case .iqr: (0.25, 0.75)
    case .se: (0.15865525393145707, 0.8413447460685429)
    case .minMax: nil
    }
  }
}
