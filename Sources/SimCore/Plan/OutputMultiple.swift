// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// An output that is another one times a positive constant, as totals of a population are.
///
/// Rounded multiplication by a positive constant never changes the order of two values, so order
/// statistics of the product are the products of order statistics, bit for bit: they are sought once.
struct OutputMultiple: Sendable, Hashable {
  /// Index of an output that is not a multiple itself.
  let source: Int
  let factor: Double

  /// For each output node, the multiple it is; `nil` for outputs that stand for themselves.
  static func find(_ outputs: [Int], in graph: ExpressionGraph) -> [OutputMultiple?] {
    var found: [OutputMultiple?] = []
    for (index, node) in outputs.enumerated() {
      let sources = outputs[..<index]
      if let same = sources.firstIndex(of: node) {
        found.append(found[same] ?? OutputMultiple(source: same, factor: 1))
      } else if let (factor, operand) = product(node, graph),
        let source = sources.firstIndex(of: operand), found[source] == nil
      {
        found.append(OutputMultiple(source: source, factor: factor))
      } else {
        found.append(nil)
      }
    }
    return found
  }

  /// The constant and the other operand of a product with a positive constant.
  private static func product(_ node: Int, _ graph: ExpressionGraph) -> (Double, Int)? {
    guard case .binary(.multiply, let a, let b) = graph.nodes[node] else { return nil }
    if let factor = graph.constantValue(a), factor > 0 { return (factor, b) }
    if let factor = graph.constantValue(b), factor > 0 { return (factor, a) }
    return nil
  }
}
