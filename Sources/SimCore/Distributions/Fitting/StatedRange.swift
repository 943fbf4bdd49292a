// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Three numbers as reports print them, with what they mean: base (low to high).
public struct StatedRange: Sendable, Hashable {
  public let base: Double
  public let low: Double
  public let high: Double
  public let baseIs: Centre
  public let reading: RangeReading

  public init(base: Double, low: Double, high: Double, baseIs: Centre, reading: RangeReading) {
    self.base = base
    self.low = low
    self.high = high
    self.baseIs = baseIs
    self.reading = reading
  }

  /// The standard deviation that the width implies: (high − low) / (2 z); `nil` for `min-max`.
  public var standardDeviation: Double? {
    reading.halfWidth.map { (high - low) / (2 * $0) }
  }
}
