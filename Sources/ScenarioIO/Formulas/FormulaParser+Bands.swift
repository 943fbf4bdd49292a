// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension FormulaParser {
  /// Reads the right side of `band == 40-64` if it is a label of the dimension on the left that is no
  /// name: the longest one that stands there without a space.
  mutating func band(_ symbol: BinaryOperator, _ left: SimCore.Expression)
    -> SimCore.Expression?
  {
    guard symbol == .equal || symbol == .notEqual, case .name(let dimension, _) = left,
      let labels = bands[dimension]
    else { return nil }
    let start = current.offset
    var text = ""
    var place = position
    var found: (label: String, end: Int)?
    while tokens[place].token != .end, tokens[place].offset == start + text.utf8.count {
      text += tokens[place].text
      place += 1
      let label = Names.normalised(text)
      if labels.contains(label) { found = (label, place) }
    }
    guard let found else { return nil }
    position = found.end
    return .name(found.label, offset: base + start)
  }
}
