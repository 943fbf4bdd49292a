// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Net monetary benefits of draws, written into buffers of the caller.
enum NetBenefits {
  /// Writes λ e − c of draws `first ..< first + out.count`.
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, _ draws: Draws, _ strategy: Int,
    _ willingnessToPay: Double, first: Int
  ) {
    draws.costs[strategy].withUnsafeBufferPointer { costs in
      draws.effects[strategy].withUnsafeBufferPointer { effects in
        precondition(first + out.count <= costs.count && costs.count == effects.count)
        for i in 0..<out.count {
          out[i] = willingnessToPay * effects[first + i] - costs[first + i]
        }
      }
    }
  }

  /// Calls `body` with the draws block by block.
  static func forEachBlock(
    _ draws: Draws, _ strategy: Int, _ willingnessToPay: Double,
    _ body: (UnsafeBufferPointer<Double>) -> Void
  ) {
    let length = Differences.blockLength
    withUnsafeTemporaryAllocation(of: Double.self, capacity: length) { scratch in
      for first in stride(from: 0, to: draws.count, by: length) {
        let block = UnsafeMutableBufferPointer(
          rebasing: scratch[..<min(length, draws.count - first)])
        fill(block, draws, strategy, willingnessToPay, first: first)
        body(UnsafeBufferPointer(block))
      }
    }
  }
}
