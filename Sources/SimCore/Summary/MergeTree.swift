// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Summaries of blocks, merged along one fixed binary tree over block positions.
///
/// ```
/// level 2   [        0 … 3        ]  [        4 … 7        ]
/// level 1   [  0, 1  ]  [  2, 3   ]  [  4, 5  ]  [  6, 7   ]
/// level 0   [ 0 ] [ 1 ] [ 2 ] [ 3 ]  [ 4 ] [ 5 ] [ 6 ] [ 7 ]
/// ```
/// The node j at level k covers positions j·2ᵏ ..< (j + 1)·2ᵏ and is always `merge(node 2j, node
/// 2j + 1)` of level k − 1. The tree keeps only its roots: the largest nodes whose positions are
/// all present.
///
/// Invariant: roots are sorted, disjoint, and no two of them are siblings. Hence the set of
/// positions alone determines which roots there are, and the blocks alone determine their values.
///
/// Reproducibility: any split of the same positions among workers and shards, inserted and
/// absorbed in any order, gives the same bits.
///
/// Complexity: inserting contiguous positions costs amortised O(1) merges and keeps O(log n)
/// roots. An insertion between others moves the roots behind it. Absorbing costs O(roots of
/// both).
package struct MergeTree<Node: Mergeable>: Sendable {
  /// A node together with its place.
  package struct Root: Sendable {
    /// It covers 2^level positions.
    package let level: Int
    /// Its number within the level.
    package let index: Int
    package let node: Node

    /// - Precondition: 0 ≤ level < 62, index ≥ 0, and the last position fits an `Int`.
    package init(level: Int, index: Int, node: Node) {
      precondition(
        (0..<62).contains(level) && index >= 0 && index < Int.max >> level,
        "no node \(index) at level \(level)")
      self.level = level
      self.index = index
      self.node = node
    }

    /// The positions it covers.
    package var positions: Range<Int> { index << level..<(index + 1) << level }
  }

  /// Maximal complete nodes in order of position.
  package private(set) var roots: [Root] = []

  package init() {}

  /// How many positions are present.
  package var positionCount: Int { roots.reduce(0) { $0 + $1.positions.count } }

  /// Whether these positions are present and no others.
  package func covers(exactly positions: Range<Int>) -> Bool {
    var next = positions.lowerBound
    for root in roots {
      if root.positions.lowerBound != next { return false }
      next = root.positions.upperBound
    }
    return next == positions.upperBound
  }

  /// Adds the summary of the block at `position`.
  ///
  /// - Precondition: `position` is not negative and not yet present.
  package mutating func insert(_ node: Node, at position: Int) {
    insert(Root(level: 0, index: position, node: node))
  }

  /// Adds a node that covers an aligned range of positions: one that was stored, or came from
  /// elsewhere.
  ///
  /// - Precondition: none of its positions is present yet.
  package mutating func insert(_ root: Root) {
    let place = insertionPoint(root.positions.lowerBound)
    precondition(
      (place == 0 || roots[place - 1].positions.upperBound <= root.positions.lowerBound)
        && (place == roots.count || root.positions.upperBound <= roots[place].positions.lowerBound),
      "positions \(root.positions) are present already")
    roots.insert(root, at: place)
    var at = place
    // A new parent may complete a pair one level up, on either side.
    while true {
      if at + 1 < roots.count, let parent = Self.parent(roots[at], roots[at + 1]) {
        roots[at] = parent
        roots.remove(at: at + 1)
      } else if at > 0, let parent = Self.parent(roots[at - 1], roots[at]) {
        roots[at - 1] = parent
        roots.remove(at: at)
        at -= 1
      } else {
        return
      }
    }
  }

  /// Adds all positions of another tree.
  ///
  /// - Precondition: the two have no position in common.
  package mutating func absorb(_ other: MergeTree) {
    let mine = roots
    let theirs = other.roots
    roots.removeAll(keepingCapacity: true)
    var (i, j) = (0, 0)
    while i < mine.count || j < theirs.count {
      let takeMine =
        j == theirs.count
        || i < mine.count && mine[i].positions.lowerBound < theirs[j].positions.lowerBound
      append(takeMine ? mine[i] : theirs[j])
      if takeMine { i += 1 } else { j += 1 }
    }
  }

  /// The summary of all positions present; `nil` when there are none.
  ///
  /// Roots are folded from the right: for positions 0 ..< n that is the tree with its missing
  /// right part left out. The bracketing depends only on which positions are present.
  package func reduced() -> Node? {
    guard var result = roots.last?.node else { return nil }
    for root in roots.dropLast().reversed() { result = Node.merge(root.node, result) }
    return result
  }

  /// Adds a root behind all others and merges upwards.
  private mutating func append(_ root: Root) {
    precondition(
      roots.isEmpty || roots[roots.count - 1].positions.upperBound <= root.positions.lowerBound,
      "positions \(root.positions) are present already")
    var root = root
    while let last = roots.last, let parent = Self.parent(last, root) {
      roots.removeLast()
      root = parent
    }
    roots.append(root)
  }

  /// Index of the first root at or behind `position`; appending is found at once.
  private func insertionPoint(_ position: Int) -> Int {
    if let last = roots.last, position < last.positions.lowerBound {
      var (low, high) = (0, roots.count)
      while low < high {
        let middle = (low + high) / 2
        if roots[middle].positions.lowerBound < position { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return roots.last?.positions.lowerBound == position ? roots.count - 1 : roots.count
  }

  /// The parent when the two are siblings, left then right.
  private static func parent(_ left: Root, _ right: Root) -> Root? {
    guard left.level == right.level, left.index & 1 == 0, right.index == left.index + 1 else {
      return nil
    }
    return Root(
      level: left.level + 1, index: left.index / 2, node: Node.merge(left.node, right.node))
  }
}

extension MergeTree: Equatable where Node: Equatable {}
extension MergeTree.Root: Equatable where Node: Equatable {}
