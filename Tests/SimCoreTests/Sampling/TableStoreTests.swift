// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct TableStoreTests {
  /// Threads that ask for the same table at once get one and the same.
  @Test func aTableIsBuiltOnce() throws {
    let tables = TableStore(workers: 4)
    let law = try Gamma(shape: 3.7, scale: 1)
    let found = Parallel.map(16, workers: 4) { _ in tables.table(for: law) }
    #expect(found.allSatisfy { $0 === found[0] })
    #expect(tables.count == 1)
  }

  /// Draws don't depend on the threads that build their tables.
  @Test func drawsDoNotDependOnTheThreads() throws {
    let words = TableAccuracyTests.words(500, seed: 31)
    let laws: [any Distribution] = try (1...12).map {
      try LogNormal(meanLog: 0, sdLog: 0.1 * Double($0))
    }
    func draws(_ workers: Int) -> [[UInt64]] {
      let tables = TableStore(workers: workers)
      return Parallel.map(laws.count, workers: workers) { index in
        DrawSource.draws(laws[index], words: words, tables: tables, path: .best).map(\.bitPattern)
      }
    }
    #expect(draws(1) == draws(4))
  }
}
