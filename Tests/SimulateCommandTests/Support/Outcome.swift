// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How a process ended and what it wrote.
struct Outcome: CustomStringConvertible {
  let status: Int32
  /// Ended by a signal, whose number is `status`.
  let wasKilled: Bool
  let timedOut: Bool
  let output: String
  let errors: String
  let seconds: Double

  /// The exit code; `nil` after a signal or when the time was up.
  var code: Int32? { wasKilled || timedOut ? nil : status }

  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  var description: String {
    let end = timedOut ? "ran out of time" : wasKilled ? "signal \(status)" : "exit \(status)"
    return "\(end)\nstdout: \(output.prefix(2000))\nstderr: \(errors.prefix(4000))"
  }
}

/// A process with its standard output and error in files, so that no pipe can fill up.
final class Running {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let folder: URL
  private let start = ContinuousClock.now

  init(
    _ program: URL, _ arguments: [String], in directory: URL, environment: [String: String] = [:]
  ) throws {
    folder = try temporaryFolder("streams")
    let files = try ["out", "err"].map { name in
      let url = folder.appending(path: name)
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
    ) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = files[0]
    process.standardError = files[1]
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    for file in files { try file.close() }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  var isRunning: Bool { process.isRunning }

  func wait(seconds: Double = 60) throws -> Outcome {
    var timedOut = false
    if ended.wait(timeout: .now() + seconds) == .timedOut {
      timedOut = true
      send(SIGKILL)
      ended.wait()
    }
    let time = start.duration(to: .now) / .seconds(1)
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }
    return Outcome(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      timedOut: timedOut, output: try text("out"), errors: try text("err"), seconds: time)
  }
}

func temporaryFolder(_ purpose: String) throws -> URL {
  let url = FileManager.default.temporaryDirectory
    .appending(path: "utfall-\(purpose)-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}
