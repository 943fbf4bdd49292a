// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension FormulaParser {
  /// A call of a function over a dimension, from its opening bracket on.
  mutating func dimensionCall(_ function: DimensionFunction, _ start: PlacedToken)
    throws(TextProblem) -> SimCore.Expression
  {
    let arguments = try arguments()
    let plain = arguments.filter { $0.name == nil }
    var named: [String: FormulaArgument] = [:]
    for argument in arguments {
      guard let name = argument.name else { continue }
      let known = function.required + function.optional
      guard known.contains(name), named[name] == nil else {
        throw TextProblem(
          argument.offset, "the argument name \(Excerpt.quoted(name))", expected: function.usage,
          advice: NearestName.question(name, among: known))
      }
      named[name] = argument
    }
    if let missing = function.required.first(where: { named[$0] == nil }) {
      throw TextProblem(
        start.offset, "`\(function.rawValue)` without `\(missing) = …`",
        expected: function.usage)
    }
    guard plain.count == function.plainCount else {
      throw TextProblem(
        start.offset,
        "\(ReadableNumber.count(plain.count, "unnamed argument")) for `\(function.rawValue)`",
        expected: function.usage)
    }
    return try node(built(function, plain, named))
  }

  private func built(
    _ function: DimensionFunction, _ plain: [FormulaArgument], _ named: [String: FormulaArgument]
  ) throws(TextProblem) -> SimCore.Expression {
    let value = plain[0].value
    func over() throws(TextProblem) -> DimensionName { try dimension(named["over"], function) }
    switch function {
    case .sum: return .reduce(.sum, value, over: try over())
    case .mean: return .reduce(.mean, value, over: try over())
    case .product: return .reduce(.product, value, over: try over())
    case .cumulative: return .cumulative(value, over: try over())
    case .position: return .position(try dimension(plain[0], function))
    case .previous:
      guard case .name(let name, let offset) = value else {
        throw TextProblem(
          plain[0].valueOffset, "a formula in `previous`", expected: "the name of a variable",
          advice: "Give the formula a name under `variables`.")
      }
      return .previous(name, steps: try steps(named["steps"]), offset: offset)
    case .discount, .presentValue:
      let discounted = SimCore.Expression.discount(
        value, rate: try rate(named["rate"]), over: try over(),
        from: try label(named["from"]))
      return function == .discount
        ? discounted : .reduce(.sum, discounted, over: try over())
    case .halfCycle:
      return .halfCycle(value, try method(named["method"]), over: try over())
    case .move:
      guard case .name(let name, let offset) = plain[1].value else {
        throw TextProblem(
          plain[1].valueOffset, "a formula as the table of `move`",
          expected: "the name of a variable with `transitions`")
      }
      return .move(value, table: name, offset: offset)
    }
  }

  /// `min` or `max` over a dimension.
  func reduction(_ function: Function, _ arguments: [FormulaArgument], _ start: PlacedToken)
    throws(TextProblem) -> SimCore.Expression?
  {
    guard function == .min || function == .max,
      let over = arguments.first(where: { $0.name == "over" })
    else { return nil }
    guard arguments.count == 2, let plain = arguments.first(where: { $0.name == nil }) else {
      throw TextProblem(
        start.offset, "`\(function.rawValue)` with other arguments beside `over`",
        expected: "`\(function.rawValue)(x, over = year)`")
    }
    guard case .name(let name, let offset) = over.value else {
      throw TextProblem(
        over.valueOffset, "a formula as a dimension", expected: "the name of a dimension")
    }
    return .reduce(
      function == .min ? .min : .max, plain.value, over: DimensionName(name, offset: offset))
  }

  private func dimension(_ argument: FormulaArgument?, _ function: DimensionFunction)
    throws(TextProblem) -> DimensionName
  {
    if case .name(let name, let offset)? = argument?.value {
      return DimensionName(name, offset: offset)
    }
    throw TextProblem(
      argument?.valueOffset ?? 0, "a formula as a dimension",
      expected: "the name of a dimension", advice: "Write \(function.usage).")
  }

  /// A rate of plain numbers is checked where it stands, known parameters when the model is compiled.
  private func rate(_ argument: FormulaArgument?) throws(TextProblem) -> SimCore.Expression {
    guard let argument else { return .number(0) }
    if let value = argument.value.constantValue, !DiscountRate.isPossible(value) {
      throw TextProblem(
        argument.valueOffset, DiscountRate.found(value), expected: DiscountRate.expected,
        advice: DiscountRate.advice(value))
    }
    return argument.value
  }

  private func steps(_ argument: FormulaArgument?) throws(TextProblem) -> Int {
    guard let argument else { return 1 }
    if case .number(let value) = argument.value, let steps = Int(exactly: value), steps >= 1,
      steps <= 10_000
    {
      return steps
    }
    throw TextProblem(
      argument.valueOffset, "the number of steps back", expected: "a whole number from 1 on")
  }

  private func label(_ argument: FormulaArgument?) throws(TextProblem) -> LabelName? {
    guard let argument else { return nil }
    switch argument.value {
    case .name(let name, let offset): return LabelName(name, offset: offset)
    case .number(let value):
      if let whole = Int(exactly: value) {
        return LabelName("\(whole)", offset: base + argument.valueOffset)
      }
    default: break
    }
    throw TextProblem(
      argument.valueOffset, "a formula as a label", expected: "a label of the dimension")
  }

  private func method(_ argument: FormulaArgument?) throws(TextProblem) -> HalfCycle {
    guard let argument else { return .trapezoid }
    let words = HalfCycle.allCases.map(\.rawValue)
    if case .name(let word, _) = argument.value, let method = HalfCycle(rawValue: word) {
      return method
    }
    throw TextProblem(
      argument.valueOffset, "the method of a half-cycle correction",
      expected: "one of \(words.joined(separator: ", "))")
  }
}
