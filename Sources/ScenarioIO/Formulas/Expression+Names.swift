// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension SimCore.Expression {
  /// Names in the order of the text, with their offsets.
  var names: [(name: String, offset: Int)] {
    var found: [(name: String, offset: Int)] = []
    var waiting = [self]
    while let next = waiting.popLast() {
      switch next {
      case .number: break
      case .name(let name, let offset): found.append((name, offset))
      case .unary(_, let operand): waiting.append(operand)
      case .binary(_, let left, let right):
        waiting.append(right)
        waiting.append(left)
      case .call(_, let arguments): waiting.append(contentsOf: arguments.reversed())
      }
    }
    return found
  }

  /// The name, if the whole formula is one.
  var soleName: String? {
    if case .name(let name, _) = self { name } else { nil }
  }
}
