// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Pearson's chi-square test of draws against a discrete distribution.
struct ChiSquareFit: CustomStringConvertible {
  let statistic: Double
  let degreesOfFreedom: Int
  /// P(χ² > statistic) when the draws follow the law.
  let probability: Double

  var description: String { "χ² = \(statistic) with \(degreesOfFreedom) df, p = \(probability)" }

  /// Values are grouped from below into at most `groups` groups that expect 20 draws or more.
  init(_ draws: [Double], _ law: any DiscreteDistribution, groups: Int = 200) {
    let n = Double(draws.count)
    var ends: [Double] = []
    for i in 1..<groups {
      let end = law.quantile(cumulative: Double(i) / Double(groups))
      if end > ends.last ?? -.infinity, end < law.support.upper { ends.append(end) }
    }
    // Ends with too few draws below or above them are taken out.
    var kept: [Double] = []
    var last = 0.0
    for end in ends where n * (law.cumulative(end) - last) >= 20 && n * law.survival(end) >= 20 {
      kept.append(end)
      last = law.cumulative(end)
    }
    var counts = [Double](repeating: 0, count: kept.count + 1)
    for x in draws {
      var (low, high) = (0, kept.count)
      while low < high {
        let middle = (low + high) / 2
        if kept[middle] < x { low = middle + 1 } else { high = middle }
      }
      counts[low] += 1
    }
    var statistic = 0.0
    for i in counts.indices {
      let below = i == 0 ? 0 : law.cumulative(kept[i - 1])
      let upTo = i == kept.count ? 1 : law.cumulative(kept[i])
      let share =
        i > 0 && below > 0.5
        ? law.survival(kept[i - 1]) - (i == kept.count ? 0 : law.survival(kept[i]))
        : upTo - below
      let difference = counts[i] - n * share
      statistic += difference * difference / (n * share)
    }
    self.statistic = statistic
    degreesOfFreedom = counts.count - 1
    // One group only: every draw must be in it.
    probability =
      degreesOfFreedom == 0
      ? (counts[0] == n ? 0.5 : 0)
      : (try? ChiSquare(degreesOfFreedom: Double(counts.count - 1)))?.survival(statistic) ?? .nan
  }
}
