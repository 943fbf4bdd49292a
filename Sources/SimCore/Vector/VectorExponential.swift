// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The exponential and the logistic function as plain arithmetic, so that every vector form gives the same
/// bits: no table, no branch, no fused operation.
///
/// ```
/// k = round(x log₂e),   r = x − k ln 2,   exp x = 2^k (1 + (r + r² p(r)))
/// ```
/// p has degree 9, Chebyshev-interpolated on |r| <= ln(2)/2 to 1.3e-17 of the result. ln 2 is taken in two parts,
/// the first with 32 bits, so that k times it is exact. 2^k is applied in two steps, so that subnormal
/// results are rounded once.
///
/// Numerics: within 1 unit in the last place, measured; 0 and infinity beyond the range; NaN for NaN.
package enum VectorExponential {
  /// Beyond these exp is 0 or infinite.
  static let least = -746.0
  static let most = 710.0
  static let log2e = 0x1.71547652b82fep+0
  static let ln2High = 0x1.62e42feep-1
  static let ln2Low = 0x1.a39ef35793c76p-33
  /// 1.5 · 2⁵²: adding it rounds to a whole number, which the low bits then hold.
  static let rounder = 0x1.8p52

  @inline(__always)
  package static func exp(_ x: Double) -> Double {
    // In this order NaN passes.
    let y = min(max(x, least), most)
    let t = y * log2e + rounder
    let k = t - rounder
    let r = (y - k * ln2High) - k * ln2Low
    let r2 = r * r
    let r4 = r2 * r2
    let p01 = 0x1.0000000000001p-1 + 0x1.5555555555556p-3 * r
    let p23 = 0x1.5555555553d63p-5 + 0x1.11111111109b3p-7 * r
    let p45 = 0x1.6c16c1788bd90p-10 + 0x1.a01a01a7c41d5p-13 * r
    let p67 = 0x1.a019b90d2ae7ap-16 + 0x1.71de0dae63bb3p-19 * r
    let p89 = 0x1.289185613a3d6p-22 + 0x1.af38a9b0ec855p-26 * r
    let low = p01 + p23 * r2
    let high = (p45 + p67 * r2) + p89 * r4
    let p = low + high * r4
    let e = 1 + (r + r2 * p)
    // Bits below the exponent's twelve are pushed out by the shift.
    let bits = t.bitPattern
    let half = bits &>> 1
    let first = Double(bitPattern: (half &+ 1023) &<< 52)
    let second = Double(bitPattern: (bits &- half &+ 1023) &<< 52)
    return (e * first) * second
  }

  /// 1 / (1 + exp(−x)), right to an ulp or two at both ends.
  @inline(__always)
  package static func logistic(_ x: Double) -> Double {
    let e = exp(-abs(x))
    let small = e / (1 + e)
    return x < 0 ? small : 1 - small
  }
}
