// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Expression {
  /// The formulas directly inside this one, in the order of the text.
  public var children: [Expression] {
    switch self {
    case .number, .name, .quantity, .previous, .position: []
    case .unary(_, let a), .reduce(_, let a, _), .cumulative(let a, _), .halfCycle(let a, _, _),
      .move(let a, _, _):
      [a]
    case .binary(_, let a, let b): [a, b]
    case .call(_, let arguments): arguments
    case .select(let a, _, let outside): [a] + (outside.map { [$0] } ?? [])
    case .discount(let a, let rate, _, _): [a, rate]
    case .countQuantile(_, let probability, let arguments): arguments + [probability]
    }
  }

  /// The same formula over other children, given in the order of `children`.
  func replacingChildren(_ new: [Expression]) -> Expression {
    switch self {
    case .number, .name, .quantity, .previous, .position: self
    case .unary(let symbol, _): .unary(symbol, new[0])
    case .reduce(let reduction, _, let over): .reduce(reduction, new[0], over: over)
    case .cumulative(_, let over): .cumulative(new[0], over: over)
    case .halfCycle(_, let method, let over): .halfCycle(new[0], method, over: over)
    case .move(_, let table, let offset): .move(new[0], table: table, offset: offset)
    case .binary(let symbol, _, _): .binary(symbol, new[0], new[1])
    case .call(let function, _): .call(function, new)
    case .select(_, let selectors, _):
      .select(new[0], selectors, outside: new.count > 1 ? new[1] : nil)
    case .discount(_, _, let over, let from):
      .discount(new[0], rate: new[1], over: over, from: from)
    case .countQuantile(let law, _, _):
      .countQuantile(law, probability: new[new.count - 1], Array(new.dropLast()))
    }
  }

  /// The formula with every part replaced by `change`, from the inside out.
  public func mapping(_ change: (Expression) -> Expression) -> Expression {
    change(replacingChildren(children.map { $0.mapping(change) }))
  }

  /// A use of a definition's name.
  public struct NameUse: Sendable, Hashable {
    public let name: String
    public let offset: Int
    /// Through `previous` or a lag: the value at an earlier label, so that it closes no circle.
    public let isEarlier: Bool
  }

  /// The uses of names, in the order of the text. A name may be a dimension's, or a label's beside one
  /// in a comparison.
  public var nameUses: [NameUse] {
    var found: [NameUse] = []
    var waiting = [(self, false)]
    while let (next, isEarlier) = waiting.popLast() {
      var isInnerEarlier = isEarlier
      switch next {
      case .name(let name, let offset):
        found.append(NameUse(name: name, offset: offset, isEarlier: isEarlier))
      case .previous(let name, _, let offset):
        found.append(NameUse(name: name, offset: offset, isEarlier: true))
      case .move(_, let table, let offset):
        found.append(NameUse(name: table, offset: offset, isEarlier: isEarlier))
      case .select(_, let selectors, _):
        isInnerEarlier =
          isEarlier
          || selectors.contains {
            if case .shift(let steps) = $0.choice { steps < 0 } else { false }
          }
      default: break
      }
      waiting.append(contentsOf: next.children.reversed().map { ($0, isInnerEarlier) })
    }
    return found
  }

  /// The names a formula uses, in order of appearance, each once.
  public var names: [String] {
    var seen: Set<String> = []
    return nameUses.map(\.name).filter { seen.insert($0).inserted }
  }
}
