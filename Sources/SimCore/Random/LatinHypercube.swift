// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Latin hypercube draws of one parameter: in each replicate of L points, one in each of L strata.
///
/// ```
/// u = (π(j) + v) / L      j: point, π: the replicate's own permutation, v: uniform within the stratum
/// ```
/// Numerics: uniforms lie on a grid of 2⁵². Stratum s holds the grid points with s ≤ u L < s + 1; one of
/// them is drawn, each as likely.
///
/// Source: McKay, Beckman and Conover (1979), doi:10.1080/00401706.1979.10489755.
package struct LatinHypercube: Sendable {
  private let replication = Replication(run: 1)
  private let iterations: Int
  /// Where in its stratum a point lies, by replicate.
  private let places: ReplicateStreams
  /// Keys of the permutations, by replicate.
  private let orders: ReplicateStreams
  private let independent: UniformStream
  private let sets: Randomisations?

  package init(name: String, seed: UInt64, iterations: Int) {
    self.init(name: name, seed: seed, iterations: iterations, sets: nil)
  }

  init(name: String, seed: UInt64, iterations: Int, sets: Randomisations?) {
    self.iterations = iterations
    self.sets = sets
    places = ReplicateStreams(.draw, name: name, seed: seed)
    orders = ReplicateStreams(.permute, name: name, seed: seed)
    independent = UniformStream(StreamAddress(.draw, name: name), seed: seed)
  }

  func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32, draw: UInt32
  ) {
    if draw > 0 { return independent.fill(words, first: first, label: label, draw: draw) }
    let replicates = replication.count
    let set = sets?.set(ofIteration: first) ?? 0
    let start = (first - set * (sets?.setLength ?? 0)) / replicates
    let room = (words.count / replicates + 2) & ~1
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: room) { place in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { stratum in
        for replicate in 0..<min(replicates, words.count) {
          let points =
            sets?.points ?? replication.size(ofReplicate: replicate, iterations: iterations)
          let own = set * replicates + replicate
          let last = max(points - 1, 0)
          let count = (words.count - replicate + replicates - 1) / replicates
          places[own].fill(
            UnsafeMutableBufferPointer(rebasing: place[0..<(count + 1) & ~1]), first: start,
            label: label)
          Permutation(of: max(points, 1), stream: orders[own], label: label).fill(
            UnsafeMutableBufferPointer(rebasing: stratum[0..<count]), first: min(start, last))
          let strata = Strata(count: max(points, 1))
          for i in 0..<count {
            words[i * replicates + replicate] = strata.word(
              stratum: UInt64(stratum[i]), place: place[i])
          }
        }
      }
    }
  }
}

/// The grid of uniforms cut into equally probable strata.
package struct Strata: Sendable {
  private let count: UInt64
  /// Grid points in each stratum, and those left over.
  private let share: UInt64
  private let rest: UInt64

  /// - Precondition: `count` is in 1 ..< 2³¹.
  package init(count: Int) {
    precondition(count >= 1 && count < 1 << 31, "\(count) strata")
    self.count = UInt64(count)
    share = (1 << 52) / self.count
    rest = (1 << 52) % self.count
  }

  /// A word whose uniform lies in `stratum`, at the place within it that another word says.
  ///
  /// ```
  /// lowest grid point of stratum s = ⌈s 2⁵² / n − ½⌉
  /// ```
  package func word(stratum: UInt64, place: UInt64) -> UInt64 {
    var low = stratum &* share
    var width = share
    if rest != 0 {
      let twice = 2 &* count
      let (quotient, remainder) = (2 &* stratum &* rest &+ count &- 1)
        .quotientAndRemainder(dividingBy: twice)
      low &+= quotient
      if remainder &+ 2 &* rest >= twice { width &+= 1 }
    }
    return (low &+ place.multipliedFullWidth(by: width).high) << 12
  }
}
