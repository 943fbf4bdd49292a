// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Roots of rising functions, for fits that have no closed form.
enum RootFinder {
  /// The x in [low, high] where the rising function `f` passes 0.
  ///
  /// Numerics: Brent's method; ends when the bracket holds no further double or `f` is 0. The end with
  /// the smaller value is returned when `f` does not change sign.
  ///
  /// Source: Brent (1973), "Algorithms for minimization without derivatives", chapter 4.
  static func root(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
    var a = low
    var b = high
    var fa = f(a)
    var fb = f(b)
    if fa >= 0 { return a }
    if fb <= 0 { return b }
    var c = a
    var fc = fa
    var width = b - a
    var last = width
    for _ in 0..<300 {
      if abs(fc) < abs(fb) {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let tolerance = b.ulp
      let middle = 0.5 * (c - b)
      if abs(middle) <= tolerance || fb == 0 { return b }
      if abs(last) >= tolerance && abs(fa) > abs(fb) {
        let s = fb / fa
        var p: Double
        var q: Double
        if a == c {
          p = 2 * middle * s
          q = 1 - s
        } else {
          let r = fa / fc
          let t = fb / fc
          p = s * (2 * middle * r * (r - t) - (b - a) * (t - 1))
          q = (r - 1) * (t - 1) * (s - 1)
        }
        if p > 0 { q = -q }
        p = abs(p)
        if 2 * p < min(3 * middle * q - abs(tolerance * q), abs(last * q)) {
          last = width
          width = p / q
        } else {
          width = middle
          last = width
        }
      } else {
        width = middle
        last = width
      }
      a = b
      fa = fb
      b += abs(width) > tolerance ? width : (middle > 0 ? tolerance : -tolerance)
      fb = f(b)
      if (fb > 0) == (fc > 0) {
        c = a
        fc = fa
        width = b - a
        last = width
      }
    }
    return b
  }
}
