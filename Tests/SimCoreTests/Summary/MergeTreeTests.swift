// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Shows how it was merged.
private struct Bracket: Mergeable, Equatable {
  var text: String
  static func merge(_ left: Bracket, _ right: Bracket) -> Bracket {
    Bracket(text: "(\(left.text) \(right.text))")
  }
}

@Suite struct MergeTreeTests {
  private static func brackets(_ positions: [Int]) -> MergeTree<Bracket> {
    var tree = MergeTree<Bracket>()
    for position in positions { tree.insert(Bracket(text: "\(position)"), at: position) }
    return tree
  }

  @Test(
    arguments: [
      ([], nil), ([0], "0"), ([0, 1], "(0 1)"), ([0, 1, 2], "((0 1) 2)"),
      ([0, 1, 2, 3, 4, 5, 6], "(((0 1) (2 3)) ((4 5) 6))"),
      ([1, 2], "(1 2)"), ([1, 2, 3, 8], "(1 ((2 3) 8))"),
    ] as [([Int], String?)])
  func shape(positions: [Int], expected: String?) {
    #expect(Self.brackets(positions).reduced()?.text == expected)
    #expect(Self.brackets(positions.reversed()).reduced()?.text == expected)
  }

  /// Every order of inserting five positions, some of them not neighbours.
  @Test func everyOrder() {
    let positions = [0, 1, 3, 4, 5]
    let expected = Self.brackets(positions)
    var orders = 0
    func permute(_ chosen: [Int], _ rest: [Int]) {
      if rest.isEmpty {
        #expect(Self.brackets(chosen) == expected, "\(chosen)")
        orders += 1
      }
      for next in rest { permute(chosen + [next], rest.filter { $0 != next }) }
    }
    permute([], positions)
    #expect(orders == 120)
  }

  /// Blocks of random sizes and values that make rounding visible.
  private static func blocks(_ count: Int, seed: UInt64) -> [Moments] {
    var random = SummaryRandom(state: seed)
    return (0..<count).map { _ in
      let values = (0..<Int.random(in: 1...9, using: &random)).map { _ in random.skewed() }
      return MomentsTests.moments(values)
    }
  }

  /// Positions split among workers in chunks, inserted in any order, absorbed in any order.
  @Test(arguments: [1, 2, 3, 5, 7, 8, 63, 64, 100, 511, 1000], [1, 2, 3, 5, 8])
  func anySplitGivesTheSameBits(count: Int, workers: Int) throws {
    let blocks = Self.blocks(count, seed: 3)
    var plain = MergeTree<Moments>()
    for (position, block) in blocks.enumerated() { plain.insert(block, at: position) }
    #expect(plain.covers(exactly: 0..<count) && plain.positionCount == count)
    let expected = try #require(plain.reduced())

    var random = SummaryRandom(state: UInt64(count * 10 + workers))
    for round in 0..<20 {
      let chunk = Int.random(in: 1...20, using: &random)
      var trees = Array(repeating: MergeTree<Moments>(), count: workers)
      var order = Array(stride(from: 0, to: count, by: chunk))
      if round % 2 == 1 { order.shuffle(using: &random) }
      for start in order {
        let worker = Int.random(in: 0..<workers, using: &random)
        var inside = Array(start..<min(start + chunk, count))
        if round % 4 == 3 { inside.shuffle(using: &random) }
        for position in inside { trees[worker].insert(blocks[position], at: position) }
      }
      trees.shuffle(using: &random)
      var all = MergeTree<Moments>()
      for tree in trees { all.absorb(tree) }
      #expect(all == plain, "count \(count), workers \(workers), round \(round)")
      #expect(all.reduced() == expected, "count \(count), workers \(workers), round \(round)")
    }
  }

  /// Positions with gaps, as in a run that was cut off.
  @Test func gaps() {
    let blocks = Self.blocks(300, seed: 5)
    var random = SummaryRandom(state: 9)
    for _ in 0..<50 {
      let present = (0..<300).filter { _ in random.uniform() < 0.7 }
      var first = MergeTree<Moments>()
      for position in present { first.insert(blocks[position], at: position) }
      var second = MergeTree<Moments>()
      for position in present.shuffled(using: &random) {
        second.insert(blocks[position], at: position)
      }
      #expect(first == second)
      #expect(first.reduced() == second.reduced())
      #expect(first.positionCount == present.count)
    }
  }

  /// What is where matters: the test above would be empty if merging were exact.
  @Test func exchangedBlocksChangeTheBits() throws {
    let blocks = Self.blocks(64, seed: 7)
    func result(_ blocks: [Moments]) -> Moments? {
      var tree = MergeTree<Moments>()
      for (position, block) in blocks.enumerated() { tree.insert(block, at: position) }
      return tree.reduced()
    }
    let expected = try #require(result(blocks))
    var changed = 0
    for i in 0..<63 {
      var swapped = blocks
      swapped.swapAt(i, (i + 21) % 64)
      if result(swapped) != expected { changed += 1 }
    }
    #expect(changed > 20)
  }

  @Test func contiguousInsertionKeepsFewRoots() {
    var tree = MergeTree<Bracket>()
    for position in 0..<1023 {
      tree.insert(Bracket(text: ""), at: position)
      #expect(tree.roots.count == (position + 1).nonzeroBitCount)
    }
  }

  @Test func storedRootsComeBack() {
    var tree = Self.brackets([0, 1, 2, 4, 5, 6, 7])
    #expect(tree.roots.map(\.level) == [1, 0, 2])
    var again = MergeTree<Bracket>()
    for root in tree.roots.reversed() { again.insert(root) }
    #expect(again == tree)
    again.insert(Bracket(text: "3"), at: 3)
    tree.insert(Bracket(text: "3"), at: 3)
    #expect(again == tree && again.covers(exactly: 0..<8))
    #expect(!again.covers(exactly: 0..<9) && !again.covers(exactly: 1..<8))
  }

  @Test func positionsTwiceTrap() async {
    await #expect(processExitsWith: .failure) {
      var tree = MergeTree<Moments>()
      for position in 0..<4 { tree.insert(.empty, at: position) }
      tree.insert(.empty, at: 2)
    }
    await #expect(processExitsWith: .failure) {
      var (left, right) = (MergeTree<Moments>(), MergeTree<Moments>())
      for position in 0..<4 { left.insert(.empty, at: position) }
      right.insert(.empty, at: 3)
      left.absorb(right)
    }
    await #expect(processExitsWith: .failure) {
      var tree = MergeTree<Moments>()
      tree.insert(.empty, at: -1)
    }
  }
}
