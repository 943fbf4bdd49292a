// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The highest point of a function with one top, without derivatives.
enum GoldenSection {
  /// Numerics: right to about 1e-8 of the interval, as flat tops allow no more.
  static func maximum(from low: Double, to high: Double, _ f: (Double) -> Double) -> Double {
    let ratio = 0.6180339887498949
    var a = low
    var b = high
    var x = b - ratio * (b - a)
    var y = a + ratio * (b - a)
    var fx = f(x)
    var fy = f(y)
    for _ in 0..<80 {
      if fx >= fy {
        (b, y, fy) = (y, x, fx)
        x = b - ratio * (b - a)
        fx = f(x)
      } else {
        (a, x, fx) = (x, y, fy)
        y = a + ratio * (b - a)
        fy = f(y)
      }
    }
    return fx >= fy ? x : y
  }
}
