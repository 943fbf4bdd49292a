// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser

/// Numbers on the command line: `10000,20000`, or `0:50000:1000` for 0, 1000, …, 50000.
struct NumberList: ExpressibleByArgument {
  let values: [Double]

  init?(argument: String) {
    let ends = argument.split(separator: ":", omittingEmptySubsequences: false)
    if ends.count == 3 {
      let numbers = ends.compactMap { Self.number($0) }
      guard numbers.count == 3, numbers[2] > 0, numbers[1] >= numbers[0] else { return nil }
      let steps = ((numbers[1] - numbers[0]) / numbers[2] + 1e-9).rounded(.down)
      guard steps < 10_000 else { return nil }
      values = (0...Int(steps)).map { numbers[0] + Double($0) * numbers[2] }
    } else {
      let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
        .map { Self.number($0) }
      guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
      values = numbers.compactMap { $0 }
    }
  }

  private static func number(_ text: Substring) -> Double? {
    let digits = text.filter { $0 != " " && $0 != "_" }
    guard let value = Double(digits), value.isFinite, !digits.lowercased().contains("x") else {
      return nil
    }
    return value
  }
}
