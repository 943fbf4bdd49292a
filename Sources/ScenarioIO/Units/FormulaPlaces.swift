// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Where the parts of a formula stand in its text.
///
/// The trees of formulas know the places of names alone. This reads the text again, which the parser has
/// accepted, and lists a place for every part in the order in which `Expression.partsInOrder` does: operands
/// before what joins them. It is made only for formulas with a fault.
package struct FormulaPlaces {
  package struct Place {
    /// First byte and the byte after the last, brackets included.
    package fileprivate(set) var start: Int
    package fileprivate(set) var end: Int
    /// Of the operator, or of the name of the function.
    package let mark: Int
    fileprivate var kind = Kind.other
  }

  fileprivate enum Kind {
    case number
    case name(String)
    case other
  }

  private let text: String
  private let tokens: [PlacedToken]
  private var position = 0

  /// - Returns: `nil` where the text and this reader disagree about its grammar.
  package static func places(of text: String) -> [Place]? {
    let (tokens, problem) = FormulaLexer.tokens(of: text)
    guard problem == nil else { return nil }
    var reader = FormulaPlaces(text: text, tokens: tokens)
    guard let places = reader.expression(.lowest), reader.current.token == .end else { return nil }
    return places
  }

  private init(text: String, tokens: [PlacedToken]) {
    self.text = text
    self.tokens = tokens
  }

  private var current: PlacedToken { tokens[position] }
  /// The byte after the token before.
  private var lastEnd: Int {
    let token = tokens[max(0, position - 1)]
    return token.offset + token.text.utf8.count
  }

  private mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  private mutating func take(_ sign: String) -> Bool {
    guard current.token == .sign(sign) else { return false }
    advance()
    return true
  }

  private mutating func expression(_ level: Precedence) -> [Place]? {
    guard var places = operand(), let first = places.last else { return nil }
    while let (_, precedence) = Precedence.binary(current.token), precedence >= level {
      let mark = current.offset
      advance()
      guard let right = expression(precedence == .power ? .unary : precedence.next) else {
        return nil
      }
      places += right
      places.append(Place(start: first.start, end: lastEnd, mark: mark))
    }
    return places
  }

  private mutating func operand() -> [Place]? {
    let start = current
    switch start.token {
    case .number:
      advance()
      return brackets(
        [Place(start: start.offset, end: lastEnd, mark: start.offset, kind: .number)])
    case .name("not"): return prefixed(.not)
    case .sign("-"): return prefixed(.unary)
    case .name(let name):
      advance()
      if current.token == .sign("(") {
        return call(name, start.offset).flatMap { brackets($0) }
      }
      return brackets(
        [Place(start: start.offset, end: lastEnd, mark: start.offset, kind: .name(name))])
    case .sign("("):
      advance()
      guard var inner = expression(.lowest), take(")") else { return nil }
      inner[inner.count - 1].start = start.offset
      inner[inner.count - 1].end = lastEnd
      return brackets(inner)
    default: return nil
    }
  }

  private mutating func prefixed(_ level: Precedence) -> [Place]? {
    let start = current.offset
    advance()
    guard let inner = expression(level) else { return nil }
    return inner + [Place(start: start, end: lastEnd, mark: start)]
  }

  // MARK: Brackets after an operand

  private mutating func brackets(_ operand: [Place]) -> [Place]? {
    var places = operand
    while current.token == .sign("["), let last = places.last {
      let mark = current.offset
      advance()
      if case .number = last.kind {
        while current.token != .sign("]") {
          if current.token == .end { return nil }
          advance()
        }
        advance()
        places = [Place(start: last.start, end: lastEnd, mark: last.start)]
      } else if let next = selection(of: places, last, mark) {
        places = next
      } else {
        return nil
      }
    }
    return places
  }

  private mutating func selection(of operand: [Place], _ last: Place, _ mark: Int) -> [Place]? {
    var outside: [Place] = []
    var hasPayer = false
    var others = 0
    repeat {
      guard case .name(let name) = current.token else { return nil }
      advance()
      guard take("=") else { return nil }
      if name == "outside" {
        guard let value = expression(.lowest) else { return nil }
        outside = value
        continue
      }
      if name == "payer" { hasPayer = true } else { others += 1 }
      while current.token != .sign("]"), current.token != .sign(",") {
        if current.token == .end { return nil }
        advance()
      }
    } while take(",")
    guard take("]") else { return nil }
    let whole = Place(start: last.start, end: lastEnd, mark: mark)
    // The total of a payer is a name of its own.
    if case .name(let total) = last.kind, hasPayer, Names.totals.contains(total), others == 0 {
      return [Place(start: last.start, end: lastEnd, mark: last.start)]
    }
    return operand + outside + [whole]
  }

  // MARK: Calls

  private mutating func call(_ name: String, _ start: Int) -> [Place]? {
    advance()
    var arguments: [(name: String?, places: [Place])] = []
    while !take(")") {
      var argument: String?
      if case .name(let word) = current.token, position + 1 < tokens.count,
        tokens[position + 1].token == .sign("=")
      {
        argument = word
        advance()
        advance()
      }
      guard let places = expression(.lowest) else { return nil }
      arguments.append((argument, places))
      if !take(",") {
        guard take(")") else { return nil }
        break
      }
    }
    let node = Place(start: start, end: lastEnd, mark: start)
    func named(_ name: String) -> [Place] { arguments.first { $0.name == name }?.places ?? [] }
    let plain = arguments.first { $0.name == nil }?.places ?? []
    if let function = DimensionFunction(rawValue: name) {
      switch function {
      case .previous, .position: return [node]
      case .discount: return plain + named("rate") + [node]
      case .presentValue: return plain + named("rate") + [node, node]
      case .sum, .mean, .product, .cumulative, .halfCycle, .move: return plain + [node]
      }
    }
    guard let function = Function(rawValue: name) else { return nil }
    if function == .min || function == .max, arguments.contains(where: { $0.name == "over" }) {
      return plain + [node]
    }
    var ordered = [[Place]](repeating: [], count: arguments.count)
    for (place, argument) in arguments.enumerated() {
      let index = argument.name.flatMap { function.argumentNames.firstIndex(of: $0) } ?? place
      guard index < ordered.count else { return nil }
      ordered[index] = argument.places
    }
    return ordered.flatMap { $0 } + [node]
  }
}

extension FormulaPlaces.Place {
  package func text(in formula: String) -> String {
    let utf8 = formula.utf8
    guard start < end, end <= utf8.count else { return "" }
    let from = utf8.index(utf8.startIndex, offsetBy: start)
    return String(formula[from..<utf8.index(from, offsetBy: end - start)])
  }
}
