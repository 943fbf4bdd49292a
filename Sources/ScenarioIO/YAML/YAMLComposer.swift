// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Yams

/// Turns a file's text into nodes: scan first, then compose, so that nothing the scan refuses reaches
/// the YAML library.
enum YAMLComposer {
  /// In bytes.
  static let longestText = 65_536

  /// The root of the file, or `nil` when its structure is broken; problems are reported either way.
  static func root(_ source: SourceText, _ problems: inout DiagnosticCollector) -> YAMLNode? {
    var scanner = BlockScanner(source, problems)
    scanner.run()
    problems = scanner.problems
    if scanner.scan.isBroken { return nil }
    let text = String(decoding: scanner.scan.masked(source), as: UTF8.self)
    do {
      guard let node = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
        problems.report(
          source.start, "a file without content",
          expected: "a scenario that begins with `utfall: 1`")
        return nil
      }
      let refused = Set(scanner.scan.refused.map { source.position(of: $0.lowerBound) })
      return NodeReader(source: source, refused: refused).read(node, 0, &problems)
    } catch let error as YamlError {
      // A scan that already found something is the better message.
      if problems.isEmpty { YAMLErrorReport.report(error, &problems) }
    } catch {
      if problems.isEmpty { problems.report(source.start, "unreadable YAML: \(error)") }
    }
    return nil
  }
}

private struct NodeReader {
  let source: SourceText
  let refused: Set<SourcePosition>

  func read(_ node: Node, _ depth: Int, _ problems: inout DiagnosticCollector) -> YAMLNode {
    let place = position(node)
    if depth > 2 * BlockScanner.deepest {
      problems.report(place, "nesting too deep to read")
      return YAMLNode(content: .refused, position: place)
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: content(scalar, place, &problems), position: place)
    case .sequence(let sequence):
      let items = sequence.map { read($0, depth + 1, &problems) }
      return YAMLNode(content: .list(items), position: place)
    case .mapping(let mapping):
      var entries: [YAMLEntry] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          problems.report(position(key), "a list or mapping as a key", expected: "a name")
          continue
        }
        entries.append(
          YAMLEntry(
            key: name.string, keyPosition: position(key), value: read(value, depth + 1, &problems)))
      }
      return YAMLNode(content: .mapping(entries), position: place)
    case .alias:
      problems.report(place, "an alias", expected: "the value itself")
      return YAMLNode(content: .refused, position: place)
    }
  }

  private func content(
    _ scalar: Node.Scalar, _ place: SourcePosition, _ problems: inout DiagnosticCollector
  ) -> YAMLNode.Content {
    let isPlain = scalar.style == .plain
    if isPlain, scalar.string == "~", refused.contains(place) { return .refused }
    if isPlain, scalar.string.isEmpty { return .empty }
    if scalar.string.utf8.count > YAMLComposer.longestText {
      problems.report(
        place, "a text of \(scalar.string.utf8.count) bytes",
        expected: "at most \(YAMLComposer.longestText)")
      return .refused
    }
    return .text(
      ScalarText(text: scalar.string, style: style(scalar.style), start: place, source: source))
  }

  private func style(_ style: Node.Scalar.Style) -> ScalarText.Style {
    switch style {
    case .singleQuoted: .singleQuoted
    case .doubleQuoted: .doubleQuoted
    case .literal, .folded: .block
    case .plain, .any: .plain
    }
  }

  private func position(_ node: Node) -> SourcePosition {
    node.mark.map { source.place(line: $0.line, column: $0.column) } ?? source.start
  }
}
