// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// A quantity as its entry states it, and the distribution that this means.
struct Fit: Sendable {
  /// As written, for reports.
  var text: String
  var distribution: any Distribution
  /// The number, or base, low and high of a range.
  var numbers: StatedNumbers?
  /// What the range means; `nil` without one.
  var reading: RangeReading?
  /// What the base is; `nil` without a range, or where the family makes it irrelevant.
  var baseIs: Centre?
  /// How the range became a distribution; `nil` without one.
  var rule: FitRule?
}
