// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The streams of all replicates of one purpose and name, however many there are: their common address is hashed
/// once.
package struct ReplicateStreams: Sendable {
  /// Of the address up to the replicate's number.
  private let start: UInt64
  private let seed: UInt64

  package init(_ purpose: StreamAddress.Purpose, name: String, seed: UInt64) {
    start = StreamAddress.hash("\(purpose.rawValue)/\(name)/".utf8)
    self.seed = seed
  }

  /// `UniformStream(StreamAddress(purpose, name: name, replicate: replicate), seed: seed)`.
  package subscript(replicate: Int) -> UniformStream {
    var power = 1
    while power <= replicate / 10 { power *= 10 }
    var hash = start
    var rest = replicate
    while power > 0 {
      hash = StreamAddress.hash(CollectionOfOne(UInt8(48 + rest / power)), after: hash)
      rest %= power
      power /= 10
    }
    return UniformStream(key: StreamAddress.key(hash: hash, seed: seed))
  }
}
