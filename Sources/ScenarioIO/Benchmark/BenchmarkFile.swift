// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// The CSV file of a benchmark: written beside its place, moved there when complete.
///
/// It replaces only an earlier benchmark's file.
public final class BenchmarkFile {
  private let path: String
  private let partial: String
  private let file: OutputFile
  private var isPublished = false

  /// Opens the file, so that a place that can't be written is known before anything is measured.
  public init(_ path: String) throws(OutputError) {
    self.path = path
    let target = URL(fileURLWithPath: path)
    let header = Array(CSVWriter(header: DrawBenchmark.header).bytes)
    if let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] {
      let start = FileHandle(forReadingAtPath: path).flatMap {
        try? $0.read(upToCount: header.count)
      }
      guard kind as? FileAttributeType == .typeRegular, start.map(Array.init) == header else {
        throw OutputError(
          path: path,
          reason: "something that is no benchmark result is in the way; choose another name")
      }
    }
    partial =
      target.deletingLastPathComponent().path
      + "/.\(target.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)"
    unlink(partial)
    do throws(SystemError) {
      file = try OutputFile(partial)
    } catch {
      throw OutputError(path: path, reason: error.reason)
    }
  }

  deinit { if !isPublished { unlink(partial) } }

  public func publish(_ benchmark: DrawBenchmark) throws(OutputError) {
    do throws(SystemError) {
      try file.write(benchmark.csv)
      try file.close()
      if rename(partial, path) != 0 { throw SystemError(code: errno) }
      isPublished = true
    } catch {
      throw OutputError(path: path, reason: error.reason)
    }
  }
}
