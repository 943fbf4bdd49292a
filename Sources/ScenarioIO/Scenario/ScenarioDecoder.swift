// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// Turns the nodes of a file into a scenario, reporting every problem on the way.
struct ScenarioDecoder {
  static let mostDefinitions = 10_000

  let bytes: [UInt8]
  let file: String
  var problems: DiagnosticCollector

  /// Of the scenario, under `nil`, and of every included file.
  var settings: [String?: FileSettings] = [:]
  /// In place of what files say, while a variant reads all ranges anew.
  var rereading: RangeReading?

  /// The sections of included files, then of the scenario.
  var parts: [[String: YAMLEntry]] = []
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
  /// Labels of dimensions that are neither names nor numbers: `40-64`, `65+`.
  var bands: [String: Set<String>] = [:]
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
  /// Parameters that were refused: their names say nothing more.
  var faultyParameters: Set<String> = []
  /// Dimensions and tables of rows that were refused: their names and labels say nothing more.
  var refusedDimensions: Set<String> = []
  /// Kinds of lines of which one was refused: totals, and payers that none of them names, say nothing.
  var faultyLines: Set<LineKind> = []
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

  init(bytes: [UInt8], file: String, problems: DiagnosticCollector) {
    self.bytes = bytes
    self.file = file
    self.problems = problems
  }

  /// - Returns: `nil` when anything was reported.
  mutating func decode(_ root: YAMLNode) -> Scenario? {
    guard let top = parts(root) else { return nil }
    let title = string(top["title"])
    let source = string(top["source"])
    let description = string(top["description"])
    let currency = currency(top["currency"])
    units(top["units"])
    let run = runSettings(top["run"])

    dimensions(top)
    for dimension in dimensions {
      let labels = dimension.labels.filter { !Names.isName($0) && Double($0) == nil }
      if !labels.isEmpty { bands[dimension.name] = Set(labels) }
    }
    eachPart("rows") { $0.rows($1) }
    eachPart("parameters") { $0.parameter($1) }
    for part in parts { parameterTables(part["parameter_tables"]) }
    requireParameters(root.position)
    for part in parts { correlations(part["correlate"]) }
    eachPart("variables") { $0.variable($1) }
    for kind in LineKind.allCases {
      eachPart(kind.section) { $0.line($1, kind) }
    }
    for part in parts { notPricedTexts(part["not_priced"]) }
    section(top["outputs"], required: "outputs", root.position) { $0.output($1) }
    oneWay(top["one_way"])
    let sensitivity = sensitivity(top)
    decision(top["decision"])
    section(top["perspectives"]) { $0.perspective($1) }
    section(top["variants"]) { $0.variant($1) }
    checkStopRule()
    checkThresholds(sensitivity.thresholds, top["thresholds"])
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
}
