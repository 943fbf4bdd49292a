// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// What the top of a file says for the quantities in it.
struct FileSettings {
  /// Relative to the scenario's folder, with a slash at its end; empty for that folder.
  var folder = ""
  var reading: RangeReading?
  var baseIs: Centre?
  var fit: FitRule?
}

/// `include:`, parts of a scenario in files of their own.
///
/// A part holds definitions: what is asked about them stands in the scenario. `ranges`, `base_is` and
/// `fit` hold for the file in which they stand.
extension ScenarioDecoder {
  static let mostIncludes = 50
  static let deepestInclude = 8
  /// What holds for the file that a text comes from.
  func settings(_ text: ScalarText) -> FileSettings {
    settings[text.source.owner] ?? FileSettings()
  }

  /// Reads the top of the scenario and all files that it includes into `parts`.
  ///
  /// - Returns: the scenario's own sections, or `nil` when reported.
  mutating func parts(_ root: YAMLNode) -> [String: YAMLEntry]? {
    let home = NeighbouringFile.resolved(file)
    var reading = Includes(chain: home.map { [(file, $0)] } ?? [])
    guard let top = part(root, "a scenario", keys: .scenario, FileSettings(), nil, &reading) else {
      return nil
    }
    return top
  }

  /// Where the reading of includes stands.
  private struct Includes {
    /// Files around the one being read, as shown and resolved.
    var chain: [(shown: String, target: String)]
    var known: Set<String> = []
  }

  /// Reads what a file includes, then the file itself.
  private mutating func part(
    _ root: YAMLNode, _ what: String, keys: KeySection, _ start: FileSettings, _ owner: String?,
    _ reading: inout Includes
  ) -> [String: YAMLEntry]? {
    guard
      let top = fields(
        root, at: root.position, what, keys: keys)
    else { return nil }
    version(top["utfall"], root.position)
    var own = start
    own.reading = choice(top["ranges"], "a reading of ranges")
    own.baseIs = choice(top["base_is"], "a kind of base")
    own.fit = choice(top["fit"], "a fit")
    settings[owner] = own
    if owner != nil { _ = (string(top["source"]), string(top["description"])) }
    for path in paths(top["include"]) { include(path, &reading) }
    parts.append(top)
    return top
  }

  private mutating func paths(_ entry: YAMLEntry?) -> [ScalarText] {
    guard let entry else { return [] }
    if case .refused = entry.value.content { return [] }
    guard case .list(let items) = entry.value.content, !items.isEmpty else {
      let isList = if case .list = entry.value.content { true } else { false }
      problems.report(
        entry.value.position, "\(isList ? "an empty list" : entry.value.kind) as `include`",
        expected: "a list of files",
        advice: isList
          ? "Delete the line if nothing is included." : "Write each as `- prices.yaml`.")
      lacksNames = true
      return []
    }
    var paths: [ScalarText] = []
    for item in items {
      guard case .text(let path) = item.content, !trimmed(path.text).isEmpty else {
        if case .refused = item.content { continue }
        problems.report(item.position, "\(item.kind) under `include`", expected: "a path")
        lacksNames = true
        continue
      }
      if paths.contains(where: { trimmed($0.text) == trimmed(path.text) }) {
        problems.report(
          path.start, "\(Excerpt.quoted(path.text)) a second time", expected: "each file once")
      } else {
        paths.append(path)
      }
    }
    return paths
  }

  private mutating func include(_ path: ScalarText, _ reading: inout Includes) {
    guard let file = file(path, largest: SourceChecks.largestFile) else {
      lacksNames = true
      return
    }
    if let first = reading.chain.firstIndex(where: { $0.target == file.target }) {
      let circle = reading.chain[first...].map(\.shown) + [file.shownPath]
      problems.report(
        path.start, "files that include each other: \(circle.joined(separator: " -> "))",
        expected: "includes without a circle")
      return
    }
    // Two files may need the same third one: it counts once.
    guard reading.known.insert(file.target).inserted else { return }
    if reading.known.count > Self.mostIncludes {
      problems.report(
        path.start, "more than \(Self.mostIncludes) included files", expected: "fewer")
      lacksNames = true
      return
    }
    if reading.chain.count > Self.deepestInclude {
      problems.report(
        path.start, "includes nested more than \(Self.deepestInclude) deep", expected: "fewer",
        advice: "List the files in the scenario itself.")
      lacksNames = true
      return
    }
    var own = DiagnosticCollector(file: file.shownPath)
    let source = SourceChecks.text(
      file.bytes, size: file.bytes.count, file: file.shownPath, isNamed: true, &own)
    let root = source.flatMap { YAMLComposer.root($0, &own) }
    problems.add(own)
    guard let root else {
      lacksNames = true
      return
    }
    var settings = FileSettings()
    settings.folder = file.path.lastIndex(of: "/").map { String(file.path[...$0]) } ?? ""
    reading.chain.append((file.shownPath, file.target))
    let definitions = withoutQuestions(root)
    if part(
      definitions, "an included file", keys: .includedFile, settings, file.shownPath, &reading)
      == nil
    {
      lacksNames = true
    }
    reading.chain.removeLast()
  }

  /// The file without keys that belong into the scenario itself, which are reported.
  private mutating func withoutQuestions(_ root: YAMLNode) -> YAMLNode {
    guard case .mapping(let entries) = root.content else { return root }
    let known = KeySection.includedFile.names
    var kept: [YAMLEntry] = []
    for entry in entries {
      if KeySection.scenario.names.contains(entry.key), !known.contains(entry.key) {
        problems.report(
          entry.keyPosition, "the key `\(entry.key)` in an included file",
          expected: "it in the scenario itself",
          advice: "Included files may have \(known.joined(separator: ", ")).")
      } else {
        kept.append(entry)
      }
    }
    return YAMLNode(content: .mapping(kept), position: root.position)
  }
}
