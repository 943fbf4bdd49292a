// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the words of one parameter come from under a sampling method. The choice is made once for each
/// block.
///
/// Every word stands for a uniform u = ((w >> 12) + ½) · 2⁻⁵². Words depend on the iteration alone, not
/// on the blocks asked for before.
package enum UniformSource: Sendable {
  case independent(UniformStream)
  case antithetic(UniformStream)
  case latinHypercube(LatinHypercube)
  case sobol(SobolSource)
  case held(HeldStream)
  /// By label; the last for all further ones.
  case fixed(words: [UInt64])

  /// Iterations after which all sources are again where they begin.
  package static let alignment = 2 * Replication.standardCount

  /// Words of iterations `first ..< first + words.count`. With an odd number of iterations the last word
  /// belongs to none and is arbitrary.
  ///
  /// Second and further draws of an iteration are those of `random`, in mirrored pairs for `antithetic`.
  ///
  /// - Precondition: `first` is a multiple of `alignment`, `words.count` even and at most a block.
  package func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32 = 0, draw: UInt32 = 0
  ) {
    precondition(first % Self.alignment == 0, "iterations from \(first)")
    switch self {
    case .independent(let stream):
      stream.fill(words, first: first, label: label, draw: draw)
    case .antithetic(let stream):
      stream.fill(words, first: first, label: label, draw: draw)
      // The complement of a word stands for 1 − u, exactly.
      for i in stride(from: 1, to: words.count, by: 2) { words[i] = ~words[i - 1] }
    case .latinHypercube(let hypercube):
      hypercube.fill(words, first: first, label: label, draw: draw)
    case .sobol(let sobol):
      sobol.fill(words, first: first, label: label, draw: draw)
    case .held(let held):
      held.fill(words, first: first, label: label, draw: draw)
    case .fixed(let all): words.update(repeating: all[min(Int(label), all.count - 1)])
    }
  }
}
