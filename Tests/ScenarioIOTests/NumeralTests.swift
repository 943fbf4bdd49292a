// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import ScenarioIO
import Testing

@Suite struct NumeralTests {
  @Test(
    arguments: [
      ("5", 5.0), ("-0.5", -0.5), ("+3", 3), (".5", 0.5), ("1e5", 1e5), ("2.5E-3", 2.5e-3),
      ("1 235 000", 1_235_000), ("1\u{A0}235\u{202F}000", 1_235_000), ("8\u{2009}550", 8550),
      ("1 000.25", 1000.25), ("\u{2212}7", -7), ("40%", 0.4), ("40 %", 0.4), ("2.5\u{A0}%", 0.025),
      ("0.1%", 0.001), ("7e-2%", 0.0007), ("  12  ", 12), ("007", 7), ("0.1", 0.1),
      ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", .greatestFiniteMagnitude),
    ] as [(String, Double)])
  func reads(_ text: String, _ value: Double) throws {
    #expect(try Numeral.only(text).value == value)
  }

  @Test(
    arguments: [
      ("0x10", 0, "`0x10`"), ("1:30", 1, "a colon in `1:30`"),
      ("1,5", 1, "a comma in the number `1,5`"), ("1,235,000", 1, "a comma in the number"),
      ("1.235.000", 5, "a second point"), ("1_000", 1, "`_` in `1_000`"), ("5.", 1, "a point"),
      ("12 34", 2, "a space inside the number `12 34`"), ("1234 567", 4, "a space inside"),
      ("1  234", 1, "a space inside"), ("0 123", 1, "a space inside"), ("inf", 0, "`inf`"),
      ("-.inf", 0, "`-.inf`"), ("NaN", 0, "`NaN`"), ("no", 0, "`no`"), ("", 0, "nothing"),
      ("1e400", 0, "the number `1e400`, which is too large"),
      ("1e-400", 0, "the number `1e-400`, which is too close to zero"),
      ("1e99999999999999999999", 0, "the number"), ("5 x", 2, "`x` after the number"),
      ("1 235,5", 5, "a comma in the number `1 235,5`"),
      ("1\u{A0}235\u{202F}000,25", 12, "a comma in the number `1\u{A0}235\u{202F}000,25`"),
      ("1e", 1, "`e` after the number"), ("--5", 0, "`--5`"),
    ] as [(String, Int, String)])
  func refuses(_ text: String, _ offset: Int, _ found: String) {
    let problem = #expect(throws: TextProblem.self) { try Numeral.only(text) }
    #expect(problem?.offset == offset)
    #expect(problem?.found.hasPrefix(found) == true, "\(problem?.found ?? "")")
  }

  @Test(
    arguments: [
      ("1,5", "Write 1.5 with a decimal point."),
      ("1,235", "Write 1.235 for a decimal, 1235 for thousands."),
      ("1,235,000", "Leave thousands unmarked or mark them with spaces: 1 235 000."),
      ("1 235,5", "Write 1235.5 with a decimal point."),
      ("-1\u{A0}235,5", "Write -1235.5 with a decimal point."),
      ("1 235 000,250", "Write 1235000.250 with a decimal point."),
      ("1.235,5", "Write 1235.5 with a decimal point."),
      ("1,235.50", "Write 1235.50, or mark thousands with spaces."),
      ("1.5,2", "Write one number, with a decimal point."),
    ] as [(String, String)])
  func advisesOnCommas(_ text: String, _ advice: String) {
    let problem = #expect(throws: TextProblem.self) { try Numeral.only(text) }
    #expect(problem?.advice == advice)
  }
}
