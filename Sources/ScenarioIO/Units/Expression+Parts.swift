// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

package import SimCore

extension SimCore.Expression {
  /// A part of a formula, with the places of its operands in the list of parts.
  package struct Part {
    package let expression: SimCore.Expression
    package let operands: [Int]
  }

  /// Every part, operands before what joins them, in the order of the text. Nothing recurses: a sum may
  /// have thousands of terms.
  package var partsInOrder: [Part] {
    var parts: [Part] = []
    var done: [Int] = []
    var waiting = [(expression: self, isReady: false)]
    while let (next, isReady) = waiting.popLast() {
      let children = next.children
      if isReady || children.isEmpty {
        parts.append(Part(expression: next, operands: Array(done.suffix(children.count))))
        done.removeLast(children.count)
        done.append(parts.count - 1)
      } else {
        waiting.append((next, true))
        waiting.append(contentsOf: children.reversed().map { ($0, false) })
      }
    }
    return parts
  }
}
