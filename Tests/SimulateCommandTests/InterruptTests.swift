// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Signals during a run end it soon, with exit code 130, and leave nothing.
@Suite(.serialized) struct InterruptTests {
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "case.yaml")
    return workplace
  }

  /// Waits until the run has begun to write and a little longer.
  private func waitUntilBusy(_ running: Running, _ workplace: Workplace) throws {
    let limit = Date(timeIntervalSinceNow: 20)
    while !workplace.content.contains(where: { $0.contains("partial") }), Date() < limit {
      try #require(running.isRunning)
      usleep(10_000)
    }
    usleep(200_000)
    try #require(running.isRunning)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], [[], ["--draws"]])
  func endsARun(_ signal: Int32, _ options: [String]) throws {
    let workplace = try workplace()
    let running = try workplace.start(
      ["run", "case.yaml", "-i", "1e9", "-o", "new/folder"] + options)
    try waitUntilBusy(running, workplace)
    let sent = ContinuousClock.now
    running.send(signal)
    let outcome = try running.wait(seconds: 20)
    #expect(outcome.code == 130, "\(outcome)")
    #expect(sent.duration(to: .now) < .seconds(5))
    #expect(outcome.errors == "interrupted: nothing was written for case\n")
    #expect(outcome.output.isEmpty)
    #expect(workplace.content == ["case.yaml"])
  }

  @Test func anEarlierResultOutlivesAnInterruptedRun() throws {
    let workplace = try workplace()
    #expect(try workplace.simulate("run", "case.yaml", "-i", "500").code == 0)
    let before = (workplace.content, try workplace.bytes("results/case/summary.csv"))
    let running = try workplace.start(["run", "case.yaml", "-i", "1e9"])
    try waitUntilBusy(running, workplace)
    running.send(SIGINT)
    #expect(try running.wait(seconds: 20).code == 130)
    #expect(workplace.content == before.0)
    #expect(try workplace.bytes("results/case/summary.csv") == before.1)
  }

  @Test func aRunUnderNohupOutlivesItsTerminal() throws {
    let workplace = try workplace()
    let running = try Running(
      URL(filePath: "/bin/sh"),
      [
        "-c", "trap '' HUP; exec \"$0\" run case.yaml -i 2e7 -q", BuiltProgram.url.path,
      ], in: workplace.folder)
    let limit = Date(timeIntervalSinceNow: 20)
    while !workplace.content.contains(where: { $0.contains("partial") }), Date() < limit {
      usleep(5_000)
    }
    running.send(SIGHUP)
    #expect(try running.wait().code == 0)
    #expect(workplace.content.contains("results/case/manifest.json"))
  }
}
