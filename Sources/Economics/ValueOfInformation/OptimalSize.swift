// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The sample size with the highest expected net benefit of sampling, with the sizes that Monte Carlo error
/// leaves open.
///
/// ```
/// open: ENBS(best) − ENBS(n) ≤ 1.96 (mcse(best) + mcse(n))
/// ```
/// The errors of two sizes come from the same draws. Their sum is never below the error of the difference,
/// however they go together, so that the sizes left out are out. Size 0 is no study: ENBS 0, known.
public struct OptimalSize: Sendable, Hashable {
  /// 0 where no study is worth its cost.
  public let sampleSize: Int
  public let enbs: Double
  public let mcse: Double
  /// The smallest and the largest size that may be the best one.
  public let open: ClosedRange<Int>

  /// - Parameter estimates: of one study, method and willingness to pay.
  public init(_ estimates: [ENBSEstimate]) {
    var candidates = estimates.map { (size: $0.evsi.sampleSize, enbs: $0.enbs, mcse: $0.mcse) }
    candidates.append((0, 0, 0))
    var best = (size: 0, enbs: 0.0, mcse: 0.0)
    for candidate in candidates where candidate.enbs > best.enbs { best = candidate }
    sampleSize = best.size
    enbs = best.enbs
    mcse = best.mcse
    let open = candidates.filter { Self.isOpen(best.enbs - $0.enbs, best.mcse + $0.mcse) }
      .map(\.size)
    self.open = (open.min() ?? best.size)...(open.max() ?? best.size)
  }

  /// Whether Monte Carlo error leaves open that this size, of those given, is the best.
  public func leavesOpen(_ estimate: ENBSEstimate) -> Bool {
    Self.isOpen(enbs - estimate.enbs, mcse + estimate.mcse)
  }

  private static func isOpen(_ gap: Double, _ error: Double) -> Bool {
    gap <= 1.959963984540054 * error
  }
}
