// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import SimCore

/// What the `value` of a parameter states.
package enum Assessment: Sendable {
  /// One number, certain.
  case number(Double)
  /// A base with a low and a high number, whose meaning is told elsewhere unless `reading` says it.
  case range(StatedNumbers)
  /// A member of a family.
  case distribution(StatedMember)
  /// `15 of 1000`: how often something happened among how many.
  case events(EventCount)
}

/// `base (low to high)` or `base ± half` as three numbers.
package struct StatedNumbers: Sendable, Hashable {
  package var base: Double
  package var low: Double
  package var high: Double
  /// Told by the text itself, as in `95% CI`.
  package var reading: RangeReading?
  /// Where that was told, in UTF-8 bytes.
  package var readingOffset = 0
}
