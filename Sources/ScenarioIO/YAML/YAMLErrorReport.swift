// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Yams

/// Puts the YAML library's errors into the words of a scenario's author.
enum YAMLErrorReport {
  static func report(_ error: YamlError, _ problems: inout DiagnosticCollector) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      report(problem, mark, context, &problems)
    case .duplicatedKeysInMapping(let keys, let context):
      problems.report(
        position(context.mark),
        "keys given twice: \(keys.map { Excerpt.quoted($0) }.joined(separator: ", "))",
        expected: "each key once")
    case .reader(let problem, _, _, _):
      problems.report(.start, "text that can't be read: \(problem)", expected: "UTF-8 text")
    default:
      problems.report(.start, "unreadable YAML", expected: "a scenario in block style")
    }
  }

  private static func report(
    _ problem: String, _ mark: Mark, _ context: YamlError.Context?,
    _ problems: inout DiagnosticCollector
  ) {
    if let words = phrases.first(where: { problem.contains($0.key) })?.words {
      problems.report(position(mark), words.found, expected: words.expected, advice: words.advice)
      return
    }
    let place = context.map { " (\($0.text) that began in line \($0.mark.line))" } ?? ""
    problems.report(
      position(mark), "text that YAML can't read: \(problem)\(place)",
      expected: "`key: value` on each line", advice: "Put texts with signs in quotes.")
  }

  private static func position(_ mark: Mark) -> SourcePosition {
    SourcePosition(line: mark.line, column: mark.column)
  }

  private typealias Words = (found: String, expected: String, advice: String)

  private static let indentation =
    "Entries that belong together have the same indentation; texts with signs go in quotes."

  /// By a part of the library's message.
  private static let phrases: [(key: String, words: Words)] = [
    (
      "mapping values are not allowed",
      ("`: ` inside a value", "a value without a colon and a space", ValueSlips.colonInside)
    ),
    (
      "could not find expected ':'",
      ("a line without a key", "`key: value`", "Put a space after the colon of a key.")
    ),
    (
      "did not find expected key", ("a line that fits no key above it", "`key: value`", indentation)
    ),
    (
      "did not find expected '-' indicator",
      ("a line that is no list entry", "`- text`", indentation)
    ),
    (
      "did not find expected ',' or '}'",
      (
        "a text in braces that goes on after its end", "a comma or `}`",
        "Put the text in quotes, or give each key a line of its own."
      )
    ),
    (
      "did not find expected ',' or ']'",
      ("a list entry that goes on after its end", "a comma or `]`", "Put the text in quotes.")
    ),
    (
      "block sequence entries are not allowed",
      (
        "a dash and a space at the start of a value", "a value",
        "Write a negative number without the space: -5. A list starts on a line of its own."
      )
    ),
    (
      "mapping keys are not allowed",
      ("`? ` at the start of a value", "a value", "Put it in quotes.")
    ),
    (
      "found unexpected ':'",
      ("a colon directly before a bracket or comma", "a space after the colon", "")
    ),
    (
      "unknown escape character",
      (
        "a backslash in double quotes that YAML does not know", "`\\\\`",
        "Use single quotes, where a backslash is a character like any other."
      )
    ),
    (
      "expected hexdecimal number",
      ("an unfinished escape in double quotes", "hexadecimal digits", "Use single quotes.")
    ),
    (
      "invalid Unicode character escape",
      ("an escape of no character in double quotes", "a Unicode character", "Use single quotes.")
    ),
    (
      "found a tab character", ("a tab as indentation", "spaces", "Indent with two spaces a level.")
    ),
    (
      "cannot start any token",
      ("a sign that can't begin a value", "a value", "If it is text, put it in quotes.")
    ),
    (
      "unexpected end of stream",
      ("a quote that is never closed", "the same quote at the end of the text", "")
    ),
    (
      "found unexpected document indicator",
      ("a quote that is never closed", "the same quote at the end of the text", "")
    ),
    (
      "did not find expected node content",
      ("a sign that can't begin a value", "a value", "If it is text, put it in quotes.")
    ),
    (
      "found another document",
      ("a second document", "one scenario per file", "Put it in a file of its own.")
    ),
    (
      "<document start>",
      ("text after the end of the scenario", "`key: value` on each line", indentation)
    ),
  ]
}
