// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Scrambled Sobol' points of one parameter: 16 replicates, each with its own scramble.
package struct SobolSource: Sendable {
  /// By label position; labels beyond have independent draws.
  private let directions: [SobolDirections]
  private let scrambles: [UniformStream]
  private let independent: UniformStream

  /// - Parameter dimensions: of the parameter's labels, in order of position.
  package init(name: String, seed: UInt64, dimensions: [Int]) {
    directions = dimensions.map { SobolDirections(dimension: $0) }
    scrambles = (0..<Replication.standardCount).map {
      UniformStream(StreamAddress(.scramble, name: name, replicate: $0), seed: seed)
    }
    independent = UniformStream(StreamAddress(.draw, name: name), seed: seed)
  }

  func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32, draw: UInt32
  ) {
    if draw > 0 || label >= directions.count {
      return independent.fill(words, first: first, label: label, draw: draw)
    }
    let replicates = Replication.standardCount
    let room = (words.count + replicates - 1) / replicates
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { points in
      directions[Int(label)].fill(points, first: UInt32(first / replicates))
      for replicate in 0..<min(replicates, words.count) {
        let scramble = OwenScramble(scrambles[replicate], label: label)
        for (i, digits) in points.enumerated() where i * replicates + replicate < words.count {
          words[i * replicates + replicate] = scramble.word(reversedDigits: UInt64(digits))
        }
      }
    }
  }
}
