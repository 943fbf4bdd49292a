// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension ExpressionGraph.Node {
  /// The nodes it reads; one that is read twice appears twice.
  var operands: [Int] {
    switch self {
    case .constant, .draw, .score: []
    case .unary(_, let a), .quantile(_, let a), .check(_, let a), .lookup(_, _, let a): [a]
    case .binary(_, let a, let b): [a, b]
    case .select(let a, let b, let c), .binomial(let a, let b, let c): [a, b, c]
    }
  }

  var isConstant: Bool {
    if case .constant = self { true } else { false }
  }
}
