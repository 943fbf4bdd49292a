// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What `truncate` takes away from a parameter's distribution, and what that does to its mean.
enum TruncationCheck {
  /// Told beyond either.
  static let mostCut = 0.05
  static let mostShift = 0.1

  static func rows(_ parameter: ScenarioParameter) -> [CheckRow] {
    guard let whole = parameter.untruncated else { return [] }
    let law = parameter.distribution
    var below = CheckRow(.truncation, parameter.fullName, figure: "share_cut_below")
    below.value = whole.cumulative(law.support.lower.nextDown)
    var above = CheckRow(.truncation, parameter.fullName, figure: "share_cut_above")
    above.value = whole.survival(law.support.upper)
    for (row, side) in [(below, "below"), (above, "above")] {
      if (row.value ?? 0) > mostCut {
        let percent = ReadableNumber.string(100 * (row.value ?? 0), digits: 2)
        let warning = "`truncate` cuts away \(percent) % of the distribution \(side)"
        if side == "below" { below.warning = warning } else { above.warning = warning }
      }
    }
    let advice = "See whether another family keeps within the limits by itself."
    if !below.warning.isEmpty { below.advice = advice }
    if !above.warning.isEmpty { above.advice = advice }
    var mean = CheckRow(
      .truncation, parameter.fullName, unit: parameter.unit, figure: "mean")
    mean.value = law.mean
    mean.reference = whole.mean.isFinite ? whole.mean : nil
    if let shift = mean.difference, abs(shift) > mostShift * law.standardDeviation {
      mean.warning =
        "`truncate` moves the mean from \(ReadableNumber.string(whole.mean)) to "
        + ReadableNumber.string(law.mean)
      mean.advice = "State the mean that is meant and choose a family that keeps within the limits."
    }
    return [below, above, mean]
  }
}
