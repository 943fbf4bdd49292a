// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A file that a scenario names, inside the folder of the scenario.
struct NeighbouringFile {
  /// As shown in messages: the scenario's folder with the stated path.
  let shownPath: String
  let bytes: [UInt8]

  /// What is wrong with the path or the file.
  struct Problem: Error {
    let found: String
    let expected: String
    var advice = ""
  }

  /// - Parameters:
  ///   - path: relative, as stated.
  ///   - scenario: path of the scenario file.
  init(_ path: String, beside scenario: String) throws(Problem) {
    let quoted = Excerpt.quoted(path)
    if path.hasPrefix("/") || path.hasPrefix("~") || path.contains("\0") {
      throw Problem(
        found: "the path \(quoted)", expected: "a path relative to the scenario's folder")
    }
    let folder = scenario.lastIndex(of: "/").map { String(scenario[...$0]) } ?? ""
    shownPath = folder + path
    guard let home = Self.resolved(folder.isEmpty ? "." : folder),
      let target = Self.resolved(shownPath)
    else {
      throw Problem(
        found: "the file \(quoted)", expected: "a file in the scenario's folder",
        advice: "There is no such file.")
    }
    guard target.hasPrefix(home == "/" ? home : home + "/") else {
      throw Problem(
        found: "the file \(quoted), which lies outside the scenario's folder",
        expected: "a file in that folder or one below",
        advice: "Copy it there.")
    }
    do throws(ScenarioError) {
      let file = try SourceFile.read(path: target)
      if file.size > SourceChecks.largestFile {
        throw ScenarioError.unreadable(
          path: path, reason: "it has more than \(SourceChecks.largestFile) bytes")
      }
      bytes = file.bytes
    } catch .unreadable(_, let reason) {
      throw Problem(found: "the file \(quoted), which can't be read: \(reason)", expected: "a file")
    } catch {
      throw Problem(found: "the file \(quoted)", expected: "a file that can be read")
    }
  }

  /// The path after all symbolic links; `nil` where there is nothing.
  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
