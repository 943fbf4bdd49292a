// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The standard normal curve, for corrections and coordinates.
enum StandardNormal {
  static func density(_ z: Double) -> Double {
    0.3989422804014327 * Double.exp(-0.5 * z * z)
  }

  static func cumulative(_ z: Double) -> Double {
    0.5 * Double.erfc(-z * 0.7071067811865476)
  }

  /// A normal score of a probability in (0, 1), within 4.5e-4: a coordinate to put splines on, in which
  /// small errors are a matter of taste.
  ///
  /// Source: Abramowitz and Stegun (1964), 26.2.23.
  static func score(_ p: Double) -> Double {
    let t = (-2 * Double.log(min(p, 1 - p))).squareRoot()
    let top = 2.515517 + t * (0.802853 + t * 0.010328)
    let bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return p < 0.5 ? top / bottom - t : t - top / bottom
  }
}
