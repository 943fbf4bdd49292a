// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The order in which a plan computes the nodes that are needed.
///
/// Nodes come in the order in which formulas were compiled, except that a node which frees as many
/// values as it makes is taken as soon as it can be: a sum over a dimension then takes up each value when
/// it is made, and a block's live values stay few.
struct Schedule {
  private let nodes: [ExpressionGraph.Node]
  private(set) var order: [Int] = []
  /// Uses of each node's value that are still to come.
  private var remainingUses: [Int32]
  /// Operands of each node that are still to be computed.
  private var missing: [Int32]
  private var users: [[Int32]]
  private var isNeeded: [Bool]
  private var isDone: [Bool]

  /// - Parameter kept: nodes whose values must be there when the block is done.
  init(_ graph: ExpressionGraph, kept: [Int]) {
    nodes = graph.nodes
    remainingUses = Array(repeating: 0, count: nodes.count)
    missing = Array(repeating: 0, count: nodes.count)
    users = Array(repeating: [], count: nodes.count)
    isNeeded = Array(repeating: false, count: nodes.count)
    isDone = Array(repeating: false, count: nodes.count)
    var pending = kept
    while let node = pending.popLast() {
      if isNeeded[node] { continue }
      isNeeded[node] = true
      pending.append(contentsOf: nodes[node].operands)
    }
    for node in nodes.indices where isNeeded[node] {
      for operand in nodes[node].operands where !nodes[operand].isConstant {
        remainingUses[operand] += 1
        missing[node] += 1
        users[operand].append(Int32(node))
      }
    }
    for node in kept { remainingUses[node] += 1 }
    for node in nodes.indices where isNeeded[node] && !nodes[node].isConstant {
      var waiting = [node]
      while let next = waiting.popLast() {
        if isDone[next] { continue }
        waiting.append(contentsOf: take(next).reversed())
      }
    }
  }

  /// Schedules a node.
  ///
  /// - Returns: nodes that can be computed now without more values being alive, ascending.
  private mutating func take(_ node: Int) -> [Int] {
    order.append(node)
    isDone[node] = true
    var candidates: Set<Int> = []
    for user in users[node] {
      missing[Int(user)] -= 1
      candidates.insert(Int(user))
    }
    for operand in nodes[node].operands where !nodes[operand].isConstant {
      remainingUses[operand] -= 1
      // Its last reader now frees it.
      if remainingUses[operand] == 1 {
        for user in users[operand] where !isDone[Int(user)] { candidates.insert(Int(user)) }
      }
    }
    return candidates.filter { !isDone[$0] && missing[$0] == 0 && frees($0) }.sorted()
  }

  /// Whether computing a node frees at least as many values as it makes.
  private func frees(_ node: Int) -> Bool {
    if case .check = nodes[node] { return true }
    let operands = nodes[node].operands
    return operands.contains { operand in
      !nodes[operand].isConstant
        && Int(remainingUses[operand]) == operands.count { $0 == operand }
    }
  }
}
