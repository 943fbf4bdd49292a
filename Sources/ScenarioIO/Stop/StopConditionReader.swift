// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Reads a condition of a stop rule.
///
/// ```
/// FIGURE within LIMIT         FIGURE mcse LIMIT
/// FIGURE   mean of NAME    p97.5 of NAME    median of NAME    P(NAME > 0)    p_best at 50000
/// LIMIT    20    ±20    1% of sd    2% of mean    0.005    0.5%    0.5 pp
/// ```
struct StopConditionReader {
  static let forms =
    "such as `mean of NAME within 20`, `mean of NAME within 1% of sd`, `p97.5 of NAME within 50`, "
    + "`P(NAME > 0) within 0.005` or `p_best at 50000 within 0.01`"

  var cursor: TextCursor
  /// Where the name of the output stands, in bytes.
  private(set) var nameOffset = 0
  /// Where the percentile or the willingness to pay stands.
  private(set) var numberOffset = 0

  init(_ text: String) { cursor = TextCursor(text) }

  mutating func read() throws(TextProblem) -> StopCondition {
    cursor.skipSpaces()
    let start = cursor.index
    let figure = try figure()
    cursor.skipSpaces()
    let measure: StopCondition.Measure
    if cursor.takeWord("within") {
      measure = .within
    } else if cursor.takeWord("mcse") {
      measure = .mcse
    } else {
      throw problem(expected: "`within` or `mcse` and a limit", advice: "Write it \(Self.forms).")
    }
    cursor.skipSpaces()
    let isProbability =
      switch figure {
      case .positive, .acceptability: true
      case .mean, .percentile: false
      }
    let (limit, scale) = try limit(isProbability: isProbability)
    cursor.skipSpaces()
    if !cursor.isAtEnd {
      throw problem(expected: "nothing more", advice: "Each condition is an entry of its own.")
    }
    return StopCondition(
      figure: figure, measure: measure, limit: limit, scale: scale,
      text: TextCursor(cursor.slice(start, cursor.index)).rest)
  }

  // MARK: Figures

  private mutating func figure() throws(TextProblem) -> StopCondition.Figure {
    let start = cursor
    if cursor.takeWord("mean") { return .mean(output: try ofName()) }
    if cursor.takeWord("median") { return .percentile(50, output: try ofName()) }
    if cursor.takeWord("p_best") { return .acceptability(willingnessToPay: try atNumber()) }
    if cursor.current == "p" || cursor.current == "P" {
      cursor.index += 1
      if cursor.take("(") { return .positive(output: try positive()) }
      if cursor.current?.isDecimalDigit == true {
        numberOffset = cursor.offset
        let percent = try Numeral.read(&cursor)
        if percent.hasPercent || !(percent.value >= 0 && percent.value <= 100) {
          throw TextProblem(
            percent.offset, "the percentile \(NumberText.string(percent.value))",
            expected: "a number from 0 to 100, such as p97.5")
        }
        return .percentile(percent.value, output: try ofName())
      }
    }
    cursor = start
    throw problem(
      expected: "`mean of`, `median of`, `p97.5 of`, `P(… > 0)` or `p_best at`",
      advice: "Write it \(Self.forms).")
  }

  private mutating func ofName() throws(TextProblem) -> String {
    cursor.skipSpaces()
    guard cursor.takeWord("of") else {
      throw problem(expected: "`of` and the name of an output")
    }
    return try name()
  }

  private mutating func positive() throws(TextProblem) -> String {
    let start = cursor
    let name = try name()
    cursor.skipSpaces()
    let place = cursor
    if name.lowercased() == "best", cursor.current != ">" { throw best(start) }
    guard cursor.take(">") else { throw problem(expected: "`> 0)`") }
    cursor.skipSpaces()
    let limit = try Numeral.read(&cursor)
    cursor.skipSpaces()
    guard limit.value == 0, cursor.take(")") else {
      cursor = place
      throw problem(
        expected: "`> 0)`", advice: "For another limit report an output less that number.")
    }
    return name
  }

  /// `P(best) at 300000`, as tables on paper head it.
  private func best(_ start: TextCursor) -> TextProblem {
    var rest = cursor
    _ = rest.take(")")
    rest.skipSpaces()
    return TextProblem(
      start.offset, "`P(best)`", expected: "`p_best` or `P(NAME > 0)`",
      advice: rest.takeWord("at")
        ? "Write `p_best at\(Excerpt.shortened(rest.rest))`."
        : "Write p_best at a willingness to pay, such as `p_best at 50000 within 0.01`.")
  }

  private mutating func name() throws(TextProblem) -> String {
    cursor.skipSpaces()
    nameOffset = cursor.offset
    let start = cursor.index
    while let scalar = cursor.current, Names.continues(scalar) { cursor.index += 1 }
    let name = cursor.slice(start, cursor.index)
    if Names.isName(name) { return Names.normalised(name) }
    throw problem(expected: "the name of an output")
  }

  private mutating func atNumber() throws(TextProblem) -> Double {
    cursor.skipSpaces()
    guard cursor.takeWord("at") else { throw problem(expected: "`at` and a willingness to pay") }
    cursor.skipSpaces()
    numberOffset = cursor.offset
    let number = try Numeral.read(&cursor)
    if number.hasPercent || !(number.value >= 0 && number.value <= 1e15) {
      throw TextProblem(
        number.offset, "the willingness to pay \(NumberText.string(number.value))",
        expected: "a number from 0 on")
    }
    return number.value
  }

  func problem(expected: String, advice: String = "") -> TextProblem {
    let rest = cursor.rest
    return TextProblem(
      cursor.offset, rest.isEmpty ? "the end of the condition" : Excerpt.quoted(rest),
      expected: expected, advice: advice)
  }
}
