// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A JSON Schema of scenario files, made from the declarations that the reader holds files against.
///
/// Draft 7, which editors read. It knows keys, kinds of values and closed sets of words; what takes a
/// look at the whole file, such as names and formulas, is left to `simulate validate`.
public enum ScenarioSchema {
  /// Of scenarios, or of the files they include.
  public static func text(ofIncludedFiles: Bool = false) -> String {
    let root: KeySection = ofIncludedFiles ? .includedFile : .scenario
    let members: [(key: String, value: JSONText)] = [
      ("$schema", .text("http://json-schema.org/draft-07/schema#")),
      ("title", .text(ofIncludedFiles ? "Included file of an Utfall scenario" : "Utfall scenario")),
      (
        "description",
        .text("Format 1. Made by `simulate schema`; docs/scenario-format.md explains the keys.")
      ),
      ("allOf", .list([reference(root.rawValue)])),
      ("definitions", .object(kinds + sections(from: root))),
    ]
    return JSONText.object(members).written() + "\n"
  }

  // MARK: Sections

  /// The root and the sections that it leads to, in the order of their declaration.
  private static func sections(from root: KeySection) -> [(key: String, value: JSONText)] {
    var found: Set<KeySection> = []
    var open = [root]
    while let section = open.popLast() {
      guard found.insert(section).inserted else { continue }
      open += section.keys.flatMap { self.sections(in: $0.type) }
    }
    return KeySection.allCases.filter(found.contains).map { ($0.rawValue, schema(of: $0)) }
  }

  private static func sections(in type: KeyType) -> [KeySection] {
    switch type {
    case .section(let section): [section]
    case .list(let item, _): sections(in: item)
    case .names(let value): sections(in: value)
    case .either(let types): types.flatMap { sections(in: $0) }
    default: []
    }
  }

  private static func schema(of section: KeySection) -> JSONText {
    let required = section.keys.filter(\.isRequired).map { JSONText.text($0.name) }
    var members: [(key: String, value: JSONText)] = [
      ("type", .text("object")),
      (
        "properties",
        .object(
          section.keys.map { key in
            (key.name, .object([("description", .text(key.meaning))] + Self.members(of: key.type)))
          })
      ),
    ]
    if !required.isEmpty { members.append(("required", .list(required))) }
    members.append(("additionalProperties", .flag(false)))
    return .object(members)
  }

  // MARK: Values

  private static func reference(_ name: String) -> JSONText {
    .object([("$ref", .text("#/definitions/\(name)"))])
  }

  private static func members(of type: KeyType) -> [(key: String, value: JSONText)] {
    switch type {
    case .text: [("allOf", .list([reference("text")]))]
    case .number: [("allOf", .list([reference("number")]))]
    case .formula: [("allOf", .list([reference("formula")]))]
    case .assessment: [("allOf", .list([reference("assessment")]))]
    case .byLabel: [("allOf", .list([reference("byLabel")]))]
    case .section(let section): [("allOf", .list([reference(section.rawValue)]))]
    case .empty: [("type", .text("null"))]
    case .wholeNumber(let range):
      [
        ("type", .list([.text("integer"), .text("string")])),
        ("minimum", .number("\(range.lowerBound)")), ("maximum", .number("\(range.upperBound)")),
        ("pattern", .text("^[0-9]")),
      ]
    case .words(let words): [("enum", .list(words.flatMap { values(of: $0) }))]
    case .list(let item, let count):
      [
        ("type", .text("array")), ("items", value(of: item)),
        ("minItems", .number("\(count.lowerBound)")),
        ("maxItems", .number("\(count.upperBound)")),
      ]
    case .names(let item):
      [
        ("type", .text("object")), ("minProperties", .number("1")),
        ("additionalProperties", value(of: item)),
      ]
    case .either(let types): [("anyOf", .list(types.map { value(of: $0) }))]
    }
  }

  private static func value(of type: KeyType) -> JSONText {
    switch type {
    case .text: reference("text")
    case .number: reference("number")
    case .formula: reference("formula")
    case .assessment: reference("assessment")
    case .byLabel: reference("byLabel")
    case .section(let section): reference(section.rawValue)
    default: .object(members(of: type))
    }
  }

  /// A word, and what YAML makes of it.
  private static func values(of word: String) -> [JSONText] {
    switch word {
    case "true", "false": [.text(word), .flag(word == "true")]
    default: Int(word) == nil ? [.text(word)] : [.text(word), .number(word)]
    }
  }

  private static func kind(_ description: String, _ types: String...) -> [(
    key: String, value: JSONText
  )] {
    [("description", .text(description)), ("type", .list(types.map { .text($0) }))]
  }

  private static let kinds: [(key: String, value: JSONText)] = [
    ("text", .object(kind("A text.", "string", "number", "boolean"))),
    (
      "number",
      .object(
        kind("A number as reports print it, such as 40% or 1 235 000.", "number", "string")
          + [("pattern", .text("[0-9]"))])
    ),
    ("formula", .object(kind("A formula.", "string", "number"))),
    (
      "assessment",
      .object(
        kind(
          "A number, a range such as 6 (2 to 12), or a distribution such as beta(15, 985).",
          "string", "number"))
    ),
    (
      "byLabel",
      .object([
        ("description", .text("Values by label; `otherwise` stands for labels not named.")),
        ("type", .text("object")), ("minProperties", .number("1")),
        (
          "additionalProperties",
          .object([("anyOf", .list([reference("formula"), reference("byLabel")]))])
        ),
      ])
    ),
  ]
}
