// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

extension Expression {
  /// The names a formula uses, in order of appearance, each once.
  public var names: [String] {
    var seen: Set<String> = []
    var ordered: [String] = []
    collect(&seen, &ordered)
    return ordered
  }

  private func collect(_ seen: inout Set<String>, _ ordered: inout [String]) {
    switch self {
    case .number: break
    case .name(let name, _):
      if seen.insert(name).inserted { ordered.append(name) }
    case .unary(_, let a):
      a.collect(&seen, &ordered)
    case .binary(_, let a, let b):
      a.collect(&seen, &ordered)
      b.collect(&seen, &ordered)
    case .call(_, let arguments):
      for argument in arguments { argument.collect(&seen, &ordered) }
    }
  }
}
