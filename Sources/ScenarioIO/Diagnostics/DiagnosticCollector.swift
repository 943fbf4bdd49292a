// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Gathers the problems of one file, up to a limit that keeps hostile files cheap to refuse.
struct DiagnosticCollector {
  static let limit = 200

  let file: String
  private var errors: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []
  private(set) var warnings: [Diagnostic] = []
  private(set) var isFull = false

  init(file: String) {
    self.file = file
  }

  var isEmpty: Bool { errors.isEmpty }
  var count: Int { errors.count }

  mutating func report(
    _ position: SourcePosition, _ found: String, expected: String = "", advice: String = ""
  ) {
    guard errors.count < Self.limit else {
      isFull = true
      return
    }
    let diagnostic = Diagnostic(
      file: file, position: position, found: found, expected: expected, advice: advice)
    if seen.insert(diagnostic).inserted { errors.append(diagnostic) }
  }

  /// Adds what another collector gathered, of this file or of one that it names.
  mutating func add(_ other: DiagnosticCollector) {
    func place(_ problem: Diagnostic) -> SourcePosition {
      SourcePosition(
        line: problem.line, column: problem.column, file: problem.file == file ? nil : problem.file)
    }
    for problem in other.errors {
      report(place(problem), problem.found, expected: problem.expected, advice: problem.advice)
    }
    for warning in other.warnings {
      warn(place(warning), warning.found, advice: warning.advice)
    }
    isFull = isFull || other.isFull
  }

  mutating func warn(_ position: SourcePosition, _ found: String, advice: String = "") {
    guard warnings.count < Self.limit else { return }
    warnings.append(
      Diagnostic(file: file, position: position, severity: .warning, found: found, advice: advice))
  }

  /// All errors in order of position; those at one place stay in the order they were found.
  var sortedErrors: [Diagnostic] {
    var sorted = Self.sorted(errors)
    if isFull, let last = sorted.last {
      sorted.append(
        Diagnostic(
          file: file, position: last.position,
          found: "more than \(Self.limit) problems, of which \(Self.limit) are listed",
          advice: "Mend these and check the file again."))
    }
    return sorted
  }

  var sortedWarnings: [Diagnostic] { Self.sorted(warnings) }

  private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.enumerated()
      .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
  }
}
