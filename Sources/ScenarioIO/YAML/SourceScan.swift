// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the scan of a file's text found beside its problems.
struct SourceScan {
  /// The structure is broken: the text can't be composed.
  var isBroken = false
  /// Values already reported, as byte ranges; they are blanked before the text is composed, so that
  /// the rest of the file is still checked.
  var refused: [Range<Int>] = []
}
