// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// How a distribution is chosen to meet base, low and high.
public enum FitRule: String, Sendable, CaseIterable {
  /// The base as centre, and sd = (high − low)/(2 z); the ends come out as they may.
  case moments
  /// The base as centre, and an interval exactly as wide as the stated one.
  case width
  /// Both ends as quantiles; the base comes out as it may.
  case ends
  /// All three, by a metalog.
  case all
  /// For ratios: the middle of the ends on the log scale, and their width there.
  case logMidpoint = "log-midpoint"
  /// For ratios: the base as mean, and the width on the log scale.
  case mean
  /// For ratios: the base as median, and the width on the log scale.
  case median

  /// Whether it is for a lognormal alone.
  public var isForRatios: Bool { [.logMidpoint, .mean, .median].contains(self) }
  /// Whether it needs to know what the base is.
  public var usesCentre: Bool { [.moments, .width, .all].contains(self) }
}
