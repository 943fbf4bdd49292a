// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CKernels

/// Which form of the kernels runs. All give the same bits.
package enum VectorPath: String, Sendable, CaseIterable {
  /// Swift, for the instruction set the program was built for: the reference.
  case portable
  /// C with AVX2, on processors that have it.
  case avx2
  /// The same, and C with AVX-512 for most of them.
  case avx512

  /// The fastest form this processor can run.
  package static let best = available[available.count - 1]

  /// The forms this processor can run, slowest first.
  package static let available: [VectorPath] =
    !utfall_has_avx2() ? [.portable] : utfall_has_avx512() ? allCases : [.portable, .avx2]
}
