// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A node of a scenario file with its place. All scalars are text: nothing is typed by YAML.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    case text(ScalarText)
    case mapping([YAMLEntry])
    case list([YAMLNode])
    /// A key with nothing after it.
    case empty
    /// Already reported: readers pass over it in silence.
    case refused
  }

  let content: Content
  let position: SourcePosition
}

/// A key and its value.
struct YAMLEntry: Sendable {
  let key: String
  let keyPosition: SourcePosition
  let value: YAMLNode
}

extension YAMLNode {
  /// What it is, for messages.
  var kind: String {
    switch content {
    case .text(let scalar): "the text \(Excerpt.quoted(scalar.text))"
    case .mapping: "a mapping"
    case .list: "a list"
    case .empty: "nothing"
    case .refused: "a refused value"
    }
  }
}
