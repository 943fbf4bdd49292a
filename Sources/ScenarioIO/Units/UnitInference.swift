// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Finds the unit of a formula from those of the names in it.
struct UnitInference {
  /// What holds for all formulas of a file.
  struct Context {
    var system: UnitSystem
    /// Of parameters, variables, lines, outputs and totals; those that are missing are not known.
    var measures: [String: Measure] = [:]
    var dimensions: Set<String> = []
    /// What one label stands for, where that is stated.
    var dimensionUnits: [String: Unit] = [:]
    /// Units that mean a year, for rates of discounting.
    var years: [Unit] = []
    /// Of numbers with units, by the text of the unit.
    var quantities: [String: Measure] = [:]
  }

  /// What is wrong with a part.
  struct Fault {
    let part: Int
    let found: String
    let expected: String
    let advice: String
  }

  let context: Context
  let parts: [SimCore.Expression.Part]
  private(set) var measures: [Measure] = []
  private(set) var faults: [Fault] = []
  /// The text of a part, for messages.
  let text: (Int) -> String

  /// - Parameter text: called only where there is a fault.
  init(
    _ expression: SimCore.Expression, _ context: Context,
    text: @escaping (Int) -> String = { _ in "" }
  ) {
    self.context = context
    self.text = text
    parts = expression.partsInOrder
    measures.reserveCapacity(parts.count)
    for index in parts.indices { measures.append(measure(of: index)) }
  }

  /// Of the whole formula.
  var result: Measure { measures.last ?? .unknown }

  // MARK: Rules

  private mutating func measure(of index: Int) -> Measure {
    let part = parts[index]
    let operands = part.operands
    func own(_ place: Int) -> Measure { measures[operands[place]] }
    switch part.expression {
    // Where arguments leave their range; it fits everything.
    case .number(let value): return value.isNaN ? Measure(kind: .zero) : .number(value)
    case .quantity(_, let unit, _): return context.quantities[unit] ?? .unknown
    case .name(let name, _):
      return context.dimensions.contains(name) ? .pure : context.measures[name] ?? .unknown
    case .previous(let name, _, _): return context.measures[name] ?? .unknown
    case .position: return .pure
    case .unary(.not, _): return .pure
    case .unary(.negate, _):
      return Measure(kind: own(0).kind, constant: own(0).constant.map { -$0 })
    case .binary(let symbol, _, _): return operation(symbol, index)
    case .call(let function, _): return call(function, index)
    case .reduce(let reduction, _, let over): return reduced(reduction, over.name, index)
    case .cumulative(_, let over): return summed(over.name, index)
    case .select(_, _, let outside):
      return outside == nil ? Measure(kind: own(0).kind) : agreed(operands, "`outside`", index)
    case .discount:
      checkRate(index)
      return Measure(kind: own(0).kind)
    case .halfCycle, .move: return Measure(kind: own(0).kind)
    // Made from distributions, whose parameter states its unit itself.
    case .countQuantile: return .unknown
    }
  }

  private mutating func operation(_ symbol: BinaryOperator, _ index: Int) -> Measure {
    let operands = parts[index].operands
    let (a, b) = (measures[operands[0]], measures[operands[1]])
    switch symbol {
    case .add, .subtract:
      var result = agreed(operands, "`\(symbol.rawValue)`", index)
      result.constant = constant(a, b, symbol == .add ? (+) : (-))
      return result
    case .multiply, .divide:
      guard var result = Measure.product(a, b, dividing: symbol == .divide) else {
        tooHigh(index)
        return .unknown
      }
      result.constant = constant(a, b, symbol == .multiply ? (*) : (/))
      return result
    case .power: return power(operands[0], operands[1], index)
    case .and, .or: return .pure
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
      _ = agreed(operands, "`\(symbol.rawValue)`", index)
      return .pure
    }
  }

  private func constant(_ a: Measure, _ b: Measure, _ combine: (Double, Double) -> Double)
    -> Double?
  {
    guard let left = a.constant, let right = b.constant else { return nil }
    let value = combine(left, right)
    return value.isFinite ? value : nil
  }

  private mutating func power(_ base: Int, _ exponent: Int, _ index: Int) -> Measure {
    requirePure(exponent, "the exponent")
    switch measures[base].kind {
    case .unknown: return .unknown
    case .zero, .plain: return Measure(kind: .plain)
    case .unit(let unit) where unit.isOne: return .pure
    case .unit(let unit):
      guard let value = measures[exponent].constant else {
        report(
          index, "\(described(base)) to a power that is not a constant number",
          expected: "a pure number to that power", advice: UnitAdvice.purify(unit, context.system))
        return .unknown
      }
      guard let result = unit.power(value) else {
        tooHigh(index)
        return .unknown
      }
      return .unit(result)
    }
  }

  private mutating func call(_ function: Function, _ index: Int) -> Measure {
    let operands = parts[index].operands
    let name = "`\(function.rawValue)`"
    func first() -> Measure { Measure(kind: measures[operands[0]].kind) }
    switch function {
    case .if: return agreed(Array(operands.dropFirst()), name, index)
    case .min, .max, .clamp: return agreed(operands, name, index)
    case .abs, .floor, .ceil: return first()
    case .round:
      // A plain number counts steps of the unit at hand.
      if operands.count > 1, measures[operands[1]].kind != .plain {
        return agreed(operands, name, index)
      }
      return first()
    case .exp, .log, .log10, .logit, .invlogit:
      requirePure(operands[0], name + " of")
      switch measures[operands[0]].kind {
      case .unknown: return .unknown
      case .zero, .plain: return Measure(kind: .plain)
      case .unit: return .pure
      }
    case .sqrt:
      guard case .unit(let unit) = measures[operands[0]].kind else { return first() }
      guard let root = unit.power(0.5) else {
        tooHigh(index)
        return .unknown
      }
      return .unit(root)
    case .pow: return power(operands[0], operands[1], index)
    }
  }

  // MARK: Faults

  mutating func tooHigh(_ index: Int) {
    report(
      index, "a power of a unit in \(Excerpt.quoted(text(index)))",
      expected: "whole numbers, halves, thirds or quarters of at most \(Unit.highestPower)")
  }

  mutating func report(
    _ part: Int, _ found: String, expected: String, advice: String = ""
  ) {
    faults.append(Fault(part: part, found: found, expected: expected, advice: advice))
  }

  /// `` `hours` in hour/user ``
  func described(_ operand: Int, beside other: Int? = nil) -> String {
    UnitAdvice.described(
      text(operand), measures[operand], beside: other.map { measures[$0] }, context.system)
  }
}
