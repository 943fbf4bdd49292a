// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How fast one distribution is drawn on this machine, generator included.
public struct DrawRate: Sendable {
  public let distribution: any Distribution
  /// Threads that drew at the same time.
  public let workers: Int
  /// Draws per second of all workers together.
  public let drawsPerSecond: Double
  /// The same for GSL's own sampler on its Mersenne twister; `nil` where GSL has none.
  public let gslDrawsPerSecond: Double?

  /// Draws per second of one worker.
  public var drawsPerSecondPerWorker: Double { drawsPerSecond / Double(workers) }
  /// How many times as fast as GSL.
  public var ratio: Double? { gslDrawsPerSecond.map { drawsPerSecond / $0 } }

  /// Measures ours and GSL's in turn, round after round, each by its best round, so that slow phases of a
  /// shared machine hit both alike.
  ///
  /// Numerics: processor time of each thread, so that the machine's other work does not count; the rates of
  /// the threads are added. Each worker fills blocks of `Plan.blockLength` values with fresh uniforms, in
  /// cache, as a run does; tables are built before the clock starts.
  /// - Precondition: all counts are at least 1.
  public static func measured(
    _ distribution: any Distribution, workers: Int, draws: Int, rounds: Int
  ) -> DrawRate {
    precondition(workers >= 1 && draws >= 1 && rounds >= 1)
    let ours = (0..<workers).map { _ in Contender(distribution) }
    let theirs = (0..<workers).compactMap { worker in
      GSLSampler(distribution, seed: UInt64(worker) + 1).map { Contender($0) }
    }
    var best = 0.0
    var gslBest: Double?
    for round in 0..<rounds {
      best = max(best, rate(ours, draws, round))
      if theirs.count == workers { gslBest = max(gslBest ?? 0, rate(theirs, draws, round)) }
    }
    return DrawRate(
      distribution: distribution, workers: workers, drawsPerSecond: best,
      gslDrawsPerSecond: gslBest)
  }

  private static func rate(_ contenders: [Contender], _ draws: Int, _ round: Int) -> Double {
    DispatchQueue.concurrentPerform(iterations: contenders.count) { worker in
      // Each round and worker draws other iterations: repeated blocks would be easier to predict.
      contenders[worker].draw(draws, first: (round * contenders.count + worker) * draws)
    }
    return contenders.reduce(0) { $0 + Double(draws) / max($1.seconds, 1e-9) }
  }
}

/// One worker's sampler and buffer.
///
/// Unchecked: worker number k alone touches contender number k.
private final class Contender: @unchecked Sendable {
  private enum Source {
    case ours(DrawSource)
    case gsl(GSLSampler)
  }

  private let source: Source
  private let buffer: UnsafeMutableBufferPointer<Double>
  /// Processor time of the last `draw`.
  private(set) var seconds = 0.0

  convenience init(_ distribution: any Distribution) {
    self.init(source: .ours(DrawSource(distribution, name: "benchmark", seed: 1)))
  }

  convenience init(_ sampler: GSLSampler) { self.init(source: .gsl(sampler)) }

  private init(source: Source) {
    self.source = source
    buffer = UnsafeMutableBufferPointer(
      start: BlockMemory.allocate(Plan.blockLength, repeating: 0), count: Plan.blockLength)
    draw(buffer.count, first: 0)
  }

  deinit { buffer.deallocate() }

  func draw(_ count: Int, first: Int) {
    let start = first & ~1
    let begin = Self.processorSeconds()
    for offset in stride(from: 0, to: count, by: buffer.count) {
      let part = UnsafeMutableBufferPointer(
        rebasing: buffer[0..<min(buffer.count, count - offset)])
      switch source {
      case .ours(let ours): ours.fill(part, first: start + offset)
      case .gsl(let gsl): _ = gsl.fill(part)
      }
    }
    seconds = Self.processorSeconds() - begin
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
