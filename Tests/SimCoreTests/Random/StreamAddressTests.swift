// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

@Suite struct StreamAddressTests {
  /// FNV-1a, 64 bits, written from its definition (Fowler, Noll and Vo): the second way.
  static func fnv1a(_ text: String) -> UInt64 {
    var h: UInt64 = 14_695_981_039_346_656_037
    for byte in text.utf8 {
      h ^= UInt64(byte)
      h = h &* 1_099_511_628_211
    }
    return h
  }

  /// Published vectors of FNV-1a-64.
  @Test(
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("b", 0xAF63_DF4C_8601_F1A5),
      ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)])
  func theSecondWayMeetsThePublishedVectors(text: String, hash: UInt64) {
    #expect(Self.fnv1a(text) == hash)
  }

  @Test(arguments: ["", "a", "unit cost", "kostnad per år", "年", "a/b", "0", "👩‍⚕️"])
  func hashIsFnv1aOfTheAddressAsText(name: String) {
    #expect(StreamAddress(.draw, name: name).hash == Self.fnv1a("draw/\(name)/0"))
    #expect(
      StreamAddress(.bootstrap, name: name, replicate: 12).hash
        == Self.fnv1a("bootstrap/\(name)/12"))
  }

  /// The first outputs of SplitMix64 with seed 0 are mix64 of the multiples of its increment.
  @Test(
    arguments: [
      (1, 0xE220_A839_7B1D_CDAF), (2, 0x6E78_9E6A_A1B9_65F4), (3, 0x06C4_5D18_8009_454F),
    ] as [(UInt64, UInt64)])
  func mix64IsTheFinaliserOfSplitMix64(k: UInt64, output: UInt64) {
    #expect(StreamAddress.mix64(k &* 0x9E37_79B9_7F4A_7C15) == output)
  }

  @Test func mix64OfZeroIsZero() { #expect(StreamAddress.mix64(0) == 0) }

  @Test(arguments: [0, 1, 42, 1 << 63, UInt64.max])
  func keyIsAsStated(seed: UInt64) {
    let address = StreamAddress(.draw, name: "unit cost")
    let hash = Self.fnv1a("draw/unit cost/0")
    let key = StreamAddress.mix64(seed ^ StreamAddress.mix64(hash))
    #expect(
      address.key(seed: seed) == SIMD2(UInt32(key & 0xFFFF_FFFF), UInt32(key >> 32)))
  }

  @Test func keysDifferByEveryPartOfTheAddress() {
    let purposes: [StreamAddress.Purpose] = [.draw, .permute, .scramble, .bootstrap, .inner]
    var keys: Set<SIMD2<UInt32>> = []
    var addresses = 0
    for purpose in purposes {
      for name in ["", "a", "b", "ab", "a ", "A", "å"] {
        for replicate in [0, 1, 2, 10, 15] {
          for seed in [0, 1, 2, UInt64.max] {
            keys.insert(
              StreamAddress(purpose, name: name, replicate: replicate).key(seed: seed))
            addresses += 1
          }
        }
      }
    }
    #expect(keys.count == addresses)
  }

  /// 10⁵ ordinary names: no two share a stream.
  @Test func manyNamesHaveManyKeys() {
    let keys = Set((0..<100_000).map { StreamAddress(.draw, name: "x\($0)").key(seed: 1) })
    #expect(keys.count == 100_000)
  }
}
