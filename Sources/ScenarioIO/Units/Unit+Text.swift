// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Unit {
  /// As it is written: `NOK/m2/month`, `user*year`, `1/year`, `m^(1/2)`, `1` for pure numbers.
  ///
  /// - Parameter home: the currency of the file, shown without its price year unless another year stands
  ///   beside it.
  package func text(home: UnitBase? = nil) -> String {
    let hasOtherYear = factors.contains { $0.base.name == home?.name && $0.base != home }
    func name(_ base: UnitBase) -> String {
      base == home && !hasOtherYear ? base.name : base.text
    }
    let above = factors.filter { $0.twelfths > 0 }
      .map { Self.power(name($0.base), $0.twelfths) }
    let below = factors.filter { $0.twelfths < 0 }
      .map { "/" + Self.power(name($0.base), -$0.twelfths) }
    return (above.isEmpty ? "1" : above.joined(separator: "*")) + below.joined()
  }

  private static func power(_ name: String, _ twelfths: Int) -> String {
    if twelfths == 12 { return name }
    if twelfths % 12 == 0 {
      let whole = twelfths / 12
      // A letter before the digit, or m12 would be 12 of `m1`.
      let isPlain = whole < 10 && name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
      return isPlain ? "\(name)\(whole)" : "\(name)^\(whole)"
    }
    let divisor = [6, 4, 3, 2].first { twelfths % $0 == 0 } ?? 1
    return "\(name)^(\(twelfths / divisor)/\(12 / divisor))"
  }
}
