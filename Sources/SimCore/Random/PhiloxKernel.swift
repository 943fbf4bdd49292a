// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Philox4x32-10 over consecutive counters, several at a time.
///
/// A kernel: raw pointers and wrapping arithmetic. Each lane holds one counter; the 32-bit words sit in
/// 64-bit lanes, so that a masked product is one widening multiplication on every x86-64 and arm64.
enum PhiloxKernel {
  typealias Lanes = SIMD4<UInt64>

  static func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, counter: UInt64, label: UInt32, draw: UInt32,
    key: SIMD2<UInt32>, path: VectorPath
  ) {
    guard let out = words.baseAddress else { return }
    let pairs = words.count / 2
    var done = VectorKernels.philox(
      out, pairs: pairs, counter: counter, label: label, draw: draw, key: key, path: path)
    while done + Lanes.scalarCount <= pairs {
      let (low, high) = block(counter &+ UInt64(done), label: label, draw: draw, key: key)
      let target = UnsafeMutableRawPointer(out + 2 * done)
      target.storeBytes(of: low, as: Lanes.self)
      target.storeBytes(of: high, toByteOffset: MemoryLayout<Lanes>.size, as: Lanes.self)
      done += Lanes.scalarCount
    }
    if done < pairs {
      let (low, high) = block(counter &+ UInt64(done), label: label, draw: draw, key: key)
      for lane in 0..<2 * (pairs - done) {
        out[2 * done + lane] = lane < 4 ? low[lane] : high[lane - 4]
      }
    }
  }

  /// Eight words for four consecutive counters, in the order of their iterations.
  @inline(__always)
  private static func block(
    _ counter: UInt64, label: UInt32, draw: UInt32, key: SIMD2<UInt32>
  ) -> (low: Lanes, high: Lanes) {
    let counters = Lanes(repeating: counter) &+ Lanes(0, 1, 2, 3)
    var state = State(
      c0: counters, c1: counters &>> 32, c2: Lanes(repeating: UInt64(label)),
      c3: Lanes(repeating: UInt64(draw)))
    // Ten rounds written out: as a loop the compiler shuffles the lanes in every round.
    state.round(key, 0)
    state.round(key, 1)
    state.round(key, 2)
    state.round(key, 3)
    state.round(key, 4)
    state.round(key, 5)
    state.round(key, 6)
    state.round(key, 7)
    state.round(key, 8)
    state.round(key, 9)
    let mask = Lanes(repeating: 0xFFFF_FFFF)
    let even = (state.c0 & mask) | (state.c1 &<< 32)
    let odd = (state.c2 & mask) | (state.c3 &<< 32)
    return (
      Lanes(even[0], odd[0], even[1], odd[1]), Lanes(even[2], odd[2], even[3], odd[3])
    )
  }

  /// The four words of each lane. Only their low halves count; the high halves stay dirty.
  private struct State {
    var c0: Lanes
    var c1: Lanes
    var c2: Lanes
    var c3: Lanes

    @inline(__always)
    mutating func round(_ key: SIMD2<UInt32>, _ index: UInt32) {
      let mask = Lanes(repeating: 0xFFFF_FFFF)
      let product0 = (c0 & mask) &* Lanes(repeating: Philox4x32.multiplier0)
      let product1 = (c2 & mask) &* Lanes(repeating: Philox4x32.multiplier1)
      let k0 = Lanes(repeating: UInt64(key[0] &+ index &* Philox4x32.weyl0))
      let k1 = Lanes(repeating: UInt64(key[1] &+ index &* Philox4x32.weyl1))
      c0 = (product1 &>> 32) ^ c1 ^ k0
      c1 = product1
      c2 = (product0 &>> 32) ^ c3 ^ k1
      c3 = product0
    }
  }
}
