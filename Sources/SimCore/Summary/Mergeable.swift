// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A summary of a range of iterations that can be joined with the summary of the range after it.
///
/// `merge` need not be associative in floating point. `MergeTree` fixes the bracketing, so that
/// results don't depend on who summarised what, or when.
package protocol Mergeable: Sendable {
  /// The summary of both ranges; `left` has the earlier iterations.
  static func merge(_ left: Self, _ right: Self) -> Self
}
