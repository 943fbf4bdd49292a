// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Turns the nodes of a file into a scenario, reporting every problem on the way.
struct ScenarioDecoder {
  static let mostDefinitions = 10_000

  let bytes: [UInt8]
  let file: String
  var problems: DiagnosticCollector

  // What `ranges:`, `base_is:` and `fit:` at the top say for every parameter.
  var reading: RangeReading?
  var baseIs: Centre?
  var fit: FitRule?

  var parameters: [ScenarioParameter] = []
  var variables: [ScenarioVariable] = []
  var lines: [ScenarioLine] = []
  var outputs: [ScenarioOutput] = []
  var notPriced: [String] = []
  var groups: [CorrelationGroup] = []
  /// Names in `groups`.
  var correlated: Set<String> = []
  var definitions: [String: Definition] = [:]
  /// Rules of variables, lines and outputs, in file order.
  var rules: [NamedRule] = []
  var texts = FormulaTexts()
  /// Totals by payer that formulas use.
  var payerTotals: Set<String> = []
  var dimensions: [Dimension] = []
  var strategyDescriptions: [String: String] = [:]
  var comparator: String?
  var perspectives: [ScenarioPerspective] = []
  var variants: [ScenarioVariant] = []
  var rows: [RowTable] = []
  var rowSets: [ScenarioRows] = []
  var oneWay: ScenarioOneWay?
  var decision: ScenarioDecision?
  var decisionFormulas: [SimCore.Expression] = []
  /// Files that the scenario names.
  var inputs: [InputFile] = []
  /// A file that defines names could not be read: undefined names say nothing.
  var lacksNames = false
  /// Tables of these files, each read once.
  var tables: [TableKey: CSVTable] = [:]
  /// By name; variants read them again.
  var parameterEntries: [String: YAMLEntry] = [:]
  /// Conditions of the stop rule, with their places.
  var stopPlaces: [StopPlace] = []
  /// Keys `expect`, in file order.
  var expectations: [Expectation] = []
  var unitSystem = UnitSystem()
  /// Base units that the file uses, with their places.
  var unitUses: [(base: UnitBase, position: SourcePosition)] = []
  /// Units that were read where they stand in the file.
  var unitTexts: Set<String> = []
  /// What one label of a dimension stands for.
  var dimensionUnits: [String: Unit] = [:]
  /// Outputs that report another quantity under its own name.
  var reports: Set<String> = []

  static let keys = [
    "utfall", "title", "source", "description", "currency", "run", "ranges", "base_is", "fit",
    "dimensions", "strategies", "comparator", "parameters", "parameter_tables", "variables",
    "correlate", "costs",
    "benefits", "effects", "not_priced",
    "rows", "perspectives", "variants", "outputs", "decision", "one_way", "two_way", "thresholds",
    "sobol_indices", "units",
  ]
  static let laterKeys: Set<String> = [
    "include"
  ]

  init(bytes: [UInt8], file: String, problems: DiagnosticCollector) {
    self.bytes = bytes
    self.file = file
    self.problems = problems
  }

  /// - Returns: `nil` when anything was reported.
  mutating func decode(_ root: YAMLNode) -> Scenario? {
    guard
      let top = fields(
        root, at: root.position, "a scenario", known: Self.keys, later: Self.laterKeys)
    else { return nil }
    version(top["utfall"], root.position)
    let title = string(top["title"])
    let source = string(top["source"])
    let description = string(top["description"])
    let currency = currency(top["currency"])
    units(top["units"])
    let run = runSettings(top["run"])
    reading = choice(top["ranges"], "a reading of ranges")
    baseIs = choice(top["base_is"], "a kind of base")
    fit = choice(top["fit"], "a fit")

    dimensions(top)
    section(top["rows"]) { $0.rows($1) }
    section(
      top["parameters"], required: top["parameter_tables"] == nil ? "parameters" : nil,
      root.position
    ) { $0.parameter($1) }
    parameterTables(top["parameter_tables"])
    correlations(top["correlate"])
    section(top["variables"]) { $0.variable($1) }
    for kind in LineKind.allCases {
      section(top[kind.section]) { $0.line($1, kind) }
    }
    notPricedTexts(top["not_priced"])
    section(top["outputs"], required: "outputs", root.position) { $0.output($1) }
    oneWay(top["one_way"])
    let sensitivity = sensitivity(top)
    decision(top["decision"])
    section(top["perspectives"]) { $0.perspective($1) }
    section(top["variants"]) { $0.variant($1) }
    checkStopRule()
    checkReferences()
    let units = problems.isEmpty ? UnitChecker.check(&self) : ScenarioUnits()

    guard problems.isEmpty else { return nil }
    resolveUncertain()
    guard problems.isEmpty else { return nil }
    let builder = modelBuilder
    return Scenario(
      name: SourceFile.name(of: file), file: file, bytes: bytes, title: title, source: source,
      description: description, currency: currency, notPriced: notPriced, run: run,
      parameters: parameters, variables: variables, lines: lines, outputs: outputs,
      definitions: definitions, texts: texts, dimensions: dimensions,
      strategies: dimensions.first { $0.name == Self.strategy }?.labels ?? [],
      strategyDescriptions: strategyDescriptions, comparator: comparator,
      perspectives: perspectives, variants: variants, rows: rowSets, oneWay: oneWay,
      sensitivity: sensitivity, decision: decision, expectations: expectations, units: units,
      inputs: inputs, cases: builder.cases, builder: builder,
      model: builder.model(),
      warnings: problems.sortedWarnings)
  }

  var modelBuilder: ModelBuilder {
    ModelBuilder(
      dimensions: dimensions, rows: rows, parameters: parameters, rules: rules, lines: lines,
      payerTotals: payerTotals, correlations: groups, perspectives: perspectives,
      variants: variants, outputs: outputs)
  }

  private mutating func version(_ entry: YAMLEntry?, _ start: SourcePosition) {
    guard let entry else {
      problems.report(
        start, "a scenario without its version of the format", expected: "a line `utfall: 1`",
        advice: "Put it first.")
      return
    }
    guard let scalar = scalar(entry) else { return }
    if scalar.text != "1" {
      problems.report(
        scalar.start, "version \(Excerpt.quoted(scalar.text)) of the scenario format",
        expected: "1", advice: "This version of Utfall reads `utfall: 1`.")
    }
  }

  /// Reads each entry of a section of named things.
  mutating func section(
    _ entry: YAMLEntry?, required name: String? = nil, _ start: SourcePosition = .start,
    _ read: (inout ScenarioDecoder, YAMLEntry) -> Void
  ) {
    guard let entry else {
      if let name {
        problems.report(
          start, "a scenario without `\(name)`", expected: "a section `\(name):` with an entry")
      }
      return
    }
    switch entry.value.content {
    case .mapping(let entries):
      if entries.isEmpty { emptySection(entry) }
      for item in entries { read(&self, item) }
    case .empty: emptySection(entry)
    case .refused: break
    case .text, .list:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `\(entry.key)`",
        expected: "`name: value` lines, indented")
    }
  }

  private mutating func emptySection(_ entry: YAMLEntry) {
    problems.report(
      entry.keyPosition, "an empty section `\(entry.key)`", expected: "at least one entry",
      advice: "Delete the line if there is nothing to say.")
  }

  private mutating func notPricedTexts(_ entry: YAMLEntry?) {
    guard let entry else { return }
    switch entry.value.content {
    case .list(let items):
      for item in items {
        if case .refused = item.content { continue }
        guard case .text(let scalar) = item.content else {
          problems.report(item.position, "\(item.kind) in `not_priced`", expected: "a text")
          continue
        }
        notPriced.append(trimmed(scalar.text))
      }
    case .refused: break
    default:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `not_priced`",
        expected: "a list of texts", advice: "Write each on a line of its own after `- `.")
    }
  }
}
