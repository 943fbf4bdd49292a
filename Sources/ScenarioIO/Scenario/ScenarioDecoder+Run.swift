// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  mutating func runSettings(_ entry: YAMLEntry?) -> ScenarioRunSettings {
    var settings = ScenarioRunSettings()
    guard let entry,
      let fields = fields(
        entry.value, at: entry.value.position, "`run`", keys: .run)
    else { return settings }
    if let scalar = scalar(fields["seed"]), let seed = wholeNumber(scalar, 0...UInt64.max) {
      settings.seed = seed
    }
    let range = ScenarioRunSettings.iterationsRange
    if let scalar = scalar(fields["iterations"]),
      let count = wholeNumber(scalar, UInt64(range.lowerBound)...UInt64(range.upperBound))
    {
      settings.iterations = Int(count)
    }
    if fields["method"] != nil {
      settings.method = choice(fields["method"], "a method") ?? .random
    }
    settings.stop = stopRule(fields["stop"])
    if settings.stop != nil, let iterations = fields["iterations"] {
      problems.report(
        iterations.keyPosition, "`iterations` beside `stop`", expected: "one of the two",
        advice: "Write the most iterations as `maximum` under `stop`.")
    }
    return settings
  }

  /// A whole number, exact up to 2⁶⁴ − 1 when it is written in digits; `1e6` will do as well.
  mutating func wholeNumber(_ scalar: ScalarText, _ range: ClosedRange<UInt64>) -> UInt64? {
    guard let numeral = number(scalar) else { return nil }
    let exact: UInt64? =
      if let digits = numeral.wholeDigits {
        UInt64(digits)
      } else if numeral.value >= 0, numeral.value <= 9_007_199_254_740_992 {
        UInt64(exactly: numeral.value)
      } else {
        nil
      }
    if let exact, range.contains(exact) { return exact }
    // Beyond 2⁵³ a power of ten stands for many whole numbers.
    let isRounded = numeral.wholeDigits == nil && numeral.value > 9_007_199_254_740_992
    let digits = isRounded ? UInt64(exactly: numeral.value).map { range.contains($0) } : false
    problems.report(
      scalar.start, "the number \(Excerpt.quoted(scalar.text))",
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"
        + (digits == true ? ", so large a one written out in digits" : ""),
      advice: digits == true ? "Write \(UInt64(numeral.value))." : "")
    return nil
  }
}
