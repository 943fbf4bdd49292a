// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Foundation
internal import SimCore

/// Turns Ctrl-C, a request to terminate and a closed terminal into an orderly end of the run.
final class Interrupt {
  private let sources: [any DispatchSourceSignal]

  init(_ control: RunControl) {
    sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // Started with nohup, the run outlives its terminal.
      if number == SIGHUP, Self.isIgnored(number) { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { control.cancel() }
      source.resume()
      return source
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    let handler = action.__sigaction_handler.sa_handler
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  func stop() {
    for source in sources { source.cancel() }
  }
}
