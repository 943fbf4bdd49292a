// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns scheduled nodes into instructions and gives each value a slot of the block's memory; slots are
/// used again once their value is no longer needed, so that a block stays in cache.
struct SlotAllocator {
  private let nodes: [ExpressionGraph.Node]
  private var remainingUses: [Int32]
  private var slots: [Int32]
  private var free: [Int32] = []
  private(set) var slotCount = 0
  private(set) var instructions: [Instruction] = []

  /// - Parameter kept: nodes whose values must be there when the block is done.
  init(_ graph: ExpressionGraph, kept: [Int], checks: [Int] = []) {
    nodes = graph.nodes
    remainingUses = Array(repeating: 0, count: nodes.count)
    slots = Array(repeating: -1, count: nodes.count)
    let order = Schedule(graph, kept: kept + checks).order
    for node in order {
      for operand in nodes[node].operands { remainingUses[operand] += 1 }
    }
    for node in kept { remainingUses[node] += 1 }
    instructions.reserveCapacity(order.count)
    for node in order { emit(node) }
  }

  func operand(_ node: Int) -> Operand {
    if case .constant(let bits) = nodes[node] { return .constant(Double(bitPattern: bits)) }
    precondition(slots[node] >= 0, "node \(node) has no slot")
    return .slot(Int(slots[node]))
  }

  private mutating func emit(_ node: Int) {
    switch nodes[node] {
    case .constant: return
    case .draw(let draw):
      instructions.append(.sample(draw, into: claim(node)))
    case .score(let score):
      instructions.append(.score(score, into: claim(node)))
    case .quantile(let draw, let a):
      let x = operand(a)
      // The kernel reads scores while it writes draws: another slot.
      let target = claim(node)
      release(node)
      instructions.append(.quantile(draw, x, into: target))
    case .check(let check, let a):
      let x = operand(a)
      release(node)
      instructions.append(.check(check, x))
    case .lookup(let table, let column, let a):
      let row = operand(a)
      release(node)
      instructions.append(.lookup(table: table, column: column, row, into: claim(node)))
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
    case .binomial(let a, let b, let c):
      let x = operand(a)
      let y = operand(b)
      let z = operand(c)
      release(node)
      instructions.append(.binomial(x, y, z, into: claim(node)))
    }
  }

  /// Gives back the slots of operands that no later node reads. An instruction may write over its own
  /// operand: element i is read before it is written.
  private mutating func release(_ node: Int) {
    for operand in nodes[node].operands {
      remainingUses[operand] -= 1
      if remainingUses[operand] == 0, slots[operand] >= 0 { free.append(slots[operand]) }
    }
  }

  private mutating func claim(_ node: Int) -> Int {
    let slot: Int32
    if let reused = free.popLast() {
      slot = reused
    } else {
      slot = Int32(slotCount)
      slotCount += 1
    }
    slots[node] = slot
    return Int(slot)
  }
}
