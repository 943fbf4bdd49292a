// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The formulas of a model as one graph without repetition: equal sub-expressions are one node,
/// constants are folded.
struct ExpressionGraph {
  enum Node: Hashable {
    case constant(bits: UInt64)
    /// A draw of its own: index into the plan's draws.
    case draw(Int)
    /// The independent standard normal score of a correlated parameter: index into the plan's scores.
    case score(Int)
    /// The draw whose standard normal score is the second node.
    case quantile(draw: Int, score: Int)
    /// No value: stops the run when the node is below zero. Index into the plan's checks.
    case check(Int, node: Int)
    /// The value of a column of a row table at a row given by a node.
    case lookup(table: Int, column: Int, row: Int)
    case unary(Opcode, Int)
    case binary(Opcode, Int, Int)
    case select(Int, Int, Int)
    /// The quantile of a binomial at the first node.
    case binomial(Int, trials: Int, probability: Int)
  }

  private(set) var nodes: [Node] = []
  private var indices: [Node: Int] = [:]

  mutating func add(_ node: Node) -> Int {
    let simple = simplified(node)
    if case .existing(let index) = simple { return index }
    guard case .node(let node) = simple else { preconditionFailure("simplification gives a node") }
    if let known = indices[node] { return known }
    nodes.append(node)
    indices[node] = nodes.count - 1
    return nodes.count - 1
  }

  mutating func constant(_ value: Double) -> Int { add(.constant(bits: value.bitPattern)) }

  func constantValue(_ index: Int) -> Double? {
    if case .constant(let bits) = nodes[index] { return Double(bitPattern: bits) }
    return nil
  }

  private enum Simplified {
    case existing(Int)
    case node(Node)
  }

  /// Folds constants and the few identities that change no bit of a finite result.
  private func simplified(_ node: Node) -> Simplified {
    switch node {
    case .constant, .draw, .score, .quantile, .check, .lookup:
      return .node(node)
    case .unary(let opcode, let a):
      guard let x = constantValue(a) else { return .node(node) }
      return .node(.constant(bits: BlockKernels.scalar(opcode, x).bitPattern))
    case .binary(let opcode, let a, let b):
      switch (opcode, constantValue(a), constantValue(b)) {
      case (_, let x?, let y?):
        return .node(.constant(bits: BlockKernels.scalar(opcode, x, y).bitPattern))
      case (.multiply, 1?, nil): return .existing(b)
      case (.multiply, nil, 1?), (.divide, nil, 1?), (.power, nil, 1?): return .existing(a)
      case (.power, nil, 2?): return .node(.binary(.multiply, a, a))
      default: return .node(node)
      }
    case .select(let condition, let then, let otherwise):
      guard let c = constantValue(condition) else { return .node(node) }
      if c.isNaN { return .node(.constant(bits: Double.nan.bitPattern)) }
      return .existing(c != 0 ? then : otherwise)
    case .binomial(let u, let trials, let probability):
      guard let u = constantValue(u), let n = constantValue(trials),
        let p = constantValue(probability)
      else { return .node(node) }
      let x = PerDrawInverse.binomial(u: u, trials: n, probability: p)
      return .node(.constant(bits: x.bitPattern))
    }
  }
}
