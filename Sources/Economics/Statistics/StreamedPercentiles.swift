// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Percentiles of values that come in blocks and are not kept: windows around the wanted ranks are placed
/// by the first values and narrow as more are seen.
///
/// Exact, or known to be missing: values in an order of their own, sorted ones say, leave the windows.
struct StreamedPercentiles: Sendable {
  private let plan: PercentilePlan
  private var tracker = QuantileTracker(windows: .everything)
  private var seen = 0
  private var narrowing = 1 << 14

  init(_ plan: PercentilePlan) { self.plan = plan }

  mutating func add(block: UnsafeBufferPointer<Double>) {
    tracker.add(block: block)
    seen += block.count
    if seen >= narrowing, seen < plan.count {
      tracker.narrow(to: plan.ranks, of: plan.count)
      narrowing *= 4
    }
  }

  /// After all values; `nil` where a rank was missed.
  func estimates() -> [PercentileEstimate]? {
    var tracker = tracker
    let found = tracker.orderStatistics(plan.ranks)
    return found.count == plan.ranks.count ? plan.estimates(found) : nil
  }
}
