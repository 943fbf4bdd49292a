// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Keys of parameters whose labels are drawn together.
  static let jointKeys = [Dirichlet.name, Multinomial.name, MultivariateNormal.name]
  /// The most labels that are drawn together.
  private static let mostLabelsTogether = 500

  /// A joint distribution where one quantity was expected.
  mutating func notAlone(_ entry: YAMLEntry) -> Fit? {
    problems.report(
      entry.keyPosition, "`\(entry.key)`, which draws several quantities together",
      expected: "one quantity", advice: "It stands in a parameter with `by:` a dimension.")
    return nil
  }

  /// A quantity for each label, all drawn together.
  mutating func jointCells(
    _ fields: [String: YAMLEntry], _ key: String, _ by: [String], _ each: [String]
  ) -> [ParameterCell]? {
    guard let entry = fields[key] else { return nil }
    let others = (Self.ways + Self.choiceKeys + ["truncate"]).filter {
      $0 != key && fields[$0] != nil
    }
    if let other = others.first, let place = fields[other] {
      problems.report(
        place.keyPosition, "`\(other)` beside `\(key)`", expected: "`\(key)` alone",
        advice: "Delete one of the two.")
      return nil
    }
    guard let last = by.last else {
      problems.report(
        entry.keyPosition, "`\(key)` without `by`",
        expected: "`by: dimension`, whose labels are drawn together",
        advice: "Declare the dimension with its labels under `dimensions`.")
      return nil
    }
    let count = labels(of: last).count
    guard (2...Self.mostLabelsTogether).contains(count) else {
      problems.report(
        entry.keyPosition,
        "`\(key)` over the \(count) label\(count == 1 ? "" : "s") of `\(last)`",
        expected: "2 to \(Self.mostLabelsTogether) of them")
      return nil
    }
    let fits: [Fit]? =
      switch key {
      case Dirichlet.name: dirichlet(entry, by)
      case Multinomial.name: multinomial(entry, by)
      default: multivariateNormal(entry, by)
      }
    return fits.map { fits in
      zip(labelled(by), fits).map { ParameterCell(labels: $0, each: each, fit: $1) }
    }
  }

  // MARK: Dirichlet

  private mutating func dirichlet(_ entry: YAMLEntry, _ by: [String]) -> [Fit]? {
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`dirichlet`",
        keys: .dirichlet)
    else { return nil }
    let stated = ["counts", "means"].compactMap { fields[$0] }
    guard stated.count == 1, let numbers = stated.first else {
      problems.report(
        entry.keyPosition,
        "`dirichlet` with \(stated.isEmpty ? "neither counts nor means" : "both")",
        expected: "`counts`, or `means` with `size`")
      return nil
    }
    let isCounts = numbers.key == "counts"
    for key in isCounts ? ["size"] : ["prior"] {
      guard let idle = fields[key] else { continue }
      problems.report(
        idle.keyPosition, "`\(key)` beside `\(numbers.key)`",
        expected: isCounts ? "`means`" : "`counts`")
      return nil
    }
    var size = 0.0
    if !isCounts {
      guard let text = scalar(fields["size"]) else {
        if fields["size"] == nil {
          problems.report(
            entry.keyPosition, "means without `size`", expected: "`size`",
            advice: "It says how many observations the means are worth.")
        }
        return nil
      }
      guard let value = number(text)?.value else { return nil }
      size = value
    }
    let prior: Prior? = choice(fields["prior"], "a prior")
    if fields["prior"] != nil, prior == nil { return nil }
    guard let cells = cells(numbers, by: by) else { return nil }
    let count = by.last.map { labels(of: $0).count } ?? 1
    var result: [Fit] = []
    var concentrations: [Double?] = []
    for row in stride(from: 0, to: cells.count, by: count) {
      let cells = Array(cells[row..<row + count])
      guard let shares = shares(cells),
        let own = concentrationRow(shares, cells, size, prior, numbers)
      else { return nil }
      concentrations += own
      result += fits(own, shares, isCounts)
    }
    for place in result.indices { result[place].joint = .dirichlet(concentrations) }
    return result
  }

  /// The numbers of a row; `nil` in it for `none`.
  private mutating func shares(_ cells: [YAMLEntry]) -> [Double?]? {
    var shares: [Double?] = []
    for cell in cells {
      guard let text = scalar(cell) else { return nil }
      if trimmed(text.text) == "none" {
        shares.append(nil)
      } else {
        guard let value = number(text)?.value else { return nil }
        shares.append(value)
      }
    }
    return shares
  }

  private mutating func concentrationRow(
    _ shares: [Double?], _ cells: [YAMLEntry], _ size: Double, _ prior: Prior?,
    _ numbers: YAMLEntry
  ) -> [Double?]? {
    let isCounts = numbers.key == "counts"
    let added: Double =
      switch prior {
      case .uniform: 1
      case .jeffreys: 0.5
      default: 0
      }
    let present = shares.compactMap { $0 }
    if present.isEmpty {
      problems.report(
        cells.first?.keyPosition ?? numbers.keyPosition, "a row of nothing but `none`",
        expected: "a label that can happen")
      return nil
    }
    for (cell, share) in zip(cells, shares) {
      guard let share, !(share + added > 0) || share < 0 else { continue }
      problems.report(
        cell.value.position, "\(NumberText.string(share)) as a \(isCounts ? "count" : "mean")",
        expected: "a number above 0",
        advice: isCounts
          ? "For counts of 0 say `prior: jeffreys` or `uniform`; write `none` for what can't happen."
          : "Write `none` for what can't happen.")
      return nil
    }
    let law: Dirichlet?
    do throws(DistributionError) {
      if present.count == 1 {
        law = nil
        if !isCounts, abs(present[0] - 1) > 1e-9 {
          throw DistributionError(
            found: "means that add up to \(present[0])", expected: "means that add up to 1")
        }
      } else if isCounts {
        law = try Dirichlet(counts: present.map { $0 + added })
      } else {
        law = try Dirichlet(means: present, effectiveSampleSize: size)
      }
    } catch {
      problems.report(
        numbers.value.position, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
    if let least = law?.concentrations.min(), least < Beta.shapeRange.lowerBound {
      problems.report(
        numbers.value.position,
        "a \(isCounts ? "count" : "mean times size") of \(NumberText.string(least))",
        expected: "at least \(NumberText.string(Beta.shapeRange.lowerBound))")
      return nil
    }
    var rest = (law?.concentrations ?? [1])[...]
    return shares.map { $0 == nil ? nil : rest.popFirst() }
  }

  /// Each label alone: a beta.
  private func fits(_ concentrations: [Double?], _ stated: [Double?], _ isCounts: Bool) -> [Fit] {
    let present = concentrations.compactMap { $0 }
    let total = present.reduce(0, +)
    return zip(concentrations, stated).map { concentration, stated in
      let what = isCounts ? "count" : "mean"
      let text = stated.map { "\(what) \(NumberText.string($0))" } ?? "none"
      guard let concentration, present.count > 1 else {
        let sure = concentration == nil ? 0.0 : 1.0
        return Fit(text: text, distribution: (try? Constant(sure)) ?? Normal.standard)
      }
      return Fit(
        text: text, distribution: Self.share(concentration, others: total - concentration))
    }
  }

  /// A beta; beyond the shapes it takes, what a beta is there.
  private static func share(_ alpha: Double, others beta: Double) -> any Distribution {
    if let law = try? Beta(alpha: alpha, beta: beta) { return law }
    let total = alpha + beta
    let mean = alpha / total
    let sd = (mean * (beta / total) / (total + 1)).squareRoot()
    // Both counts are in the millions, or one of them is a small part of millions.
    if min(alpha, beta) > 1000, let law = try? Normal(mean: mean, standardDeviation: sd) {
      return law
    }
    if alpha < beta, let law = try? Gamma(shape: alpha, scale: 1 / total) { return law }
    if let law = try? Gamma(shape: beta, scale: 1 / total),
      let turned = try? Scaled(law, by: -1, plus: 1)
    {
      return turned
    }
    return Normal.standard
  }

  // MARK: Multinomial

  private mutating func multinomial(_ entry: YAMLEntry, _ by: [String]) -> [Fit]? {
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

  // MARK: Multivariate normal

  private mutating func multivariateNormal(_ entry: YAMLEntry, _ by: [String]) -> [Fit]? {
    let expected = "`means`, and `covariances`, or `sds` with `correlations`"
    guard by.count == 1, let dimension = by.first else {
      problems.report(
        entry.keyPosition, "`\(entry.key)` by \(by.joined(separator: " and "))",
        expected: "one dimension")
      return nil
    }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`\(entry.key)`",
        keys: .multivariateNormal)
    else { return nil }
    let keys = Set(fields.keys)
    guard keys == ["means", "covariances"] || keys == ["means", "sds", "correlations"] else {
      problems.report(
        entry.keyPosition, "`\(entry.key)` with \(keys.sorted().joined(separator: " and "))",
        expected: expected)
      return nil
    }
    let names = labels(of: dimension)
    guard let means = numbers(fields["means"], by),
      let field = fields["covariances"] ?? fields["correlations"]
    else { return nil }
    let sds = fields["sds"].map { numbers($0, by) }
    if case .some(nil) = sds { return nil }
    guard let matrix = matrix(field, field.key == "covariances" ? "covariance" : "correlation"),
      let rows = ordered(matrix, as: names, "label of `\(dimension)`", field.value.position)
    else { return nil }
    let law: MultivariateNormal
    do throws(DistributionError) {
      if case .some(.some(let sds)) = sds {
        law = try MultivariateNormal(means: means, standardDeviations: sds, correlations: rows)
      } else {
        law = try MultivariateNormal(means: means, covariances: rows)
      }
    } catch {
      problems.report(
        field.value.position, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
    return law.means.indices.compactMap { i in
      let sd = law.covariances[i][i].squareRoot()
      guard let own = try? Normal(mean: law.means[i], standardDeviation: sd) else { return nil }
      return Fit(
        text: "mean \(NumberText.string(law.means[i])), sd \(NumberText.string(sd))",
        distribution: own, joint: .multivariateNormal(law))
    }
  }

  /// A number for each label.
  private mutating func numbers(_ entry: YAMLEntry?, _ by: [String]) -> [Double]? {
    guard let entry, let cells = cells(entry, by: by) else { return nil }
    var numbers: [Double] = []
    for cell in cells {
      guard let text = scalar(cell), let value = number(text)?.value else { return nil }
      numbers.append(value)
    }
    return numbers
  }
}
