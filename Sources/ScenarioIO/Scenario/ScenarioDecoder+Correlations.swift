// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  static let mostMembers = 500

  /// `correlate:`, a list of groups of parameters that go together.
  mutating func correlations(_ entry: YAMLEntry?) {
    guard let entry else { return }
    switch entry.value.content {
    case .list(let items):
      if items.isEmpty {
        problems.report(
          entry.value.position, "an empty list as `correlate`", expected: "at least one group",
          advice: "Delete the line if nothing goes together.")
      }
      for item in items { correlation(item) }
    case .refused: break
    default:
      problems.report(
        entry.value.position, "\(entry.value.kind) as `correlate`",
        expected: "a list of groups, each after `- `")
    }
  }

  mutating func correlation(_ node: YAMLNode) {
    let kinds = CorrelationGroup.Kind.allCases.map(\.rawValue)
    guard
      let fields = fields(
        node, at: node.position, "a correlation", keys: .correlation)
    else { return }
    let stated = kinds.filter { fields[$0] != nil }
    if let entry = fields["comonotone"] {
      if fields.count > 1 {
        problems.report(
          entry.keyPosition, "`comonotone` beside other keys", expected: "`comonotone` alone",
          advice: "Write comonotone: [a, b] for parameters that move together completely.")
      } else if let names = correlatedNames(entry) {
        groups.append(CorrelationGroup(comonotone: names))
      }
      return
    }
    // An unknown kind was reported by its key.
    if stated.isEmpty, problems.isEmpty == false { return }
    guard stated.count == 1, let kind = CorrelationGroup.Kind(rawValue: stated[0]),
      let field = fields[stated[0]]
    else {
      problems.report(
        node.position, "\(stated.count) kinds of correlation",
        expected: "one of \(kinds.joined(separator: " and "))",
        advice: "spearman is between ranks; normal-score is Pearson's between normal scores.")
      return
    }
    let nearest = yesNo(fields["nearest"]) ?? false
    guard let (names, matrix, stated) = correlationMatrix(field, fields["parameters"], node) else {
      return
    }
    do throws(CorrelationError) {
      let group = try CorrelationGroup(names: names, matrix: matrix, kind: kind, nearest: nearest)
      groups.append(group)
      if let adjustment = group.adjustment {
        problems.warn(
          field.value.position,
          "correlations that contradict each other were replaced by the nearest that don't; the "
            + "largest change is \(Self.change(adjustment.largestChange))",
          advice: "Both matrices are in manifest.json.")
      }
    } catch {
      let cell: SourcePosition? =
        switch error {
        case .notSymmetric(let a, let b): stated?.position(a, b)
        case .outOfRange(let a, let b, let value): stated?.position(a, b, value: value)
        case .notOneOnDiagonal(let name, _): stated?.position(name, name)
        default: nil
        }
      report(error, cell ?? field.value.position)
    }
  }

  /// The members with one number for all pairs, one row per member, or a file whose header names them.
  private mutating func correlationMatrix(
    _ entry: YAMLEntry, _ parameters: YAMLEntry?, _ node: YAMLNode
  ) -> (names: [String], rows: [[Double]], stated: StatedMatrix?)? {
    if case .mapping = entry.value.content {
      let stated = parameters.flatMap { correlatedNames($0) }
      if parameters != nil, stated == nil { return nil }
      guard let matrix = matrix(entry, "correlation"), let own = matrix.names else { return nil }
      guard (2...Self.mostMembers).contains(own.count) else {
        problems.report(
          entry.value.position, "\(own.count) parameters in a correlation",
          expected: "2 to \(Self.mostMembers) of them")
        return nil
      }
      if let stated {
        return ordered(matrix, as: stated, "parameter", entry.value.position)
          .map { (stated, $0, matrix) }
      }
      for (place, name) in own.enumerated() {
        let isAgain = own[..<place].contains(name)
        let position =
          matrix.headerPosition(name, last: isAgain) ?? entry.value.position
        guard isCorrelatable(name, position),
          goesLabelByLabel(name, place == 0 ? nil : own.first, position)
        else { return nil }
      }
      return (own, matrix.rows, matrix)
    }
    guard let parameters else {
      problems.report(
        node.position, "a correlation without `parameters`",
        expected: "parameters: [a, b] beside `\(entry.key)`",
        advice: "Only a file names them in its header.")
      return nil
    }
    guard let names = correlatedNames(parameters) else { return nil }
    if case .text(let scalar) = entry.value.content {
      guard let value = number(scalar)?.value else { return nil }
      return (names, names.indices.map { i in names.indices.map { $0 == i ? 1 : value } }, nil)
    }
    return matrix(entry, "correlation").map { (names, $0.rows, nil) }
  }
}
