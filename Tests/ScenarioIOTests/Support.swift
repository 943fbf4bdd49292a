// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

/// Every problem of a text as `line:column found`, or nothing when it is a good scenario.
func problems(in text: String) -> [String] {
  diagnostics(of: text).map { "\($0.line):\($0.column) \($0.found)" }
}

func diagnostics(of text: String) -> [Diagnostic] {
  do throws(ScenarioError) {
    _ = try ScenarioReader.read(text: text, file: "a.yaml")
    return []
  } catch .invalid(let diagnostics) {
    return diagnostics
  } catch {
    Issue.record("unreadable: \(error)")
    return []
  }
}

/// A scenario with the given lines under `parameters:` and formula as its output `x`.
func scenario(parameters: String = "a: 1", variables: String = "", x: String = "a") -> String {
  var text = "utfall: 1\nranges: ci95\nbase_is: mean\nparameters:\n  \(parameters)\n"
  if !variables.isEmpty { text += "variables:\n  \(variables)\n" }
  return text + "outputs:\n  x: \(x)\n"
}

func read(_ text: String) throws -> Scenario {
  try ScenarioReader.read(text: text, file: "folder/test-case.yaml")
}

/// The distribution of the parameter `a` whose value, and further keys, are given.
func distribution(_ value: String, _ keys: String = "") throws -> any Distribution {
  let text = scenario(parameters: "a:\n    value: \(value)\n    \(keys)")
  return try #require(try read(text).parameters.first).distribution
}

/// The repository's root, from this file's place in it.
let repository = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

func norwayText() throws -> String {
  try String(
    contentsOf: repository.appending(path: "scenarios/norway-exercise.yaml"), encoding: .utf8)
}

/// A folder of its own with some files, deleted when it goes.
final class FileFolder {
  let path: String

  init(_ files: [String: String]) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    path = url.path
    for (name, text) in files {
      let file = url.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func read(_ name: String = "a.yaml") throws(ScenarioError) -> Scenario {
    try ScenarioReader.read(path: path + "/" + name)
  }

  /// Every problem as `file:line:column found`, file relative to the folder.
  func problems(_ name: String = "a.yaml") -> [String] {
    do throws(ScenarioError) {
      let scenario = try read(name)
      _ = try scenario.compiled()
      return []
    } catch .invalid(let diagnostics) {
      return diagnostics.map {
        "\($0.file.replacing(path + "/", with: "")):\($0.line):\($0.column) \($0.found)"
      }
    } catch {
      return ["\(error)"]
    }
  }
}
