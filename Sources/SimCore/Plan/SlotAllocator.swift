// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Orders the nodes of a graph as instructions and gives each a slot of the block's memory; slots are
/// used again once their value is no longer needed, so that a block stays in cache.
struct SlotAllocator {
  private let nodes: [ExpressionGraph.Node]
  private var remainingUses: [Int]
  private var slots: [Int?]
  private var free: [Int] = []
  private(set) var slotCount = 0
  private(set) var instructions: [Instruction] = []
  /// Model parameters that are drawn by themselves, in the order of their instructions.
  private(set) var sampledParameters: [Int] = []
  /// Node of every member, by group; a group is drawn whole as soon as one member is needed.
  private let groups: [[Int]]
  private(set) var sampledGroups: [Int] = []

  /// - Parameters:
  ///   - kept: nodes whose values must be there when the block is done.
  ///   - groups: nodes of the members of every correlation group.
  init(_ graph: ExpressionGraph, kept: [Int], groups: [[Int]] = []) {
    nodes = graph.nodes
    self.groups = groups
    remainingUses = Array(repeating: 0, count: nodes.count)
    slots = Array(repeating: nil, count: nodes.count)
    var reached = [Bool](repeating: false, count: nodes.count)
    var pending = kept
    while let node = pending.popLast() {
      if reached[node] { continue }
      reached[node] = true
      for operand in Self.operands(nodes[node]) {
        remainingUses[operand] += 1
        pending.append(operand)
      }
    }
    for node in kept { remainingUses[node] += 1 }
    // Nodes are in the order in which they were compiled, operands before their users.
    for node in nodes.indices where reached[node] { emit(node) }
  }

  func operand(_ node: Int) -> Operand {
    if case .constant(let bits) = nodes[node] { return .constant(Double(bitPattern: bits)) }
    guard let slot = slots[node] else { preconditionFailure("node \(node) has no slot") }
    return .slot(slot)
  }

  private static func operands(_ node: ExpressionGraph.Node) -> [Int] {
    switch node {
    case .constant, .parameter: []
    case .unary(_, let a): [a]
    case .binary(_, let a, let b): [a, b]
    case .select(let a, let b, let c): [a, b, c]
    }
  }

  private mutating func emit(_ node: Int) {
    switch nodes[node] {
    case .constant:
      return
    case .parameter where slots[node] != nil:
      return
    case .parameter where groups.contains { $0.contains(node) }:
      emitGroup(of: node)
    case .parameter(let parameter):
      sampledParameters.append(parameter)
      instructions.append(.sample(parameter: sampledParameters.count - 1, into: claim(node)))
    case .unary(let opcode, let a):
      let x = operand(a)
      release(node)
      instructions.append(.unary(opcode, x, into: claim(node)))
    case .binary(let opcode, let a, let b):
      let x = operand(a)
      let y = operand(b)
      release(node)
      instructions.append(.binary(opcode, x, y, into: claim(node)))
    case .select(let a, let b, let c):
      let x = operand(a)
      let y = operand(b)
      let z = operand(c)
      release(node)
      instructions.append(.select(x, y, z, into: claim(node)))
    }
  }

  private mutating func emitGroup(of node: Int) {
    guard let group = groups.firstIndex(where: { $0.contains(node) }) else { return }
    sampledGroups.append(group)
    let targets = groups[group].map { claim($0) }
    instructions.append(.sampleGroup(sampledGroups.count - 1, into: targets))
    // Members that nothing reads give their slots back at once.
    for member in groups[group] where remainingUses[member] == 0 {
      if let slot = slots[member] { free.append(slot) }
    }
  }

  /// Gives back the slots of operands that no later node reads. An instruction may write over its own
  /// operand: element i is read before it is written.
  private mutating func release(_ node: Int) {
    for operand in Self.operands(nodes[node]) {
      remainingUses[operand] -= 1
      if remainingUses[operand] == 0, let slot = slots[operand] { free.append(slot) }
    }
  }

  private mutating func claim(_ node: Int) -> Int {
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
    } else {
      slot = slotCount
      slotCount += 1
    }
    slots[node] = slot
    return slot
  }
}
