// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// A result folder in the making: written beside its final place, moved there as a whole when complete.
///
/// Until `publish` succeeds the earlier result stands untouched; after a failure nothing is left behind.
final class ResultFolder {
  let destination: URL
  private let workplace: URL
  private var isPublished = false
  private(set) var files: [String] = []

  /// Creates the workplace, so that a folder that can't be written is known before the run.
  init(destination path: String) throws(OutputError) {
    destination = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
    let parent = destination.deletingLastPathComponent()
    try Self.refuseForeign(destination)
    workplace = parent.appendingPathComponent(
      ".\(destination.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)",
      isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try? FileManager.default.removeItem(at: workplace)
      try FileManager.default.createDirectory(at: workplace, withIntermediateDirectories: false)
    } catch {
      throw OutputError(path: parent.path, reason: OutputError.reason(error))
    }
  }

  deinit {
    if !isPublished { try? FileManager.default.removeItem(at: workplace) }
  }

  /// A folder that is not a result of ours is never replaced.
  private static func refuseForeign(_ destination: URL) throws(OutputError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: destination.path, isDirectory: &isFolder) else {
      return
    }
    if !isFolder.boolValue {
      throw OutputError(path: destination.path, reason: "a file of this name is in the way")
    }
    let content = (try? FileManager.default.contentsOfDirectory(atPath: destination.path)) ?? []
    if !content.isEmpty && !content.contains("manifest.json") {
      throw OutputError(
        path: destination.path,
        reason: "the folder holds other files and no manifest.json, so it is not a result that may "
          + "be replaced; choose another --output or empty it")
    }
  }

  /// Writes a file whole.
  func write(_ bytes: [UInt8], to name: String) throws(OutputError) {
    do {
      try Data(bytes).write(to: url(name))
      files.append(name)
    } catch {
      throw OutputError(
        path: destination.appendingPathComponent(name).path, reason: OutputError.reason(error))
    }
  }

  /// A file to be written piece by piece.
  func open(_ name: String) throws(OutputError) -> FileHandle {
    do {
      try Data().write(to: url(name))
      let handle = try FileHandle(forWritingTo: url(name))
      files.append(name)
      return handle
    } catch {
      throw OutputError(
        path: destination.appendingPathComponent(name).path, reason: OutputError.reason(error))
    }
  }

  private func url(_ name: String) -> URL { workplace.appendingPathComponent(name) }

  /// Moves the folder to its place, replacing an earlier result.
  func publish() throws(OutputError) {
    let retired = workplace.appendingPathExtension("old")
    let manager = FileManager.default
    do {
      let replaces = manager.fileExists(atPath: destination.path)
      if replaces { try manager.moveItem(at: destination, to: retired) }
      do {
        try manager.moveItem(at: workplace, to: destination)
      } catch {
        if replaces { try? manager.moveItem(at: retired, to: destination) }
        throw error
      }
      isPublished = true
      if replaces { try? manager.removeItem(at: retired) }
    } catch {
      throw OutputError(path: destination.path, reason: OutputError.reason(error))
    }
  }
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
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))) }
    return error.localizedDescription
  }
}
