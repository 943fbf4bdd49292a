// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Expression {
  /// The value of a formula without names, by the same code that runs models; `nil` when there are
  /// names. May be infinite or NaN.
  public var constantValue: Double? {
    guard names.isEmpty else { return nil }
    var compiler = GraphCompiler(Model(parameters: [], variables: [], outputs: []))
    let node = compiler.compile(self, GraphCompiler.Scope(owner: ""))
    // Only a choice by a NaN condition is left unfolded.
    return compiler.graph.constantValue(node) ?? .nan
  }
}
