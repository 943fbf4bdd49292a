// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

@Suite struct LabelTableTests {
  private static func scenario(_ by: String, _ table: String) -> String {
    """
    utfall: 1
    ranges: ci95
    base_is: mean
    dimensions:
      cancer: [breast, colon]
      year: 2020..2022
    parameters:
      x:
        by: \(by)
        \(table)
        family: normal
    outputs:
      o: x
    """
  }

  private static func inline(_ by: String, _ value: String) throws -> Scenario {
    try ScenarioReader.read(text: scenario(by, "value: " + value), file: "b.yaml")
  }

  @Test(
    arguments: [
      ("cancer", "{file: x.csv}", "cancer,value\ncolon,2 (1 to 3)\nbreast,0.5\n"),
      (
        "cancer", "{file: x.csv, decimal: comma}",
        "cancer;base;low;high;source\nbreast;0,5;;;table 1\ncolon;2;1;3;table 2\n"
      ),
      (
        "cancer", "{file: x.csv, across: cancer}", "breast\tcolon\n0.5\t2 (1 to 3)\n"
      ),
      (
        "cancer", "{file: x.csv, columns: {cancer: Site, value: Mean}}",
        "value,Site,Mean\n9,breast,0.5\n9,colon,2 (1 to 3)\n"
      ),
      ("cancer", "{file: x.csv}", "cancer,value\notherwise,2 (1 to 3)\nbreast,0.5\n"),
    ])
  func oneDimension(_ by: String, _ table: String, _ csv: String) throws {
    try check(by, table, csv, "{breast: 0.5, colon: 2 (1 to 3)}")
  }

  @Test(
    arguments: [
      (
        "{file: x.csv}",
        "year,cancer,value\n2020,breast,1\n2021,breast,2\n2022,breast,3\n"
          + "2020,colon,4\n2021,colon,5\n2022,colon,6 (5 to 7)\n"
      ),
      (
        "{file: x.csv, across: year}", "cancer,2020,2021,2022\nbreast,1,2,3\ncolon,4,5,6 (5 to 7)\n"
      ),
      (
        "{file: x.csv, across: cancer}",
        "colon,year,breast\n4,2020,1\n6 (5 to 7),2022,3\n5,2021,2\n"
      ),
    ])
  func twoDimensions(_ table: String, _ csv: String) throws {
    try check(
      "[cancer, year]", table, csv,
      "{breast: {2020: 1, 2021: 2, 2022: 3}, colon: {2020: 4, 2021: 5, 2022: 6 (5 to 7)}}")
  }

  private func check(_ by: String, _ table: String, _ csv: String, _ value: String) throws {
    let folder = try FileFolder([
      "a.yaml": Self.scenario(by, "table: " + table), "x.csv": csv,
    ])
    #expect(folder.problems() == [])
    let (found, expected) = (try folder.read(), try Self.inline(by, value))
    #expect(found.parameters.map(\.fullName) == expected.parameters.map(\.fullName))
    for (a, b) in zip(found.parameters, expected.parameters) {
      #expect(a.statedText == b.statedText || a.statedLow == b.statedLow, "\(a.fullName)")
      #expect(a.distribution.mean == b.distribution.mean, "\(a.fullName)")
      #expect(a.distribution.variance == b.distribution.variance, "\(a.fullName)")
    }
    #expect(found.inputs.map(\.path) == ["x.csv"])
  }

  @Test(
    arguments: [
      (
        "cancer", "{file: x.csv}", "cancer,value\nbreast,1\ncoln,2\n",
        "x.csv:3:1 the unknown label `coln`"
      ),
      ("cancer", "{file: x.csv}", "cancer,value\nbreast,1\n", "a.yaml:10:5 no value for colon"),
      (
        "cancer", "{file: x.csv}", "cancer,value\nbreast,1\nbreast,2\n",
        "x.csv:3:1 `breast` a second time"
      ),
      (
        "cancer", "{file: x.csv}", "cancer,value\nbreast,1\n,2\n", "x.csv:3:1 a row without a label"
      ),
      (
        "cancer", "{file: x.csv}", "cancer,value\nbreast,1\ncolon,\n",
        "x.csv:3:7 a row without a value"
      ),
      ("cancer", "{file: x.csv}", "cancer,value\nbreast,1\ncolon,a\n", "x.csv:3:7 `a`"),
      ("cancer", "{file: x.csv}", "cancer,value\nbreast,1\ncolon\n", "x.csv:3:1 a row of 1 cell"),
      ("cancer", "{file: x.csv}", "site,value\nbreast,1\n", "x.csv:1:1 no column `cancer`"),
      (
        "cancer", "{file: x.csv}", "cancer,mean\nbreast,1\n",
        "x.csv:1:1 a table by label without a column"
      ),
      (
        "cancer", "{file: x.csv, across: year}", "a\n1\n",
        "a.yaml:10:34 `year`, which is not under `by`"
      ),
      (
        "cancer", "{file: x.csv, across: cancer}", "breast,coln\n1,2\n",
        "x.csv:1:8 the unknown label `coln`"
      ),
      (
        "cancer", "{file: x.csv, across: cancer}", "breast,colon\n1,2\n3,4\n",
        "x.csv:1:1 `breast` a second time"
      ),
      ("cancer", "{file: x.csv, across: cancer}", "breast,colon\n1,\n", "x.csv:2:3 an empty cell"),
      ("cancer", "{fil: x.csv}", "", "a.yaml:10:13 the unknown key `fil`"),
      ("cancer", "{across: cancer}", "", "a.yaml:10:5 `table` without `file`"),
      (
        "[cancer, year]", "{file: x.csv, across: year}",
        "cancer,2020,2021\nbreast,1,2\ncolon,1,2\n",
        "x.csv:2:1 no value for 2022 of `year`"
      ),
    ])
  func faults(_ by: String, _ table: String, _ csv: String, _ fault: String) throws {
    let folder = try FileFolder([
      "a.yaml": Self.scenario(by, "table: " + table), "x.csv": csv,
    ])
    let found = folder.problems()
    #expect(found.contains { $0.hasPrefix(fault) }, "\(found)")
  }

  @Test func aTableNeedsLabelsAndStandsAlone() throws {
    let text = Self.scenario("cancer", "table: {file: x.csv}\n    value: 1")
    #expect(problems(in: text).first == "10:5 `table` beside `value`")
    let unlabelled = text.replacing("    by: cancer\n", with: "").replacing("value: 1", with: "")
    #expect(problems(in: unlabelled).first == "9:5 `table` without `by`")
  }
}
