// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Foundation
internal import SimCore

/// A line on standard error that tells how far a run is, when standard error is a terminal.
final class ProgressLine {
  private let timer: any DispatchSourceTimer
  private let queue = DispatchQueue(label: "progress")

  /// - Parameter iterations: `nil` where a stop rule will say.
  /// - Returns: `nil` when nobody would see it.
  init?(_ name: String, _ iterations: Int?, _ control: RunControl) {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    let before = control.iterationsDone
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + 0.3, repeating: 0.2)
    timer.setEventHandler {
      let done = control.iterationsDone - before
      let line =
        if let iterations, done <= iterations {
          "\(name): \(100 * done / iterations) %"
        } else if iterations == nil {
          "\(name): \(done) iterations, checks of the stop rule included"
        } else {
          "\(name): further pass over the iterations"
        }
      Self.write("\r\u{1B}[K" + line)
    }
    timer.resume()
  }

  func stop() {
    queue.sync { timer.cancel() }
    Self.write("\r\u{1B}[K")
  }

  private static func write(_ text: String) {
    _ = Terminal.write(text, to: STDERR_FILENO)
  }
}
