// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the known name that a mistyped one most likely stands for.
enum NearestName {
  /// The closest candidate, or `nil` when none is close enough to be worth suggesting.
  ///
  /// Two names are close when a third of the letters, at least one, would have to change. Ties go to
  /// the first candidate. Case does not count.
  static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    guard wanted.count <= 100 else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars)
      let worst = best.map { $0.distance - 1 } ?? limit
      guard abs(other.count - wanted.count) <= worst else { continue }
      let distance = editDistance(wanted, other)
      if distance <= worst { best = (candidate, distance) }
    }
    return best?.name
  }

  /// ``Did you mean `name`?``, or nothing.
  static func question(_ name: String, among candidates: some Sequence<String>) -> String {
    of(name, among: candidates).map { "Did you mean \(Excerpt.quoted($0))?" } ?? ""
  }

  /// Insertions, deletions, substitutions and swaps of neighbours.
  private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      for j in 1...b.count {
        let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        var cost = min(change, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
