// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A folder of its own for one test, in which the program runs.
final class Workplace: Sendable {
  let folder: URL

  init() throws { folder = try temporaryFolder("test") }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func url(_ path: String) -> URL { folder.appending(path: path) }

  func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
    let url = url(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ text: String, to path: String) throws { try write(text.utf8, to: path) }

  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: url(path))) }

  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  func table(_ path: String) throws -> CSVTable { try CSVTable(try bytes(path)) }

  /// Every file and folder below, hidden ones too, sorted.
  var content: [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
  }

  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Running {
    try Running(BuiltProgram.url, arguments, in: folder, environment: environment)
  }

  func simulate(_ arguments: String..., seconds: Double = 60) throws -> Outcome {
    try start(arguments).wait(seconds: seconds)
  }

  func simulate(_ arguments: [String], seconds: Double = 60) throws -> Outcome {
    try start(arguments).wait(seconds: seconds)
  }

  /// Runs a shell script; in it `"$0"` is the program and `"$@"` are the arguments.
  func shell(_ script: String, _ arguments: String...) throws -> Outcome {
    try Running(
      URL(filePath: "/bin/sh"), ["-c", script, BuiltProgram.url.path] + arguments, in: folder
    ).wait()
  }
}

/// The text of a small scenario with `lines` under `parameters:`.
func scenario(
  _ lines: String = "x: gamma(mean = 5, sd = 2)", top: String = "ranges: ci95\nbase_is: mean",
  rest: String = "outputs:\n  y: x"
) -> String {
  "utfall: 1\n\(top)\nparameters:\n  \(lines)\n\(rest)\n"
}
