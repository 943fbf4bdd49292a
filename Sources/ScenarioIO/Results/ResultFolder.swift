// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// A result folder in the making: written beside its final place, moved there as a whole when complete.
///
/// Until `publish` succeeds the earlier result stands untouched; after a failure nothing is left behind,
/// not even the folders above it that were made for it.
final class ResultFolder {
  let destination: URL
  private let workplace: URL
  private let parents: NewFolders
  private var isPublished = false
  private(set) var files: [String] = []

  /// Creates the workplace, so that a folder that can't be written is known before the run.
  init(destination path: String) throws(OutputError) {
    destination = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
    let parent = destination.deletingLastPathComponent()
    try EarlierResult.check(destination)
    workplace = parent.appendingPathComponent(
      ".\(destination.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)",
      isDirectory: true)
    do throws(SystemError) {
      parents = try NewFolders(upTo: parent)
    } catch {
      throw OutputError(path: parent.path, reason: error.reason)
    }
    try? FileManager.default.removeItem(at: workplace)
    if mkdir(workplace.path, 0o777) != 0 {
      let error = SystemError(code: errno)
      parents.removeEmpty()
      throw OutputError(path: parent.path, reason: error.reason)
    }
  }

  deinit {
    if isPublished { return }
    try? FileManager.default.removeItem(at: workplace)
    parents.removeEmpty()
  }

  /// Writes a file whole.
  func write(_ bytes: [UInt8], to name: String) throws(OutputError) {
    let file = try open(name)
    do throws(SystemError) {
      try file.write(bytes)
      try file.close()
    } catch {
      throw failure(name, error)
    }
  }

  /// A file to be written piece by piece.
  func open(_ name: String) throws(OutputError) -> OutputFile {
    do throws(SystemError) {
      let file = try OutputFile(workplace.appendingPathComponent(name).path)
      files.append(name)
      return file
    } catch {
      throw failure(name, error)
    }
  }

  private func failure(_ name: String, _ error: SystemError) -> OutputError {
    OutputError(path: destination.appendingPathComponent(name).path, reason: error.reason)
  }

  /// Moves the folder to its place, replacing an earlier result.
  ///
  /// Another run may put its result there at the same time: both succeed, and the later one stands.
  func publish() throws(OutputError) {
    let retired = workplace.appendingPathExtension("old").path
    var code: Int32 = EEXIST
    for _ in 0..<100 where Self.isTaken(code) {
      let replaces = rename(destination.path, retired) == 0
      guard replaces || errno == ENOENT else {
        code = errno
        break
      }
      if rename(workplace.path, destination.path) == 0 {
        isPublished = true
        if replaces { Self.remove(retired) }
        return
      }
      code = errno
      // Back to its place; where another result stands by now, that one is newer.
      if replaces, rename(retired, destination.path) != 0, Self.isTaken(errno) {
        Self.remove(retired)
      }
    }
    throw OutputError(path: destination.path, reason: SystemError(code: code).reason)
  }

  private static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  private static func isTaken(_ code: Int32) -> Bool { code == EEXIST || code == ENOTEMPTY }
}

/// A result that can't be written. Exit code 74.
public struct OutputError: Error, Sendable, CustomStringConvertible {
  public let path: String
  public let reason: String

  public var description: String {
    "\(Excerpt.escaped(path)): error: cannot write: \(Excerpt.escaped(reason))"
  }

  /// The system's words for a failed file operation.
  static func reason(_ error: any Error) -> String {
    if let error = error as? SystemError { return error.reason }
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if cause.domain == NSPOSIXErrorDomain { return SystemError(code: Int32(cause.code)).reason }
    return error.localizedDescription
  }
}
