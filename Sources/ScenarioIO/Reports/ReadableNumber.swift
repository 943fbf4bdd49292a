// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// Numbers for people: four significant digits, thousands apart: `15 440`, `-0.02134`, `1.2e-09`.
enum ReadableNumber {
  static func string(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return "\(value)" }
    if value == 0 { return "0" }
    // The exponent after rounding: 0.99996 is 1.000.
    let rounded = String(format: "%.\(digits - 1)e", value)
    let exponent = rounded.split(separator: "e").last.flatMap { Int($0) } ?? 0
    if exponent < -5 || exponent > 14 { return rounded }
    let decimals = max(0, digits - 1 - exponent)
    if decimals > 0 {
      let text = String(format: "%.\(decimals)f", value)
      let parts = text.split(separator: ".", maxSplits: 1)
      return grouped(String(parts[0])) + "." + parts[1]
    }
    return grouped(String(format: "%.0f", Double(rounded) ?? value))
  }

  /// Up to four significant digits without trailing zeros: `5.5`, `270`, `0`.
  static func short(_ value: Double) -> String { String(format: "%.4g", value) }

  /// A share or probability: three decimals.
  static func share(_ value: Double) -> String { String(format: "%.3f", value) }

  /// A whole number, thousands apart.
  static func whole(_ value: Int) -> String { grouped(String(value)) }

  /// `1 iteration`, `2 iterations`.
  static func count(_ value: Int, _ noun: String) -> String {
    whole(value) + " " + noun + (value == 1 ? "" : "s")
  }

  private static func grouped(_ digits: String) -> String {
    let sign = digits.hasPrefix("-") ? "-" : ""
    var rest = Substring(digits.dropFirst(sign.count))
    var groups: [Substring] = []
    while rest.count > 3 {
      groups.append(rest.suffix(3))
      rest = rest.dropLast(3)
    }
    groups.append(rest)
    return sign + groups.reversed().joined(separator: " ")
  }
}
