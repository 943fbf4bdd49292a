// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a run reports about one output.
public struct OutputSummary: Sendable {
  public let name: String
  public let labels: [LabelChoice]
  /// Index of the case in the model.
  public let modelCase: Int
  public let moments: Moments
  /// P(x > 0).
  public let positive: Proportion
  /// Monte Carlo standard error of the mean under the run's sampling method; `nil` where one run can't
  /// tell.
  public let meanStandardError: Double?
  /// Monte Carlo standard error of P(x > 0) under the run's sampling method.
  public let positiveStandardError: Double?
  public let percentiles: [Percentile]
  public let histogram: HistogramCounts?

  /// A quantile with its Monte Carlo interval.
  public struct Percentile: Sendable, Hashable {
    /// Cumulative probability in [0, 1].
    public let probability: Double
    /// Type 7.
    public let value: Double
    /// Ends of the 95 % interval: order statistics for independent iterations, from replicates for other
    /// methods. `nil` where there is no such order statistic, or too few points in a replicate.
    public let lower: Double?
    public let upper: Double?

    package init(probability: Double, value: Double, lower: Double?, upper: Double?) {
      self.probability = probability
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }
}
