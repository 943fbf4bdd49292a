// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Synchronization
import Testing

/// Cancelling, progress, and recorders that fail.
@Suite struct ControlTests {
  struct DiskFull: Error, Equatable { let block: Int }

  /// Calls a closure for every block.
  final class Watcher: DrawRecorder {
    private let body: @Sendable (Int) throws -> Void
    init(_ body: @escaping @Sendable (Int) throws -> Void) { self.body = body }
    func record(block: Int, columns: [UnsafeBufferPointer<Double>]) throws { try body(block) }
    func abandon() {}
  }

  static func isCancelled(_ outcome: Result<RunResult, RunError>) -> Bool {
    if case .failure(.cancelled) = outcome { return true }
    return false
  }

  @Test(arguments: [1, 2, 3, 5, 8])
  func cancelledBeforehand(workers: Int) throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 1, iterations: 100_000, workers: workers)
    let control = RunControl()
    control.cancel()
    #expect(control.isCancelled)
    #expect(Self.isCancelled(RunModel.outcome(plan, settings, control: control)))
    #expect(control.iterationsDone == 0)
  }

  /// In the pilot, at its end, and beyond it.
  @Test(arguments: [0, 3, 63, 64, 150], [1, 2, 5])
  func cancelledUnderWay(block: Int, workers: Int) throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 1, iterations: 3_000_000, workers: workers)
    let control = RunControl()
    let watcher = Watcher { if $0 == block { control.cancel() } }
    #expect(
      Self.isCancelled(RunModel.outcome(plan, settings, control: control, recorder: watcher)))
    // The workers end with the blocks they are at: far from all of them.
    #expect(control.iterationsDone < 600_000)
  }

  /// Forty workers share counts.
  @Test(arguments: [2, 40])
  func progressCountsIterations(workers: Int) throws {
    let plan = try RunModel.plan()
    for iterations in [1, 1025, 65_537, 200_000] {
      let control = RunControl()
      let settings = RunSettings(seed: 1, iterations: iterations, workers: workers)
      let result = try Simulation(plan, settings: settings).run(control: control)
      #expect(control.iterationsDone == iterations * result.passes.count)
      #expect(!control.isCancelled)
    }
  }

  /// The error of the lowest failing block comes back, whatever the workers.
  @Test(arguments: [0, 5, 63, 64, 170], [1, 2, 3, 5, 8])
  func recorderErrorsComeBack(first: Int, workers: Int) throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 1, iterations: 200_000, workers: workers)
    let watcher = Watcher { block in
      if block >= first { throw DiskFull(block: block) }
    }
    guard
      case .failure(.recording(let error)) = RunModel.outcome(
        plan, settings, recorder: watcher)
    else {
      Issue.record("the error was lost")
      return
    }
    #expect(error as? DiskFull == DiskFull(block: first))
  }

  /// Every block is recorded once, though percentiles take several passes.
  @Test func laterPassesAreNotRecorded() throws {
    let plan = try RunModel.plan()
    let settings = RunSettings(seed: 1, iterations: 300_000, workers: 2, memoryBudget: 1)
    let seen = Mutex<[Int]>([])
    let watcher = Watcher { block in seen.withLock { $0.append(block) } }
    let result = try Simulation(plan, settings: settings).run(recorder: watcher)
    #expect(result.passes.count > 1)
    #expect(seen.withLock { $0.sorted() } == Array(0..<293))
  }

  @Test func recordedColumnsAreParametersThenOutputs() throws {
    let plan = try RunModel.plan(recordsParameters: true)
    #expect(plan.recordedParameters == ["hours", "wage", "share", "z1", "z2"])
    let keeper = DrawKeeper(plan)
    let settings = RunSettings(seed: 1, iterations: 3000, workers: 3)
    _ = try Simulation(plan, settings: settings).run(recorder: keeper)
    let products = zip(keeper.column("hours"), keeper.column("wage")).map { $0 * $1 }
    #expect(keeper.column("cost") == products)
    #expect(keeper.column("fixed") == [Double](repeating: 42, count: 3000))
  }
}
