// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The largest net benefit of each draw of a block, and who has it. A kernel: raw pointers.
enum BestOfDraws {
  /// - Precondition: `rows` and `best` are equally long.
  static func find(
    _ rows: [UnsafeMutableBufferPointer<Double>], into best: UnsafeMutableBufferPointer<Double>
  ) {
    for i in best.indices { best[i] = rows[0][i] }
    for row in rows.dropFirst() {
      for i in best.indices { best[i] = row[i] > best[i] ? row[i] : best[i] }
    }
  }

  /// Adds to `wins[s][k]` the draws in which strategy s is best together with k others.
  static func count(
    _ rows: [UnsafeMutableBufferPointer<Double>], _ best: UnsafeMutableBufferPointer<Double>,
    into wins: inout [[Int]]
  ) {
    let counts = rows.map { equal($0, best) }
    // As many as there are draws: nobody shares a first place.
    if counts.reduce(0, +) == best.count {
      for s in counts.indices { wins[s][0] += counts[s] }
      return
    }
    for i in best.indices {
      let others = rows.count { $0[i] == best[i] } - 1
      for s in rows.indices where rows[s][i] == best[i] { wins[s][others] += 1 }
    }
  }

  /// Number of places at which two buffers are equal.
  private static func equal(
    _ a: UnsafeMutableBufferPointer<Double>, _ b: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
    func load(_ values: UnsafeMutablePointer<Double>, _ i: Int) -> SIMD4<Double> {
      UnsafeRawPointer(values + i).loadUnaligned(as: SIMD4<Double>.self)
    }
    var lanes = SIMD4<Int64>.zero
    var i = 0
    while i + 4 <= a.count {
      lanes &+= SIMD4<Int64>.zero.replacing(with: 1, where: load(first, i) .== load(second, i))
      i += 4
    }
    var count = Int(lanes.wrappedSum())
    while i < a.count {
      count += first[i] == second[i] ? 1 : 0
      i += 1
    }
    return count
  }
}
