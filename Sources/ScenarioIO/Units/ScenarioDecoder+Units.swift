// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// `currency: NOK 2018`
  mutating func currency(_ entry: YAMLEntry?) -> String? {
    guard let scalar = scalar(entry) else { return nil }
    if let base = soleBase(scalar, "the currency", example: "NOK 2018") { unitSystem.home = base }
    return trimmed(scalar.text)
  }

  /// `units: [user, hour, m2]`
  mutating func units(_ entry: YAMLEntry?) {
    guard let entry else { return }
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `units`",
        expected: "a list of units, such as [user, hour, m2]",
        advice: "A conversion such as 12 months a year is a factor in a formula, 12[month/year].")
      return
    }
    if items.isEmpty {
      problems.report(
        entry.value.position, "an empty list of units",
        expected: "the units that the file uses, such as [user, hour, m2]",
        advice: "Delete the line if any unit may be used.")
    }
    var declared: [UnitBase] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        if case .refused = item.content { continue }
        problems.report(item.position, "\(item.kind) as a unit", expected: "a name such as hour")
        continue
      }
      guard let base = soleBase(scalar, "the unit", example: "hour or m2") else { continue }
      if declared.contains(base) {
        problems.report(
          scalar.start, "the unit \(Excerpt.quoted(base.text)) a second time",
          expected: "each unit once")
      }
      declared.append(base)
    }
    unitSystem.declared = declared
  }

  private mutating func soleBase(_ scalar: ScalarText, _ what: String, example: String) -> UnitBase?
  {
    do throws(TextProblem) {
      let read = try UnitReader.read(scalar.text, UnitSystem())
      if read.bases.count == 1, let factor = read.unit.factors.first, factor.twelfths > 0 {
        return factor.base
      }
      problems.report(
        scalar.start, "\(what) \(Excerpt.quoted(trimmed(scalar.text)))",
        expected: "one unit, such as \(example)")
    } catch {
      report(error, in: scalar)
    }
    return nil
  }

  /// The text of a unit that reads as one; others are reported.
  mutating func unit(_ entry: YAMLEntry?) -> String? {
    guard let scalar = scalar(entry) else { return nil }
    _ = readUnit(scalar)
    let text = trimmed(scalar.text)
    unitTexts.insert(text)
    return text
  }

  mutating func readUnit(_ scalar: ScalarText) -> Unit? {
    do throws(TextProblem) {
      let read = try UnitReader.read(scalar.text, unitSystem)
      for (base, offset) in read.bases {
        unitUses.append((base, scalar.position(ofByte: offset)))
      }
      return read.unit
    } catch {
      report(error, in: scalar)
      return nil
    }
  }
}
