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

  /// Whether n is a formula, or a number that something can be counted among.
  private mutating func isCount(_ trials: SimCore.Expression, _ text: ScalarText) -> Bool {
    guard trials.nameUses.isEmpty else { return true }
    let value = trials.constantValue ?? .nan
    if value >= 0, value <= 1_000_000_000, value == value.rounded() { return true }
    problems.report(
      text.start, "n = \(NumberText.string(value)) of a `multinomial`",
      expected: "a whole number from 0 to 1 000 000 000")
    return false
  }
}
