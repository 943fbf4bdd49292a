// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import SimCore
internal import Synchronization

/// `draws.csv`: every iteration, one row each, in order, counted from 1 as messages do.
///
/// Workers format their blocks at the same time; the text is written in block order.
///
/// @unchecked Sendable: `pending`, `next` and `file` are used under `lock`.
final class DrawsFile: DrawRecorder, @unchecked Sendable {
  /// Blocks that may wait for an earlier one; beyond this a worker waits instead.
  private static let room = 256

  private let file: OutputFile
  /// Columns to write, by their place among the recorded ones.
  private let columns: [Int]
  private let control: RunControl
  private let lock = NSCondition()
  private var pending: [Int: [UInt8]] = [:]
  private var next = 0
  private var failed = false

  /// - Parameter constants: names that are left out, known numbers.
  init(_ file: OutputFile, names: [String], constants: Set<String>, control: RunControl)
    throws(SystemError)
  {
    self.file = file
    self.control = control
    // An output that reports a parameter under its own name is there already.
    columns = names.indices.filter {
      names.firstIndex(of: names[$0]) == $0 && !constants.contains(names[$0])
    }
    try file.write(CSVWriter(header: ["iteration"] + columns.map { names[$0] }).bytes)
  }

  func record(block: Int, columns: [UnsafeBufferPointer<Double>]) throws {
    let text = Self.rows(
      first: block * Plan.blockLength, self.columns.map { columns[$0] })
    lock.lock()
    defer { lock.unlock() }
    // A block below never waits, so the wait ends; unless the run is being stopped.
    while block > next + Self.room && !failed && !control.isCancelled {
      _ = lock.wait(until: Date(timeIntervalSinceNow: 0.05))
    }
    if failed { return }
    pending[block] = text
    while let ready = pending.removeValue(forKey: next) {
      do {
        try file.write(ready)
      } catch {
        failed = true
        lock.broadcast()
        throw error
      }
      next += 1
    }
    lock.broadcast()
  }

  func abandon() {
    lock.lock()
    failed = true
    lock.broadcast()
    lock.unlock()
  }

  func close() throws { try file.close() }

  private static func rows(first: Int, _ columns: [UnsafeBufferPointer<Double>]) -> [UInt8] {
    var bytes: [UInt8] = []
    let count = columns.first?.count ?? 0
    bytes.reserveCapacity(count * (8 + 19 * columns.count))
    for i in 0..<count {
      bytes.append(contentsOf: String(first + i + 1).utf8)
      for column in columns {
        bytes.append(UInt8(ascii: ","))
        NumberText.append(column[i], to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
