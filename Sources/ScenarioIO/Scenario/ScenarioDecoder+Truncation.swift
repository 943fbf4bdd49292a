// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// The distance from `fold: point`, whichever side.
  mutating func folded(_ fit: Fit, _ entry: YAMLEntry?, isShared: Bool = false) -> Fit? {
    guard let entry else { return fit }
    if fit.distribution is Constant, isShared { return fit }
    guard let text = scalar(entry), let point = number(text)?.value else { return nil }
    if fit.uncertain != nil || fit.distribution is Constant {
      problems.report(
        entry.keyPosition,
        fit.uncertain == nil
          ? "`fold` beside a single number"
          : "`fold` beside a distribution that follows from other quantities",
        expected: "a distribution with numbers", advice: "abs(x - point) is the same in a formula.")
      return nil
    }
    do throws(DistributionError) {
      var folded = fit
      folded.distribution = try Folded(fit.distribution, about: point)
      // What was stated is the distribution before it was folded.
      folded.figures = []
      folded.numbers = nil
      return folded
    } catch {
      problems.report(
        entry.value.position, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
  }

  /// Restricts a distribution to the limits of `truncate: [low, high]`; `none` leaves an end open.
  mutating func truncated(_ fit: Fit, _ entry: YAMLEntry?, isShared: Bool = false) -> Fit? {
    guard let entry else { return fit }
    let expected = "two limits, such as [0, 100] or [0, none]"
    guard case .list(let items) = entry.value.content, items.count == 2 else {
      if case .refused = entry.value.content { return nil }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `truncate`", expected: expected)
      return nil
    }
    if fit.distribution is Constant {
      if isShared { return fit }
      problems.report(
        entry.keyPosition, "`truncate` beside a single number", expected: "a distribution",
        advice: "Delete `truncate`.")
      return nil
    }
    if fit.uncertain != nil {
      problems.report(
        entry.keyPosition, "`truncate` beside a distribution that follows from other quantities",
        expected: "a distribution with numbers",
        advice: "Truncate the distribution in a parameter of its own, and compute with its name.")
      return nil
    }
    var limits: [Double?] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        problems.report(item.position, "\(item.kind) as a limit", expected: expected)
        return nil
      }
      if trimmed(scalar.text) == "none" {
        limits.append(nil)
      } else {
        guard let limit = number(scalar)?.value else { return nil }
        limits.append(limit)
      }
    }
    if limits.allSatisfy({ $0 == nil }) {
      problems.report(
        entry.value.position, "`truncate` without a limit", expected: expected,
        advice: "Delete the line if nothing is cut off.")
      return nil
    }
    do throws(DistributionError) {
      var restricted = fit
      restricted.untruncated = fit.distribution
      restricted.distribution = try fit.distribution.truncated(from: limits[0], to: limits[1])
      return restricted
    } catch {
      problems.report(
        entry.value.position, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
  }
}
