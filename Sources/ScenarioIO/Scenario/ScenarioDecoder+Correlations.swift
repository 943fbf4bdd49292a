// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  private static let mostMembers = 500

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

  private mutating func correlation(_ node: YAMLNode) {
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
      let pair: (String, String)? =
        switch error {
        case .notSymmetric(let a, let b), .outOfRange(let a, let b, _): (a, b)
        case .notOneOnDiagonal(let name, _): (name, name)
        default: nil
        }
      report(error, pair.flatMap { stated?.position($0.0, $0.1) } ?? field.value.position)
    }
  }

  /// Names of declared parameters with continuous distributions, each in one group at most.
  private mutating func correlatedNames(_ entry: YAMLEntry) -> [String]? {
    guard case .list(let items) = entry.value.content else {
      problems.report(
        entry.value.position, "\(entry.value.kind) as `\(entry.key)`",
        expected: "a list of parameters, such as [cost, hours]")
      return nil
    }
    guard (2...Self.mostMembers).contains(items.count) else {
      problems.report(
        entry.value.position, "\(items.count) parameters in a correlation",
        expected: "2 to \(Self.mostMembers) of them")
      return nil
    }
    var names: [String] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        problems.report(item.position, "\(item.kind) as a parameter", expected: "a name")
        return nil
      }
      let name = Names.normalised(trimmed(scalar.text))
      guard isCorrelatable(name, item.position),
        goesLabelByLabel(name, names.first, item.position)
      else { return nil }
      names.append(name)
    }
    return names
  }

  /// Members of a group go together label by label, and so have to vary over the same labels.
  private mutating func goesLabelByLabel(
    _ name: String, _ first: String?, _ place: SourcePosition
  ) -> Bool {
    func dimensions(_ name: String?) -> [String] {
      guard let parameter = parameters.first(where: { $0.name == name }) else { return [] }
      return parameter.labels.map(\.dimension) + parameter.each
    }
    func described(_ dimensions: [String]) -> String {
      dimensions.isEmpty
        ? "which has one value" : "which varies over \(dimensions.joined(separator: " and "))"
    }
    let (own, others) = (dimensions(name), dimensions(first))
    guard let first, Set(own) != Set(others) else { return true }
    problems.report(
      place,
      "\(Excerpt.quoted(name)), \(described(own)), in a correlation with \(Excerpt.quoted(first)), "
        + described(others),
      expected: "members that vary over the same dimensions",
      advice:
        "Each label of one goes together with the same label of the other. Split what all labels "
        + "share off into a parameter of its own.")
    return false
  }

  /// Whether a name is that of a parameter that can be in a group, and is in none yet.
  private mutating func isCorrelatable(_ name: String, _ place: SourcePosition) -> Bool {
    let quoted = Excerpt.quoted(name)
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      problems.report(
        place, "\(quoted), which is not a parameter", expected: "a parameter",
        advice: NearestName.question(name, among: parameters.map(\.name)))
      return false
    }
    let cells = parameters.filter { $0.name == name }
    if parameter.joint != nil {
      problems.report(
        place, "\(quoted), whose labels are drawn together, in a correlation",
        expected: "a parameter with a distribution of its own")
      return false
    }
    if cells.contains(where: { $0.uncertain != nil }) {
      problems.report(
        place, "\(quoted), which follows from other quantities, in a correlation",
        expected: "a parameter whose distribution has numbers",
        advice: "Correlate the parameters that it follows from.")
      return false
    }
    if cells.allSatisfy(\.isConstant) {
      problems.report(
        place, "the constant \(quoted) in a correlation",
        expected: "a parameter with a distribution")
      return false
    }
    if !correlated.insert(name).inserted {
      problems.report(
        place, "\(quoted) in two correlations",
        expected: "each parameter in one group at most",
        advice: "Put all that go together into one group with a matrix.")
      return false
    }
    return true
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

  private static func change(_ value: Double) -> String { ReadableNumber.string(value, digits: 2) }

  private mutating func report(_ error: CorrelationError, _ place: SourcePosition) {
    func pair(_ a: String, _ b: String) -> String {
      "\(Excerpt.quoted(a)) and \(Excerpt.quoted(b))"
    }
    switch error {
    case .shape(let rows, let names):
      problems.report(
        place, "a correlation matrix with \(rows) rows, not all of \(names) numbers",
        expected: "\(names) rows of \(names) numbers, in the order of `parameters`")
    case .notOneOnDiagonal(let name, let value):
      problems.report(
        place, "the correlation \(NumberText.string(value)) of \(Excerpt.quoted(name)) with itself",
        expected: "1 on the diagonal")
    case .notSymmetric(let a, let b):
      problems.report(
        place, "two different correlations between \(pair(a, b))", expected: "a symmetric matrix")
    case .outOfRange(let a, let b, let value):
      problems.report(
        place, "the correlation \(NumberText.string(value)) between \(pair(a, b))",
        expected: "a number between -1 and 1",
        advice: value == 1
          ? "Write comonotone: for parameters that move together completely."
          : value == -1 ? "Use a value next to it, such as -0.999." : "")
    case .notPositiveDefinite(let least, let change):
      problems.report(
        place,
        "correlations that contradict each other: the matrix is not positive definite"
          + (least.map { ", its least eigenvalue is \(Self.change($0))" } ?? ""),
        expected: "correlations that some set of variables can have",
        advice: "Check signs and digits."
          + (change.map {
            " With `nearest: yes` the nearest matrix is used; it changes a correlation by up to "
              + "\(Self.change($0))."
          } ?? ""))
    case .tooManyForNearest(let limit):
      problems.report(
        place, "correlations that contradict each other, between more than \(limit) parameters",
        expected: "at most \(limit) for `nearest: yes`", advice: "Split the group.")
    }
  }
}
