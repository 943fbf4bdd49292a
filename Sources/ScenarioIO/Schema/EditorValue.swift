// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A YAML text as an editor reads it: scalars without quotes have the types of YAML 1.2.
///
/// What a JSON Schema is held against. The reader of scenarios takes all scalars as texts.
package indirect enum EditorValue: Sendable, Hashable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case null
  case list([EditorValue])
  case object([String: EditorValue])

  /// - Returns: `nil` for a text whose structure the reader of scenarios refuses.
  package init?(yaml: String) {
    var problems = DiagnosticCollector(file: "")
    let bytes = Array(yaml.utf8)
    guard
      let source = SourceChecks.text(bytes, size: bytes.count, file: "", &problems),
      let root = YAMLComposer.root(source, &problems), problems.isEmpty
    else { return nil }
    self.init(root)
  }

  private init(_ node: YAMLNode) {
    switch node.content {
    case .empty, .refused: self = .null
    case .list(let items): self = .list(items.map { EditorValue($0) })
    case .mapping(let entries):
      self = .object(
        Dictionary(
          entries.map { ($0.key, EditorValue($0.value)) }, uniquingKeysWith: { first, _ in first }))
    case .text(let scalar):
      if case .plain = scalar.style {
        self = Self.plain(scalar.text)
      } else {
        self = .text(scalar.text)
      }
    }
  }

  /// YAML 1.2, core schema.
  private static func plain(_ text: String) -> EditorValue {
    switch text {
    case "true", "True", "TRUE": return .flag(true)
    case "false", "False", "FALSE": return .flag(false)
    case "null", "Null", "NULL", "~": return .null
    default: break
    }
    let isNumber = text.wholeMatch(of: /[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?/) != nil
    if isNumber, let number = Double(text) { return .number(number) }
    return .text(text)
  }
}
