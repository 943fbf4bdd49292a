// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// Holds a value against a JSON Schema: the keywords that our schema uses, each in its plainest form.
///
/// A second, naive reading beside that of editors; a keyword it does not know is a failure of the test.
struct SchemaChecker {
  private let root: [String: Any]

  init(_ text: String) throws {
    root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Every fault as `path: keyword`.
  func faults(_ value: EditorValue) -> [String] { faults(value, root, "") }

  private static let known: Set<String> = [
    "$schema", "$ref", "title", "description", "definitions", "type", "enum", "properties",
    "required", "additionalProperties", "minProperties", "items", "minItems", "maxItems",
    "anyOf", "allOf", "pattern", "minimum", "maximum",
  ]

  private func faults(_ value: EditorValue, _ schema: [String: Any], _ path: String) -> [String] {
    for keyword in schema.keys where !Self.known.contains(keyword) {
      Issue.record("the keyword \(keyword) at \(path)")
    }
    if let name = schema["$ref"] as? String {
      let definitions = root["definitions"] as? [String: [String: Any]]
      guard let target = definitions?[String(name.dropFirst("#/definitions/".count))] else {
        Issue.record("nothing behind \(name)")
        return []
      }
      return faults(value, target, path)
    }
    var found = plainFaults(value, schema).map { "\(path): \($0)" }
    for part in schema["allOf"] as? [[String: Any]] ?? [] { found += faults(value, part, path) }
    if let parts = schema["anyOf"] as? [[String: Any]],
      !parts.contains(where: { faults(value, $0, path).isEmpty })
    {
      found.append("\(path): anyOf")
    }
    if case .list(let items) = value, let schema = schema["items"] as? [String: Any] {
      for (place, item) in items.enumerated() {
        found += faults(item, schema, "\(path)/\(place)")
      }
    }
    if case .object(let members) = value { found += memberFaults(members, schema, path) }
    return found
  }

  private func memberFaults(
    _ members: [String: EditorValue], _ schema: [String: Any], _ path: String
  ) -> [String] {
    var found: [String] = []
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    for (key, value) in members {
      let place = "\(path)/\(key)"
      if let property = properties[key] {
        found += faults(value, property, place)
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        found += faults(value, others, place)
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(place): additionalProperties")
      }
    }
    for key in schema["required"] as? [String] ?? [] where members[key] == nil {
      found.append("\(path): required \(key)")
    }
    if let least = schema["minProperties"] as? Int, members.count < least {
      found.append("\(path): minProperties")
    }
    return found
  }

  private func plainFaults(_ value: EditorValue, _ schema: [String: Any]) -> [String] {
    var found: [String] = []
    let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] }
    if let types, !types.contains(where: { Self.isType($0, value) }) { found.append("type") }
    if let words = schema["enum"] as? [Any], !words.contains(where: { Self.isEqual($0, value) }) {
      found.append("enum")
    }
    if case .text(let text) = value, let pattern = schema["pattern"] as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("pattern")
    }
    if case .number(let number) = value {
      if let least = (schema["minimum"] as? NSNumber)?.doubleValue, number < least {
        found.append("minimum")
      }
      if let most = (schema["maximum"] as? NSNumber)?.doubleValue, number > most {
        found.append("maximum")
      }
    }
    if case .list(let items) = value {
      if let least = schema["minItems"] as? Int, items.count < least { found.append("minItems") }
      if let most = schema["maxItems"] as? Int, items.count > most { found.append("maxItems") }
    }
    return found
  }

  private static func isType(_ type: String, _ value: EditorValue) -> Bool {
    switch (type, value) {
    case ("string", .text), ("number", .number), ("boolean", .flag), ("null", .null),
      ("array", .list), ("object", .object):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }

  private static func isEqual(_ word: Any, _ value: EditorValue) -> Bool {
    switch value {
    case .text(let text): word as? String == text
    // JSON's true is a number to Foundation, too.
    case .flag(let flag):
      !(word is String) && (flag ? ["1", "true"] : ["0", "false"]).contains("\(word)")
    case .number(let number): !(word is String) && (word as? NSNumber)?.doubleValue == number
    default: false
    }
  }
}
