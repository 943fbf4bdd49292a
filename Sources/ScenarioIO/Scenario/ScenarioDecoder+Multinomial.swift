// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// `multinomial:`, counts at the labels that sum to n.
extension ScenarioDecoder {
  mutating func multinomial(_ entry: YAMLEntry, _ by: [String]) -> [Fit]? {
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`multinomial`", keys: .multinomial)
    else { return nil }
    for key in ["n", "probabilities"] where fields[key] == nil {
      problems.report(
        entry.keyPosition, "`multinomial` without `\(key)`", expected: "`n` and `probabilities`",
        advice: "`probabilities` is a quantity by this dimension, or a number for each label.")
      return nil
    }
    guard let stated = fields["probabilities"], let text = scalar(fields["n"]),
      let trials = parsed(text), isCount(trials, text)
    else { return nil }
    let total = by.reduce(1) { $0 * self.labels(of: $1).count }
    var texts: [ScalarText] = []
    if case .text = stated.value.content, let one = scalar(stated) {
      texts = Array(repeating: one, count: total)
    } else {
      guard let cells = cells(stated, by: by) else { return nil }
      texts = cells.compactMap { scalar($0) }
      if texts.count != total { return nil }
    }
    var probabilities: [SimCore.Expression] = []
    for text in texts {
      guard let formula = parsed(text) else { return nil }
      probabilities.append(formula)
    }
    let labels = by.last.map { self.labels(of: $0).count } ?? 1
    for row in stride(from: 0, to: total, by: labels) {
      let own = probabilities[row..<row + labels]
      guard addsUpToOne(Array(own), isWhole: true, "`probabilities`", texts[row].start) else {
        return nil
      }
    }
    var result: [Fit] = []
    for (formula, own) in zip(probabilities, texts) {
      let arguments = [("n", trials), ("p", formula)].map {
        FormulaArgument(name: $0, offset: 0, value: $1, valueOffset: 0)
      }
      do throws(TextProblem) {
        let law = try UncertainCall.read(arguments, Binomial.family, 0)
        result.append(
          Fit(
            text: "multinomial(n = \(trimmed(text.text)), p = \(trimmed(own.text)))",
            distribution: law.draw, uncertain: law,
            joint: .multinomial(trials: trials, probabilities: probabilities)))
      } catch {
        report(error, in: own)
        return nil
      }
    }
    return result
  }

  /// Whether chances that are numbers can be those of one draw; what follows from other quantities shows in
  /// the run.
  ///
  /// - Parameter isWhole: nothing is left for a further one.
  mutating func addsUpToOne(
    _ chances: [SimCore.Expression], isWhole: Bool, _ what: String, _ place: SourcePosition
  ) -> Bool {
    let known = chances.compactMap { $0.nameUses.isEmpty ? $0.constantValue : nil }
    guard known.count == chances.count, known.allSatisfy(\.isFinite) else { return true }
    let sum = known.reduce(0, +)
    if known.allSatisfy({ $0 >= 0 }), sum <= 1 + 1e-9, !isWhole || sum >= 1 - 1e-9 { return true }
    if let negative = known.first(where: { $0 < 0 }) {
      problems.report(
        place, "\(what) with \(NumberText.string(negative)) among them",
        expected: "probabilities from 0 on")
    } else {
      problems.report(
        place, "\(what) that add up to \(ReadableNumber.string(sum, digits: 6))",
        expected: isWhole ? "1" : "at most 1")
    }
    return false
  }

  /// Whether n is a formula, or a number that something can be counted among.
  private mutating func isCount(_ trials: SimCore.Expression, _ text: ScalarText) -> Bool {
    guard trials.nameUses.isEmpty else { return true }
    let value = trials.constantValue ?? .nan
    // A formula of labels, such as position(year).
    if value.isNaN { return true }
    if value >= 0, value <= 1_000_000_000, value == value.rounded() { return true }
    problems.report(
      text.start, "n = \(NumberText.string(value)) of a `multinomial`",
      expected: "a whole number from 0 to 1 000 000 000")
    return false
  }
}
