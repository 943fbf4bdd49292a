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
        node, at: node.position, "a correlation", known: ["parameters", "comonotone"] + kinds)
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
    guard let entry = fields["parameters"] else {
      problems.report(
        node.position, "a correlation without `parameters`",
        expected: "parameters: [a, b] and \(kinds.joined(separator: " or "))")
      return
    }
    // An unknown kind was reported by its key.
    if stated.isEmpty, problems.isEmpty == false { return }
    guard stated.count == 1, let kind = CorrelationGroup.Kind(rawValue: stated[0]) else {
      problems.report(
        node.position, "\(stated.count) kinds of correlation",
        expected: "one of \(kinds.joined(separator: " and "))",
        advice: "spearman is between ranks; normal-score is Pearson's between normal scores.")
      return
    }
    guard let names = correlatedNames(entry), let field = fields[stated[0]],
      let matrix = correlationMatrix(field, names)
    else { return }
    do throws(CorrelationError) {
      groups.append(try CorrelationGroup(names: names, matrix: matrix, kind: kind))
    } catch {
      report(error, field.value.position)
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
      let quoted = Excerpt.quoted(name)
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        problems.report(
          item.position, "\(quoted), which is not a parameter", expected: "a parameter",
          advice: NearestName.question(name, among: parameters.map(\.name)))
        return nil
      }
      if !parameter.labels.isEmpty || !parameter.each.isEmpty {
        problems.report(
          item.position, "\(quoted), which has a value for each label, in a correlation",
          expected: "a parameter with one value in each iteration")
        return nil
      }
      if parameter.isConstant {
        problems.report(
          item.position, "the constant \(quoted) in a correlation",
          expected: "a parameter with a distribution")
        return nil
      }
      if !correlated.insert(name).inserted {
        problems.report(
          item.position, "\(quoted) in two correlations",
          expected: "each parameter in one group at most",
          advice: "Put all that go together into one group with a matrix.")
        return nil
      }
      names.append(name)
    }
    return names
  }

  /// One number for all pairs, or one row per parameter.
  private mutating func correlationMatrix(_ entry: YAMLEntry, _ names: [String]) -> [[Double]]? {
    switch entry.value.content {
    case .text(let scalar):
      guard let value = number(scalar)?.value else { return nil }
      return names.indices.map { i in names.indices.map { $0 == i ? 1 : value } }
    case .list(let rows):
      var matrix: [[Double]] = []
      for row in rows {
        guard case .list(let cells) = row.content else {
          problems.report(
            row.position, "\(row.kind) in a correlation matrix",
            expected: "a row of \(names.count) numbers, such as [1, 0.3]")
          return nil
        }
        var numbers: [Double] = []
        for cell in cells {
          guard case .text(let scalar) = cell.content, let value = number(scalar)?.value else {
            return nil
          }
          numbers.append(value)
        }
        matrix.append(numbers)
      }
      return matrix
    case .refused: return nil
    default:
      problems.report(
        entry.value.position, "\(entry.value.kind) as a correlation",
        expected: "a number, or a matrix with one row per parameter")
      return nil
    }
  }

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
    case .notPositiveDefinite:
      problems.report(
        place, "correlations that contradict each other: the matrix is not positive definite",
        expected: "correlations that some set of variables can have",
        advice: "Bring the largest ones nearer to 0, or check signs.")
    }
  }
}
