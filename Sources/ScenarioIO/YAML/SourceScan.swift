// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the scan of a file's text found beside its problems.
struct SourceScan {
  /// The structure is broken: the text can't be composed.
  var isBroken = false
  /// Values already reported.
  var refused: [Range<Int>] = []
  /// Further lines of such values.
  var blanked: [Range<Int>] = []

  /// The text with refused values blanked out, so that the rest of the file is still checked. A value
  /// becomes `~`; nothing else moves.
  func masked(_ source: SourceText) -> [UInt8] {
    var bytes = source.bytes
    for range in refused + blanked {
      for i in range.clamped(to: 0..<bytes.count) where !Byte.isBreak(bytes[i]) {
        bytes[i] = Byte.space
      }
    }
    var end = 0
    for range in refused.sorted(by: { $0.lowerBound < $1.lowerBound })
    where range.lowerBound >= end && range.lowerBound < bytes.count {
      // A range inside another was blanked with it.
      bytes[range.lowerBound] = UInt8(ascii: "~")
      end = range.upperBound
    }
    return bytes
  }
}
