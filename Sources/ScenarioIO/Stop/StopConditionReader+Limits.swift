// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a figure's error must not be above.
extension StopConditionReader {
  mutating func limit(isProbability: Bool) throws(TextProblem) -> (
    Double, StopCondition.Scale
  ) {
    if cursor.take("±") { cursor.skipSpaces() }
    let number = try Numeral.read(&cursor)
    if !(number.value > 0) {
      throw TextProblem(
        number.offset, "the limit \(NumberText.string(number.value))",
        expected: "a number above 0", advice: "No number of iterations makes an error 0.")
    }
    cursor.skipSpaces()
    let place = cursor
    if cursor.takeWord("pp") {
      return (try points(number, isProbability: isProbability, place.offset), .absolute)
    }
    var scale = StopCondition.Scale.absolute
    if cursor.takeWord("of") {
      cursor.skipSpaces()
      if cursor.takeWord("sd") {
        scale = .standardDeviation
      } else if cursor.takeWord("mean") {
        scale = .mean
      } else {
        throw problem(expected: "`sd` or `mean`")
      }
    }
    if scale != .absolute, number.value >= 1 {
      let text = NumberText.string(number.value)
      let base = scale == .mean ? "mean" : "sd"
      throw TextProblem(
        number.offset, "a limit of \(text) times the \(base), which any run meets",
        expected: "a share below 1",
        advice: "Write \(text)% of \(base), or \(text) alone for a limit in the output's own unit.")
    }
    if isProbability, scale != .absolute {
      cursor = place
      throw problem(expected: "a plain number for a probability, such as 0.005 or 0.5%")
    }
    if isProbability, number.value >= 1 {
      throw TextProblem(
        number.offset, "the limit \(NumberText.string(number.value)) of a probability",
        expected: "a number below 1", advice: Self.halfAPoint)
    }
    if !isProbability, number.hasPercent, scale == .absolute {
      throw TextProblem(
        number.offset, "a limit in percent without what it is a share of",
        expected: "`of sd` or `of mean` after it")
    }
    return (number.value, scale)
  }

  private static let halfAPoint = "Half a percentage point is 0.005, 0.5% or 0.5 pp."

  /// `0.5 pp`: percentage points of a probability.
  private func points(_ number: Numeral, isProbability: Bool, _ place: Int) throws(TextProblem)
    -> Double
  {
    if !isProbability {
      throw TextProblem(
        place, "a limit in `pp`, percentage points, for no probability",
        expected: "`% of sd`, `% of mean` or a number in the output's own unit",
        advice: "P(NAME > 0) and p_best have limits in `pp`.")
    }
    if number.hasPercent {
      throw TextProblem(
        number.offset, "both % and pp in a limit", expected: "one of them",
        advice: Self.halfAPoint)
    }
    if number.value >= 100 {
      throw TextProblem(
        number.offset, "the limit \(NumberText.string(number.value)) pp of a probability",
        expected: "a number below 100", advice: Self.halfAPoint)
    }
    return number.value / 100
  }
}
