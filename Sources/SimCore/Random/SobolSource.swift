// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Scrambled Sobol' points of one parameter: 16 replicates, each with its own scramble, or sets of 16 one after
/// another.
package struct SobolSource: Sendable {
  /// By label position; labels beyond have independent draws.
  private let directions: [SobolDirections]
  private let scrambles: ReplicateStreams
  private let independent: UniformStream
  private let sets: Randomisations?

  /// - Parameter dimensions: of the parameter's labels, in order of position.
  package init(name: String, seed: UInt64, dimensions: [Int]) {
    self.init(name: name, seed: seed, dimensions: dimensions, sets: nil)
  }

  init(name: String, seed: UInt64, dimensions: [Int], sets: Randomisations?) {
    directions = dimensions.map { SobolDirections(dimension: $0) }
    self.sets = sets
    scrambles = ReplicateStreams(.scramble, name: name, seed: seed)
    independent = UniformStream(StreamAddress(.draw, name: name), seed: seed)
  }

  func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32, draw: UInt32
  ) {
    if draw > 0 || label >= directions.count {
      return independent.fill(words, first: first, label: label, draw: draw)
    }
    let replicates = Replication.standardCount
    let set = sets?.set(ofIteration: first) ?? 0
    let first = first - set * (sets?.setLength ?? 0)
    let room = (words.count + replicates - 1) / replicates
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { points in
      directions[Int(label)].fill(points, first: UInt32(first / replicates))
      for replicate in 0..<min(replicates, words.count) {
        let scramble = OwenScramble(scrambles[set * replicates + replicate], label: label)
        for (i, digits) in points.enumerated() where i * replicates + replicate < words.count {
          words[i * replicates + replicate] = scramble.word(reversedDigits: UInt64(digits))
        }
      }
    }
  }
}
