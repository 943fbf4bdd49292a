// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// Where a class of points changes along one parameter: which strategy is best, or the sign of an output.
///
/// A scan of evenly spaced points finds every pair of neighbours of different classes; between them the same
/// scan goes on until no double lies between. All changes that are wider apart than the scan's step are
/// found, also where the model is not monotone.
struct ThresholdSearch {
  /// A change from the class `from` below `value` to the class `to` above it.
  struct Change: Equatable {
    let value: Double
    let from: Int
    let to: Int
  }

  /// Points of one scan: a block of the engine, less one.
  static let steps = 1023

  /// The class of each point, negative where it has none, and how far it is from the change.
  typealias Classes = (_ values: [Double]) -> [(kind: Int, distance: Double)]

  /// Every change between two numbers.
  static func changes(from low: Double, to high: Double, _ classes: Classes) -> [Change] {
    let points = grid(low, high)
    let found = classes(points)
    var changes: [Change] = []
    for i in points.indices.dropFirst() {
      let (a, b) = (found[i - 1], found[i])
      if a.kind < 0 || b.kind < 0 || a.kind == b.kind { continue }
      changes.append(narrow((points[i - 1], a), (points[i], b), classes))
    }
    return changes
  }

  private typealias End = (value: Double, point: (kind: Int, distance: Double))

  private static func narrow(_ low: End, _ high: End, _ classes: Classes) -> Change {
    var (low, high) = (low, high)
    while low.value.nextUp < high.value {
      let points = grid(low.value, high.value)
      let found = classes(points)
      // A point without a class inside would hide the change: the bracket stays as it is.
      guard found.allSatisfy({ $0.kind >= 0 }),
        let i = points.indices.dropFirst().first(where: { found[$0].kind != found[$0 - 1].kind })
      else { break }
      let (a, b) = ((points[i - 1], found[i - 1]), (points[i], found[i]))
      if a.0 <= low.value && b.0 >= high.value { break }
      (low, high) = (a, b)
    }
    let value = high.point.distance < low.point.distance ? high.value : low.value
    return Change(value: value, from: low.point.kind, to: high.point.kind)
  }

  /// Ascending, without repetition, both ends exact.
  static func grid(_ low: Double, _ high: Double) -> [Double] {
    var points = [low]
    for step in 1...steps {
      let x =
        step == steps ? high : low + (high - low) * (Double(step) / Double(steps))
      if x > points[points.count - 1] { points.append(x) }
    }
    return points
  }
}
