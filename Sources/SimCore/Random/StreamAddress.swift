// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a stream of random numbers lives: what it is for, whose it is, which randomisation.
///
/// ```
/// h   = FNV-1a-64 of the UTF-8 bytes of "purpose/name/replicate"
/// key = mix64(seed ⊕ mix64(h))
/// ```
/// Nothing about threads, shards, strategies or variants enters, so results don't depend on them.
///
/// Reproducibility: every golden number hangs on this rule; `version` is written to the manifest.
public struct StreamAddress: Sendable, Hashable {
  /// The version of the rule that turns addresses into random numbers.
  public static let version = 1

  public enum Purpose: String, Sendable, Hashable {
    case draw, permute, scramble, bootstrap, inner
  }

  public let purpose: Purpose
  /// In Unicode normalisation form C; the reader of scenarios sees to it.
  public let name: String
  public let replicate: Int

  public init(_ purpose: Purpose, name: String, replicate: Int = 0) {
    self.purpose = purpose
    self.name = name
    self.replicate = replicate
  }

  /// FNV-1a, 64 bits. Two addresses with equal hashes would share draws: `Plan` refuses them.
  public var hash: UInt64 { Self.hash("\(purpose.rawValue)/\(name)/\(replicate)".utf8) }

  /// Goes on from the hash of the bytes before.
  static func hash(_ bytes: some Sequence<UInt8>, after start: UInt64 = 0xCBF2_9CE4_8422_2325)
    -> UInt64
  {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// The generator's key: low 32 bits first.
  public func key(seed: UInt64) -> SIMD2<UInt32> { Self.key(hash: hash, seed: seed) }

  static func key(hash: UInt64, seed: UInt64) -> SIMD2<UInt32> {
    let key = mix64(seed ^ mix64(hash))
    return SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
  }

  /// The finaliser of SplitMix64: a bijection of 64-bit words that spreads every bit.
  ///
  /// Source: Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195; constants of Stafford's Mix13.
  public static func mix64(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
