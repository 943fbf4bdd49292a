// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// `dirichlet:`, shares of the labels that sum to 1.
extension ScenarioDecoder {
  mutating func dirichlet(_ entry: YAMLEntry, _ by: [String]) -> [Fit]? {
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
  func fits(_ concentrations: [Double?], _ stated: [Double?], _ isCounts: Bool) -> [Fit] {
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
}
