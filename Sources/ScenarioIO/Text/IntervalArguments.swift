// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Arguments that formulas don't have: `p2.5 = 0.26` and `ci95 = (0.26 to 0.80)`.
///
/// They are rewritten before the formula parser sees them: the first into one name, the second into two
/// arguments, one for each end.
enum IntervalArguments {
  static let readings: [String: RangeReading] = [
    "ci95": .ci95, "ci90": .ci90, "ci80": .p10p90, "ci50": .iqr, "iqr": .iqr,
  ]
  /// Names of intervals, in the order that messages list them.
  static let names = ["ci95", "ci90", "ci80", "ci50", "iqr"]

  static let lowSuffix = " low"
  static let highSuffix = " high"

  /// The interval that an argument is an end of, else its name.
  static func plain(_ name: String) -> String {
    String(name.prefix { $0 != " " })
  }

  /// - Returns: how many intervals there are.
  static func split(_ tokens: inout [PlacedToken]) throws(TextProblem) -> Int {
    var rewritten: [PlacedToken] = []
    var count = 0
    var i = 0
    while i < tokens.count {
      let token = tokens[i]
      if let joined = percentile(tokens, i) {
        rewritten.append(joined)
        i += 2
      } else if case .name(let name) = token.token, readings[name] != nil,
        isSign("=", tokens, i + 1)
      {
        try interval(name, tokens, &i, &rewritten)
        count += 1
      } else {
        rewritten.append(token)
        i += 1
      }
    }
    tokens = rewritten
    return count
  }

  /// `p2` and `.5` side by side before `=`.
  private static func percentile(_ tokens: [PlacedToken], _ i: Int) -> PlacedToken? {
    guard case .name(let name) = tokens[i].token, name.hasPrefix("p"),
      name.dropFirst().utf8.allSatisfy({ (48...57).contains($0) }), name.utf8.count > 1,
      i + 1 < tokens.count, case .number = tokens[i + 1].token,
      tokens[i + 1].text.hasPrefix("."),
      tokens[i + 1].text.dropFirst().utf8.allSatisfy({ (48...57).contains($0) }),
      tokens[i + 1].offset == tokens[i].offset + name.utf8.count, isSign("=", tokens, i + 2)
    else { return nil }
    let text = name + tokens[i + 1].text
    return PlacedToken(token: .name(text), offset: tokens[i].offset, text: text)
  }

  private static func interval(
    _ name: String, _ tokens: [PlacedToken], _ i: inout Int, _ rewritten: inout [PlacedToken]
  ) throws(TextProblem) {
    let form = "`\(name) = (low to high)`"
    let start = tokens[i]
    guard isSign("(", tokens, i + 2) else {
      let place = tokens[min(i + 2, tokens.count - 1)]
      throw TextProblem(
        place.offset, "\(place.text.isEmpty ? "nothing" : Excerpt.quoted(place.text)) as `\(name)`",
        expected: form)
    }
    var depth = 1
    var j = i + 3
    var middle: Int?
    while j < tokens.count, depth > 0 {
      switch tokens[j].token {
      case .sign("("): depth += 1
      case .sign(")"): depth -= 1
      case .name("to") where depth == 1 && middle == nil: middle = j
      case .sign(",") where depth == 1:
        throw TextProblem(
          tokens[j].offset, "a comma between the ends of an interval", expected: form)
      default: break
      }
      j += 1
    }
    guard depth == 0, let middle else {
      throw TextProblem(
        start.offset, depth == 0 ? "`\(name)` without `to`" : "`\(name)` that is never closed",
        expected: form, advice: "Write `to` between its ends, not a dash.")
    }
    func named(_ suffix: String, _ place: PlacedToken) -> [PlacedToken] {
      [
        PlacedToken(token: .name(name + suffix), offset: place.offset, text: name),
        PlacedToken(token: .sign("="), offset: place.offset, text: "="),
      ]
    }
    rewritten += named(lowSuffix, start) + tokens[(i + 3)..<middle]
    rewritten.append(PlacedToken(token: .sign(","), offset: tokens[middle].offset, text: "to"))
    rewritten += named(highSuffix, start) + tokens[(middle + 1)..<(j - 1)]
    i = j
  }

  private static func isSign(_ sign: String, _ tokens: [PlacedToken], _ i: Int) -> Bool {
    i < tokens.count && tokens[i].token == .sign(sign)
  }
}
