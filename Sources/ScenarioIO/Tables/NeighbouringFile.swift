// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A file that a scenario names, inside the folder of the scenario.
struct NeighbouringFile {
  /// As shown in messages: the scenario's folder with the stated path.
  let shownPath: String
  /// Relative to the scenario's folder.
  let path: String
  /// After all symbolic links.
  let target: String
  let bytes: [UInt8]

  /// What is wrong with the path or the file.
  struct Problem: Error {
    let found: String
    let expected: String
    var advice = ""
  }

  /// - Parameters:
  ///   - path: relative, as stated.
  ///   - prefix: folder of the file that states it, relative to the scenario's folder; empty or with a
  ///     slash at its end.
  ///   - scenario: path of the scenario file.
  ///   - largest: in bytes.
  init(_ path: String, under prefix: String = "", of scenario: String, largest: Int)
    throws(Problem)
  {
    let quoted = Excerpt.quoted(path)
    if path.hasPrefix("/") || path.hasPrefix("~") || path.contains("\0") {
      throw Problem(
        found: "the path \(quoted)", expected: "a path relative to the scenario's folder")
    }
    let folder = scenario.lastIndex(of: "/").map { String(scenario[...$0]) } ?? ""
    self.path = prefix + path
    shownPath = folder + prefix + path
    guard let home = Self.resolved(folder.isEmpty ? "." : folder),
      let target = Self.resolved(shownPath)
    else { throw Self.unresolved(quoted, errno, shownPath) }
    self.target = target
    guard target == home || target.hasPrefix(home == "/" ? home : home + "/") else {
      throw Problem(
        found: "the file \(quoted), which lies outside the scenario's folder",
        expected: "a file in that folder or one below",
        advice: "Copy it there.")
    }
    // Opening a pipe would wait for ever.
    var status = stat()
    guard stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw Problem(
        found: isFolder ? "the folder \(quoted)" : "\(quoted), which is no ordinary file",
        expected: "a file in the scenario's folder")
    }
    do throws(ScenarioError) {
      let file = try SourceFile.read(path: target, limit: largest)
      if file.size > largest {
        throw ScenarioError.unreadable(path: path, reason: "it has more than \(largest) bytes")
      }
      bytes = file.bytes
    } catch .unreadable(_, let reason) {
      throw Problem(found: "the file \(quoted), which can't be read: \(reason)", expected: "a file")
    } catch {
      throw Problem(found: "the file \(quoted)", expected: "a file that can be read")
    }
  }

  /// What is wrong with a path that leads to no file.
  private static func unresolved(_ quoted: String, _ code: Int32, _ path: String) -> Problem {
    let expected = "a file in the scenario's folder"
    if code == ELOOP {
      return Problem(
        found: "\(quoted), a symbolic link that leads back to itself", expected: expected)
    }
    if code == ENOTDIR {
      return Problem(
        found: "the path \(quoted), which goes through a file", expected: expected)
    }
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
      return Problem(
        found: "\(quoted), a symbolic link to a file that is not there", expected: expected)
    }
    return Problem(
      found: "the file \(quoted)", expected: expected, advice: "There is no such file.")
  }

  /// The path after all symbolic links; `nil` where there is nothing, and `errno` says why.
  static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
