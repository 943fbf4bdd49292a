// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

@Suite struct ParameterTableTests {
  /// What the sheets below say, as a scenario says it.
  private static let plain = """
    utfall: 1
    ranges: ci95
    base_is: mean
    parameters:
      hours:
        value: 6.5 (2.25 to 12)
        unit: hour/user
        family: gamma
        source: Smith, "et al." 2019
      price:
        value: 600 (450.5 to 750)
        unit: NOK/hour
        family: gamma
        truncate: [0, 900]
      visits: gamma(mean = 1.5, sd = 0.4)
      share:
        value: 40.5% (20.5% to 60%)
        family: beta
        range: ci90
      leave: 8550.5
      rate:
        value: 0.45 (95% CI, 0.26–0.80)
        family: lognormal
        fit: log-midpoint
      events:
        value: 15 of 1000
        family: beta
        prior: jeffreys
    outputs:
      cost: hours * price + visits + share + leave + rate + events
    """

  private static func scenario(_ keys: String) -> String {
    """
    utfall: 1
    ranges: ci95
    base_is: mean
    parameter_tables:
      - file: p.csv
        \(keys)
    outputs:
      cost: hours * price + visits + share + leave + rate + events
    """
  }

  static let sheets: [(keys: String, csv: String)] = [
    // As Norwegian Excel writes it: semicolons, decimal commas, quotes where a cell holds a semicolon, CRLF, a
    // byte order mark, empty columns and rows, and lines that end early.
    (
      "decimal: comma",
      "\u{FEFF}Name;Value;Low;High;Unit;Family;Truncate;Range;Fit;Prior;Source;;\r\n"
        + "hours;6,5;2,25;12;hour/user;gamma;;;;;\"Smith, \"\"et al.\"\" 2019\";;\r\n"
        + "price;600;450,5;750;NOK/hour;gamma;\"[0; 900]\";;;;;;\r\n"
        + "visits;\"gamma(mean = 1,5; sd = 0,4)\";;;;;;;;;;;\r\n"
        + "share;40,5 %;20,5 %;60 %;;beta;;ci90;;;;;\r\n"
        + "leave;8\u{A0}550,5\r\n"
        + "rate;0,45 (95% CI, 0,26–0,80);;;;lognormal;;;log-midpoint;;;;\r\n"
        + "events;15 of 1000;;;;beta;;;;jeffreys;;;\r\n;;;;;;;;;;;;\r\n;;;;;;;;;;;;\r\n"
    ),
    // Commas and decimal points, texts as in a scenario, other names of columns, remarks.
    (
      "columns: {name: Parameter, source: Reference}\n    ignore: [Remark, Page 2]",
      "Parameter,value,unit,family,truncate,range,fit,prior,Reference,Remark,Page 2\n"
        + "hours,6.5 (2.25 to 12),hour/user,gamma,,,,,\"Smith, \"\"et al.\"\" 2019\",x,\n"
        + "price,600 (450.5 to 750),NOK/hour,gamma,0 to 900,,,,,,\n"
        + "visits,\"gamma(mean = 1.5, sd = 0.4)\",,,,,,,,\"two\nlines\",9\n"
        + "share,40.5% (20.5% to 60%),,beta,,ci90,,,,,\nleave,8550.5,,,,,,,,,\n"
        + "rate,\"0.45 (95% CI, 0.26–0.80)\",,lognormal,,,log-midpoint,,,,\n"
        + "events,15 of 1000,,beta,,,,jeffreys,,,\n"
    ),
    // Tabs; a certain number given three times.
    (
      "separator: tab",
      "name\tbase\tlow\thigh\tunit\tfamily\ttruncate\trange\tfit\tprior\tsource\n"
        + "hours\t6.5\t2.25\t12\thour/user\tgamma\t\t\t\t\tSmith, \"et al.\" 2019\n"
        + "price\t600\t450.5\t750\tNOK/hour\tgamma\t[0, 900]\n"
        + "visits\tgamma(mean = 1.5, sd = 0.4)\nshare\t40.5%\t20.5%\t60%\t\tbeta\t\tci90\n"
        + "leave\t8550.5\t8550.5\t8550.5\n"
        + "rate\t0.45 (95% CI, 0.26–0.80)\t\t\t\tlognormal\t\t\tlog-midpoint\n"
        + "events\t15 of 1000\t\t\t\tbeta\t\t\t\tjeffreys\n"
    ),
  ]

  @Test(arguments: 0..<3)
  func sheetsSayWhatScenariosSay(_ index: Int) throws {
    let (keys, csv) = Self.sheets[index]
    let folder = try FileFolder(["a.yaml": Self.scenario(keys), "p.csv": csv])
    #expect(folder.problems() == [])
    let sheet = try folder.read()
    let plain = try ScenarioReader.read(text: Self.plain, file: "b.yaml")
    #expect(sheet.parameters.map(\.name) == plain.parameters.map(\.name))
    for (a, b) in zip(sheet.parameters, plain.parameters) {
      #expect(a.family == b.family && a.unit == b.unit && a.source == b.source, "\(a.name)")
      #expect(a.statedLow == b.statedLow && a.statedHigh == b.statedHigh, "\(a.name)")
      #expect(a.reading == b.reading && a.fit == b.fit && a.prior == b.prior, "\(a.name)")
      for p in [0.001, 0.25, 0.5, 0.975] {
        #expect(
          a.distribution.quantile(cumulative: p) == b.distribution.quantile(cumulative: p),
          "\(a.name) at \(p)")
      }
    }
    #expect(sheet.inputs.map(\.path) == ["p.csv"])
  }

  /// The fault of a cell is told once, not again where the parameter, column or rows are used.
  @Test(arguments: [
    "parameters: {q: 1, x: {data: {file: p.csv, column: value, as: empirical}}}\noutputs: {y: q + x}\n"
      + "variants: {v: {freeze: [x], scale: {x: 2}}}",
    "parameter_tables: [{file: p.csv}]\noutputs: {y: x}\nvariants: {v: {freeze: [x]}}",
    "parameters: {q: 1}\nrows: {r: {file: p.csv, draw: bootstrap, columns: {value: NOK}}}\n"
      + "variants: {v: {freeze: [value]}}\noutputs: {y: {by: r, value: value}}",
  ])
  func faultsOfCellsAreToldOnce(_ sections: String) throws {
    let folder = try FileFolder([
      "a.yaml": "utfall: 1\n\(sections)\n", "p.csv": "name;value\nx;12q\n",
    ])
    let found = folder.problems()
    #expect(found.count == 1 && found[0].hasPrefix("p.csv:2:"), "\(found)")
  }

  /// A sheet with decimal commas, read without `decimal: comma`.
  @Test(arguments: [
    ("1 235,5", "p.csv:2:8 a comma in the number `1 235,5`", "Write 1235.5 with a decimal point. "),
    ("6 (2,5 to 7)", "p.csv:2:7 a comma in the number `2,5`", "Write 2.5 with a decimal point. "),
    (
      "gamma(mean = 1,5, sd = 1)", "p.csv:2:17 a comma between two digits",
      "Write 0.5 for a decimal number, and f(1, 5) for two arguments. "
    ),
  ])
  func decimalCommasAreAdvisedOn(_ value: String, _ fault: String, _ advice: String) throws {
    let folder = try FileFolder([
      "a.yaml": "utfall: 1\nparameter_tables: [{file: p.csv}]\noutputs: {y: x}\n",
      "p.csv": "name;value\nx;\(value)\n",
    ])
    #expect(folder.problems() == [fault])
    let error = #expect(throws: ScenarioError.self) { try folder.read() }
    guard case .invalid(let found)? = error else { return }
    #expect(
      found.map(\.advice) == [
        advice + "If the file has decimal commas, say `decimal: comma` beside `file`."
      ])
  }

  @Test(
    arguments: [
      ("x;6,5;20,25;12;;gamma;", "p.csv:2:7 a low number 20.25 above the high number 12"),
      ("x;6,5;2,25;5;;gamma;", "p.csv:2:12 a high number 5 below the base 6.5"),
      ("x;6,5;2,25;;;gamma;", "p.csv:2:7 a row with `low` alone"),
      ("x;6,5;;12;;gamma;", "p.csv:2:8 a row with `high` alone"),
      ("x;6,5;2.25;12;;gamma;", "p.csv:2:7 a point in `2.25` beside `decimal: comma`"),
      ("x;6,5;2,25;1x2;;gamma;", "p.csv:2:13 `x2` after the number"),
      ("x;6,5 (2 to 7);1;2;;gamma;", "p.csv:2:7 `(2 to 7)` after the number"),
      ("x;;;;;;", "p.csv:2:3 a row without a value"),
      (";6,5;;;;;", "p.csv:2:1 a row without a name"),
      ("x;6,5;2,25;12;;gama;", "p.csv:2:16 the unknown family `gama`"),
      ("x;6,5;2,25;12;;;", "p.csv:2:3 a range without the family of its distribution"),
      ("x;6,5;;;;gamma;", "p.csv:2:10 `family` beside a single number"),
      ("x;\"gamma(mean = 1,5; sd = 0,x)\";;;;;", "p.csv:2:29 "),
      ("x;\"gamma(mean = \"\"1,5\"\"; sd = 2)\";;;;;", "p.csv:2:17 "),
      ("x;1;;;;;;;9", "p.csv:2:1 a row of 9 cells"),
      ("2x;1;;;;;", "p.csv:2:1 the name `2x`"),
      ("y;1;;;;;", "p.csv:2:1 the name `y` a second time, after the parameter in "),
      ("x;1;;;;;\nx;2;;;;;", "p.csv:3:1 the name `x` a second time, after the parameter in line 2"),
      ("x;\"1;;;;;", "p.csv:2:3 a quotation mark that is never closed"),
      ("x;\"1\" 2;;;;;", "p.csv:2:7 text after a closed quotation mark"),
      ("x;6;;;;beta;weak", "p.csv:2:13 `weak` as a prior"),
    ])
  func faultsHaveThePlaceOfTheirCell(_ row: String, _ fault: String) throws {
    let csv = "name;value;low;high;unit;family;prior\n" + row + "\n"
    let folder = try FileFolder([
      "a.yaml": """
      utfall: 1
      ranges: ci95
      base_is: mean
      parameter_tables:
        - file: p.csv
          decimal: comma
      parameters:
        y: 1
      outputs:
        o: x + y
      """, "p.csv": csv,
    ])
    let found = folder.problems()
    #expect(found.contains { $0.hasPrefix(fault) }, "\(found)")
    // A row that has a fault still defines its name.
    let misses = found.contains { $0.contains("undefined name") }
    #expect(misses == (row.hasPrefix("2") || row.hasPrefix("y")), "\(found)")
  }

  @Test(
    arguments: [
      ("name,valeu\nx,1\n", "", "p.csv:1:6 the unknown column `valeu`"),
      ("name,unit\nx,1\n", "", "p.csv:1:1 a table without a column `value`"),
      ("value,unit\nx,1\n", "", "p.csv:1:1 a table without a column `name`"),
      ("name,value,Value\nx,1,2\n", "", "p.csv:1:12 a second column for `value`"),
      ("name,value,\nx,1,2\n", "", "p.csv:2:1 a row of 3 cells"),
      ("name,,value\nx,1,2\n", "", "p.csv:2:3 a cell in a column without a name"),
      ("name,value\n", "", "p.csv:1:1 a header without rows"),
      ("\n\n", "", "p.csv:1:1 a table without content"),
      ("", "", "p.csv:1:1 a table without content"),
      ("name;value,x\nx;1\n", "", "p.csv:1:1 a header with commas and semicolons"),
      ("name,value\nx,1\n", "columns: {name: Name}", "a.yaml:4:21 no column `Name`"),
      ("name,value\nx,1\n", "columns: {valeu: value}", "a.yaml:4:15 the unknown key `valeu`"),
      ("name,value\nx,1\n", "columns: {unit: value}", "p.csv:1:1 a table without a column `value`"),
      (
        "name,value\nx,1\n", "columns: {name: value, value: value}",
        "a.yaml:4:35 the column `value` for `name` and `value`"
      ),
      ("name,value\nx,1\n", "ignore: value", "a.yaml:4:13 the text `value` as `ignore`"),
      ("name,value\nx,1\n", "ignore: [z]", "a.yaml:4:14 no column `z`"),
      ("name,value\nx,1\n", "decimal: dot", "a.yaml:4:14 `dot` as a decimal sign"),
      ("name,value\nx,1\n", "separator: pipe", "a.yaml:4:16 `pipe` as a separator"),
      ("PK\u{3}\u{4}", "", "p.csv:1:1 a zip archive"),
      ("name,value\nx,1\u{7}\n", "", "p.csv:2:4 the control character"),
    ])
  func faultsOfTables(_ csv: String, _ keys: String, _ fault: String) throws {
    let folder = try FileFolder([
      "a.yaml": "utfall: 1\nparameter_tables:\n  - file: p.csv\n    \(keys)\noutputs:\n  o: x\n",
      "p.csv": csv,
    ])
    let found = folder.problems()
    #expect(found.first?.hasPrefix(fault) == true, "\(found)")
    #expect(!found.contains { $0.contains("undefined name") }, "\(found)")
  }

  @Test(
    arguments: [
      ("parameter_tables: p.csv", "a.yaml:2:19 the text `p.csv` as `parameter_tables`"),
      ("parameter_tables: []", "a.yaml:2:19 an empty list as `parameter_tables`"),
      ("parameter_tables:\n  - p.csv", "a.yaml:3:5 the text `p.csv` as a table of parameters"),
      ("parameter_tables:\n  - fil: p.csv", "a.yaml:3:5 the unknown key `fil`"),
      ("parameter_tables:\n  - file: q.csv", "a.yaml:3:11 the file `q.csv`"),
      ("parameter_tables:\n  - file: ../p.csv", "a.yaml:3:11 the file `../p.csv`"),
      ("parameter_tables:\n  - file: /etc/passwd", "a.yaml:3:11 the path `/etc/passwd`"),
    ])
  func faultsOfTheKey(_ lines: String, _ fault: String) throws {
    let folder = try FileFolder(["a.yaml": "utfall: 1\n\(lines)\noutputs:\n  o: x\n"])
    let found = folder.problems()
    #expect(found.contains { $0.hasPrefix(fault) }, "\(found)")
  }

  @Test func variantsReadRangesOfSheetsAnew() throws {
    let folder = try FileFolder([
      "a.yaml": """
      utfall: 1
      ranges: ci95
      base_is: mean
      parameter_tables:
        - file: p.csv
      variants:
        wide: {ranges: se}
      outputs:
        o: x
      """, "p.csv": "name,value,low,high,family\nx,10,8,12,normal\n",
    ])
    let scenario = try folder.read()
    let changed = scenario.model.cases[1].parameters.first?.distributions.first
    #expect(scenario.parameters[0].distribution.variance.squareRoot() == 4 / 3.919927969080108)
    #expect(changed?.variance == 4)
  }
}
