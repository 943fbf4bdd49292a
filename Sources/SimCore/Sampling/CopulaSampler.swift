// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws the parameters of a correlation group, block by block.
///
/// Each member's own stream gives an independent standard normal z; sums L z give the correlated scores,
/// and each member's quantile function is read at the tail probability of its score.
struct CopulaSampler: Sendable {
  let members: [Sampler]
  private let factor: [[Double]]
  private let normal: QuantileTable

  /// - Parameter members: in the order of the group's names.
  init(_ group: CorrelationGroup, members: [Sampler], tables: TableStore) {
    self.members = members
    factor = group.factor
    normal = tables.table(for: Normal.standard)
  }

  /// Replaces the words of member `index` by its independent score.
  func scores(_ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>) {
    QuantileKernel.fill(
      out, words: words, table: normal, location: 0, scale: 1, support: .real)
  }

  /// The draws of member `index`, from the independent scores of members 0 … index.
  ///
  /// - Parameters:
  ///   - independent: one block of scores per member, `stride` apart.
  ///   - mixed: room for a block.
  func fill(
    _ out: UnsafeMutableBufferPointer<Double>, member index: Int,
    independent: UnsafePointer<Double>, stride: Int, mixed: UnsafeMutablePointer<Double>
  ) {
    let row = factor[index]
    for i in 0..<out.count { mixed[i] = row[0] * independent[i] }
    for j in row.indices.dropFirst() where j <= index && row[j] != 0 {
      let z = independent + j * stride
      let weight = row[j]
      for i in 0..<out.count { mixed[i] += weight * z[i] }
    }
    members[index].fill(out, scores: mixed)
  }
}
