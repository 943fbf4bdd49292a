// Utfall: benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Processor time of this thread: a shared machine's other work does not count.
enum Stopwatch {
  static func nanoseconds(_ body: () -> Void) -> Double {
    let start = now()
    body()
    return now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

/// Contenders measured in turn, round after round, each by its best round: slow phases of a shared
/// machine hit all of them alike.
struct Contest {
  struct Contender {
    let name: String
    /// Does `work` units.
    let body: () -> Void
    var best = Double.infinity
  }

  private var contenders: [Contender] = []
  private let work: Int

  init(work: Int) { self.work = work }

  mutating func add(_ name: String, _ body: @escaping () -> Void) {
    contenders.append(Contender(name: name, body: body))
  }

  /// Nanoseconds per unit of each contender, in the order they were added.
  mutating func run(rounds: Int) -> [Double] {
    for _ in 0..<rounds {
      for index in contenders.indices {
        let time = Stopwatch.nanoseconds(contenders[index].body) / Double(work)
        contenders[index].best = min(contenders[index].best, time)
      }
    }
    return contenders.map(\.best)
  }
}
