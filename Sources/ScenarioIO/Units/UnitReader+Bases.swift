// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Base units: names, powers written in them, price years.
extension UnitReader {
  /// `person-year` is a product that holds together, also after a division.
  mutating func compound() throws(TextProblem) -> Unit {
    var unit = try base()
    while cursor.current == "-", let next = cursor.peek(1), Self.starts(next) {
      let sign = cursor.offset
      cursor.index += 1
      unit = try Self.checked(unit * (try base()), sign)
    }
    return unit
  }

  mutating func base() throws(TextProblem) -> Unit {
    let start = cursor.index
    let offset = cursor.offset
    guard let first = cursor.current, Self.starts(first) else { throw unexpected() }
    cursor.index += 1
    if !Self.isSign(first) {
      while let next = cursor.current, Names.continues(next), Self.superscript(next) == nil {
        cursor.index += 1
      }
    }
    let written = Names.normalised(cursor.slice(start, cursor.index))
    if written.unicodeScalars.count > Names.longest {
      throw TextProblem(
        offset, "a unit of \(written.unicodeScalars.count) characters",
        expected: "at most \(Names.longest)")
    }
    var (name, power) = Self.split(written)
    let year = priceYear()
    if year != nil { (name, power) = (written, 1) }
    let base = system.resolved(UnitBase(name, priceYear: year))
    guard system.isDeclared(base) else { throw undeclared(base, offset) }
    bases.append((base, offset))
    return Unit(base).power(Double(power)) ?? Unit(base)
  }

  /// `m2` is `m` to the power 2; `PM10`, `EQ5D` and `FEV1` are names.
  private static func split(_ name: String) -> (name: String, power: Int) {
    let letters = name.unicodeScalars.dropLast()
    guard let last = name.unicodeScalars.last, ("2"..."9").contains(last), !letters.isEmpty,
      !letters.contains(where: { $0.isDecimalDigit || $0 == "_" }), let power = Int(String(last))
    else { return (name, 1) }
    return (String(letters), power)
  }

  /// Four digits after a space.
  private mutating func priceYear() -> Int? {
    var probe = cursor
    guard let space = probe.current, TextCursor.isSpace(space) else { return nil }
    probe.skipSpaces()
    let start = probe.index
    while probe.current?.isDecimalDigit == true { probe.index += 1 }
    guard probe.index - start == 4, probe.current.map({ !Names.continues($0) }) ?? true,
      let year = Int(probe.slice(start, probe.index)), year >= 1000
    else { return nil }
    cursor = probe
    return year
  }
}
