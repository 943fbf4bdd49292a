// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether stated numbers can belong to any distribution at all.
enum StatedNumbersCheck {
  static func check(_ numbers: [StatedNumber], _ family: String) throws(DistributionError) {
    var last: (p: Double, x: Double)?
    for number in numbers {
      try Check.finite(number.value, number.name)
      switch number {
      case .mean: break
      case .standardDeviation(let sd): try Check.positive(sd, "sd")
      case .quantile(let p, let x):
        if !(p > 0 && p < 1) {
          throw DistributionError(
            found: "a percentile of \(p * 100) %", expected: "one between 0 and 100",
            advice: "Limits are arguments of families that have them, such as pert and uniform.")
        }
        if let last {
          if !(p > last.p) {
            throw DistributionError(
              found: "\(number.name) twice or out of order", expected: "each percentile once")
          }
          if !(x > last.x) {
            let before = StatedNumber.quantile(probability: last.p, value: last.x).name
            throw DistributionError(
              found: "\(before) = \(last.x) and \(number.name) = \(x)",
              expected: "\(number.name) above \(before)",
              advice: "A higher percentile is a larger value.")
          }
        }
        last = (p, x)
      }
    }
    if numbers.isEmpty {
      throw DistributionError(found: "\(family) without numbers", expected: "a mean or percentiles")
    }
  }
}
