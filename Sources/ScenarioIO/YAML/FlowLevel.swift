// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// An open `{` or `[` and the entry being read in it.
struct FlowLevel {
  let isMapping: Bool
  let opening: Int
  var keys: [String: Int] = [:]

  /// The text, or the first text of a key, of the current entry.
  var key: Range<Int>?
  var keyIsQuoted = false
  var hasColon = false
  var value: Range<Int>?
  var valueIsPlain = false
  /// The comma that ended the entry before, and that entry's text.
  var comma: Int?
  var before: Range<Int>?
  /// A comma in this entry or the one before was reported.
  var isReported = false

  init(isMapping: Bool, opening: Int) {
    self.isMapping = isMapping
    self.opening = opening
  }

  var isEmpty: Bool { key == nil && value == nil && !hasColon }

  /// Starts the entry after a comma.
  mutating func nextEntry(comma: Int) {
    self.comma = comma
    before = value ?? key
    key = nil
    keyIsQuoted = false
    hasColon = false
    value = nil
    valueIsPlain = false
  }
}
