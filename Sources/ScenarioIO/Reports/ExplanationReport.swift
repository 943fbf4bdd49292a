// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// What `simulate validate --explain` tells beside the parameters.
extension TerminalReport {
  /// What every column, variable, line and output varies over, with its unit and formula.
  ///
  /// A unit in brackets follows from the formula; `?` stands where nothing is known.
  public static func variables(_ scenario: Scenario) -> String {
    let shapes = ModelShapes(scenario.model)
    var table = TextTable(
      header: ["quantity", "values", "varies over", "unit", "formula"], leftColumns: [0, 2, 3, 4])
    func add(_ name: String, _ dimensions: [String], _ unit: String, _ formula: String) {
      let count = dimensions.reduce(1) { count, name in
        count * (scenario.dimensions.first { $0.name == name }?.labels.count ?? 1)
      }
      table.add([
        name, "\(count)", dimensions.joined(separator: ", "), Excerpt.shortened(unit),
        Excerpt.shortened(formula.isEmpty ? "by label" : formula),
      ])
    }
    for rows in scenario.rows {
      for column in rows.columns {
        add(column.name, shapes.dimensions(of: column.name) ?? [], column.unit ?? "?", rows.file)
      }
    }
    let quantities =
      scenario.variables.map { ($0.name, $0.formula) }
      + scenario.lines.map { ($0.name, $0.formula) }
    for (name, formula) in quantities {
      add(name, shapes.dimensions(of: name) ?? [], unitText(name, scenario), formula)
    }
    // Reports of a quantity under its own name are that quantity.
    for (output, item) in zip(scenario.outputs, scenario.model.outputs)
    where scenario.definitions[output.name]?.kind == .output {
      add(
        output.name, shapes.dimensions(of: item.value),
        output.unit ?? unitText(output.name, scenario), output.formula)
    }
    return "\n" + table.text + "\n" + units(scenario)
  }

  private static func unitText(_ name: String, _ scenario: Scenario) -> String {
    guard let unit = scenario.units[name] else { return "?" }
    return unit.isStated ? unit.text : "(\(unit.text))"
  }

  /// Where units are stated, but not for all: what the check of units passes over.
  static func unitsUnknown(_ scenario: Scenario) -> String {
    let names = quantities(scenario)
    let unknown = names.filter { scenario.units[$0] == nil }
    if unknown.isEmpty || !names.contains(where: { scenario.units[$0]?.isStated == true }) {
      return ""
    }
    let shown = unknown.prefix(5).map { Excerpt.shortened($0) }.joined(separator: ", ")
    return "\n  "
      + (unknown.count == 1 ? "1 quantity" : ReadableNumber.whole(unknown.count) + " quantities")
      + " without a known unit: \(shown)\(unknown.count > 5 ? " …" : "").\n"
      + "  Sums and comparisons with them are not checked. Write `unit:`, and `unit: 1` for plain numbers "
      + "such as shares or 0 and 1;\n  `validate --explain` shows the units of all.\n"
  }

  /// Names in the file's order, each once.
  private static func quantities(_ scenario: Scenario) -> [String] {
    let names =
      scenario.parameters.map(\.name) + scenario.rows.flatMap { $0.columns.map(\.name) }
      + scenario.variables.map(\.name) + scenario.lines.map(\.name) + scenario.outputs.map(\.name)
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// How much of the file the check of units reaches.
  private static func units(_ scenario: Scenario) -> String {
    let all = quantities(scenario)
    let stated = all.count { scenario.units[$0]?.isStated == true }
    let inferred = all.count { scenario.units[$0]?.isStated == false }
    return "  Units: \(stated) stated, \(inferred) follow from formulas (in brackets), "
      + "\(all.count - stated - inferred) not known (?)\n"
  }
}
