// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Foundation
internal import SimCore

/// Turns Ctrl-C and a request to terminate into an orderly end of the run. A closed pipe is left to the
/// checked writes.
final class Interrupt {
  private let sources: [any DispatchSourceSignal]

  init(_ control: RunControl) {
    signal(SIGPIPE, SIG_IGN)
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { control.cancel() }
      source.resume()
      return source
    }
  }

  func stop() {
    for source in sources { source.cancel() }
  }
}
