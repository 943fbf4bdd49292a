// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Finds the units of all quantities, those that are stated first.
struct UnitResolver {
  private(set) var context: UnitInference.Context
  /// Formulas of what is not a transition table, without repetitions.
  private let formulas: [String: [SimCore.Expression]]
  private let order: [String]

  /// - Parameter context: with the units that are stated.
  init(_ context: UnitInference.Context, _ rules: [CheckedRule], totals: [String: [String]]) {
    self.context = context
    var formulas: [String: [SimCore.Expression]] = [:]
    for rule in rules {
      if rule.isTransition {
        self.context.measures[rule.name] = .pure
      } else {
        formulas[rule.name] = rule.formulas
      }
    }
    // Any of its lines tells the unit of a total.
    for (name, members) in totals { formulas[name] = members.map { .name($0, offset: 0) } }
    self.formulas = formulas
    order = rules.map(\.name) + totals.keys.sorted()
  }

  /// Fills in what formulas tell. Nothing recurses: definitions may form long chains.
  mutating func resolve() {
    var visited: Set<String> = []
    for root in order where visited.insert(root).inserted {
      var path = [(name: root, needs: needs(of: root))]
      while let (name, needs) = path.last {
        if let next = needs.last {
          path[path.count - 1].needs.removeLast()
          if visited.insert(next).inserted { path.append((next, self.needs(of: next))) }
        } else {
          settle(name)
          path.removeLast()
        }
      }
    }
    // Recursions that need each other may tell more once all have been seen.
    for _ in 0..<3 {
      let open = order.filter { (context.measures[$0] ?? .unknown) == .unknown }
      var hasChanged = false
      for name in open where settle(name) { hasChanged = true }
      if !hasChanged { return }
    }
  }

  private func needs(of name: String) -> [String] {
    guard context.measures[name] == nil, let own = formulas[name] else { return [] }
    return own.flatMap(\.names).filter { formulas[$0] != nil }
  }

  @discardableResult
  private mutating func settle(_ name: String) -> Bool {
    guard (context.measures[name] ?? .unknown) == .unknown, let own = formulas[name] else {
      return false
    }
    var result = Measure(kind: .zero)
    for formula in own {
      let measure = UnitInference(formula, context).result
      result = Measure.agreed(result, Measure(kind: measure.kind)) ?? .unknown
    }
    context.measures[name] = result.settled
    return result.settled != .unknown
  }
}

/// A rule with its formulas, each once.
struct CheckedRule {
  let name: String
  let position: SourcePosition
  let isTransition: Bool
  let formulas: [SimCore.Expression]

  init(_ rule: NamedRule) {
    name = rule.name
    position = rule.position
    isTransition = if case .transition = rule.rule { true } else { false }
    formulas = Self.distinct(rule.rule.formulas)
  }

  /// Formulas without the repetitions that one formula for many labels makes.
  static func distinct(_ formulas: [SimCore.Expression]) -> [SimCore.Expression] {
    guard formulas.count > 1 else { return formulas }
    var last: Int?
    return formulas.filter { formula in
      let offset = formula.anyOffset
      defer { last = offset }
      return offset == nil || offset != last
    }
  }
}

extension SimCore.Expression {
  /// The place of some name or unit in it; `nil` when it is made of numbers alone.
  var anyOffset: Int? {
    // As a rule the first operand of all is a name.
    var first = self
    while case .binary(_, let left, _) = first { first = left }
    if case .name(_, let offset) = first { return offset }
    var waiting = [self]
    while let next = waiting.popLast() {
      switch next {
      case .name(_, let offset), .quantity(_, _, let offset), .previous(_, _, let offset),
        .move(_, _, let offset):
        return offset
      case .position(let dimension): return dimension.offset
      default: waiting.append(contentsOf: next.children.reversed())
      }
    }
    return nil
  }
}
