// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

/// Texts of units.
@Suite struct UnitReaderTests {
  @Test(
    arguments: [
      ("1", "1"), ("NOK", "NOK"), ("NOK/user", "NOK/user"), ("NOK/m2/month", "NOK/m2/month"),
      ("m2", "m2"), ("m^2", "m2"), ("m²", "m2"), ("m*m", "m2"), ("m10", "m10"), ("m^12", "m^12"),
      ("1/year", "1/year"), ("user/centre/year", "user/centre/year"), ("user*year", "user*year"),
      ("user·year", "user*year"), ("user-year", "user*year"), ("1/user-year", "1/user/year"),
      ("NOK/(user*year)", "NOK/user/year"), ("(user*year)^2", "user2*year2"),
      ("NOK 2025/NOK 2018", "NOK 2025/NOK 2018"), ("NOK 2018/hour", "NOK 2018/hour"),
      ("NOK  2018", "NOK 2018"), ("NOK 2018^2", "NOK 2018^2"), ("m^(1/2)", "m^(1/2)"),
      ("m^(2/4)", "m^(1/2)"), ("m^(1/3)", "m^(1/3)"), ("s^-1", "1/s"), ("m/m", "1"),
      ("NOK per user per year", "NOK/user/year"), ("kr/pasient/år", "kr/pasient/år"),
      ("€/QALY", "€/QALY"), ("%", "%"), ("%/year", "%/year"), ("°C", "°C"), ("EQ5D", "EQ5D"),
      ("PM10/m3", "PM10/m3"), ("HbA1c", "HbA1c"), ("FEV1", "FEV1"), ("CO2", "CO2"),
      ("thousand_cases", "thousand_cases"), (" NOK / user ", "NOK/user"),
      ("kg*m2/s2", "kg*m2/s2"), ("person/year*1", ""), ("per_diem", "per_diem"),
    ])
  func reads(_ written: String, _ shown: String) throws {
    if shown.isEmpty {
      #expect(throws: TextProblem.self) { try UnitReader.read(written) }
      return
    }
    let unit = try UnitReader.read(written).unit
    #expect(unit.text() == shown)
    // What is shown reads as the same unit.
    #expect(try UnitReader.read(shown).unit == unit)
  }

  @Test(arguments: [
    ("NOK//user", 4, "`/` in the unit `NOK//user`"),
    ("NOK/", 4, "the unit `NOK/`, which ends too early"),
    ("", 0, "the unit ``, which ends too early"),
    ("NOK user", 4, "`u` in the unit `NOK user`"),
    ("NOK/user*year", 8, "a product after a division in the unit `NOK/user*year`"),
    ("user/1000 cases", 5, "the number `1000` in a unit"),
    ("2", 0, "the number `2` in a unit"),
    ("m^x", 1, "the power in the unit `m^x`"),
    ("m^0", 1, "the power in the unit `m^0`"),
    ("m^(1/0)", 1, "the power in the unit `m^(1/0)`"),
    ("m^5000", 0, "a power of a unit"),
    ("((m^90)^90)^90", 1, "a power of a unit"),
    ("(m", 0, "a `(` that is never closed"),
    ("m)", 1, "`)` in the unit `m)`"),
    ("NOK 18", 4, "`1` in the unit `NOK 18`"),
    ("NOK, user", 3, "`,` in the unit `NOK, user`"),
  ])
  func refuses(_ written: String, _ offset: Int, _ found: String) {
    let problem = #expect(throws: TextProblem.self) { try UnitReader.read(written) }
    #expect(problem?.offset == offset)
    #expect(problem?.found == found)
  }

  @Test func unitsMultiplyAndDivide() throws {
    func unit(_ text: String) throws -> Unit { try UnitReader.read(text).unit }
    #expect(try unit("NOK/user") * unit("user/year") == unit("NOK/year"))
    #expect(try unit("NOK/user") / unit("NOK/user") == .one)
    #expect(try unit("user*year") == unit("year*user"))
    #expect(try unit("NOK") != unit("NOK 2018"))
    #expect(try unit("m").power(0.5)?.power(2) == unit("m"))
    #expect(try unit("m").power(1.0 / 3)?.power(3) == unit("m"))
    #expect(try unit("m").power(0.37) == nil)
    #expect(try unit("m").power(.nan) == nil)
    #expect(try unit("m^900") * unit("m^900") == nil)
    #expect(try unit("NOK/m2").reciprocal == unit("m2/NOK"))
  }
}
