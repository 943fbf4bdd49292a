// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// A file that a scenario names: its bytes, kept for the manifest.
public struct InputFile: Sendable, Hashable {
  /// As the scenario writes it.
  public let path: String
  public let bytes: [UInt8]
}

/// Reads files that stand beside a scenario.
enum InputFileReader {
  static let mostBytes = 64 << 20

  /// What is wrong with a path, in words for a diagnostic.
  struct Problem: Error {
    let found: String
    let expected: String
    var advice = ""
  }

  /// - Parameters:
  ///   - path: relative to the scenario's folder, and inside it after symbolic links are resolved.
  ///   - scenario: the scenario's own path.
  static func read(_ path: String, beside scenario: String) throws(Problem) -> InputFile {
    if path.hasPrefix("/") || path.hasPrefix("~") {
      throw Problem(
        found: "the path \(Excerpt.quoted(path))",
        expected: "a path relative to the scenario's folder")
    }
    let folder = URL(fileURLWithPath: scenario).deletingLastPathComponent()
      .resolvingSymlinksInPath()
    let file = folder.appendingPathComponent(path).standardizedFileURL.resolvingSymlinksInPath()
    let inside = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
    guard file.path.hasPrefix(inside) else {
      throw Problem(
        found: "the file \(Excerpt.quoted(path)) outside of the scenario's folder",
        expected: "a file in that folder or below it")
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
      throw Problem(
        found: "no file \(Excerpt.quoted(path)) beside the scenario", expected: "a file that exists"
      )
    }
    if isFolder.boolValue {
      throw Problem(found: "the folder \(Excerpt.quoted(path))", expected: "a file")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw Problem(found: "\(Excerpt.quoted(path)), which is no ordinary file", expected: "a file")
    }
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    if size > mostBytes {
      throw Problem(
        found: "a file of \(size) bytes", expected: "at most \(mostBytes) bytes")
    }
    do {
      return InputFile(path: path, bytes: [UInt8](try Data(contentsOf: file)))
    } catch {
      throw Problem(
        found: "the file \(Excerpt.quoted(path)), which cannot be read", expected: "a readable file"
      )
    }
  }
}
