// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The quantile function of one standard distribution as polynomials over cells that halve towards 0
/// and 1.
///
/// ```
/// q    = min(u, 1 − u) · 2⁵²,   in [½, 2⁵¹)
/// cell = exponent and top mantissa bits of q, one set for each side
/// t    = the remaining mantissa bits, in [−½, ½)
/// y    = c₀ + c₁ t + … + c₆ t⁶;   x = y, exp(y) or 1/(1 + exp(−y))
/// ```
/// No search and no branch. A table may have several segments, with cells that halve towards both ends of
/// each, so that kinks, jumps and gaps lie between cells:
///
/// ```
/// d = min(u − start, end − u),   q = d/(end − start) · 2⁵²
/// ```
/// Cells that fail `AccuracyRule` hold NaN and are left to the solver; together
/// they hold at most 1e-6 of the probability.
///
/// Complexity: 3.3 kB per cell of a halving and side, for each segment; about 10 000 calls of the tail
/// function to build a segment.
public final class QuantileTable: @unchecked Sendable {
  // @unchecked: the memory is written by the builder only, before the table is shared.

  /// The scale on which the polynomials interpolate.
  public enum Transform: String, Sendable { case identity, log, logit }

  /// Halvings of the probability on each side: q runs through the exponents −1 … 50.
  static let halvings = 52
  static let degree = 6
  /// Coefficients of a cell, padded to a cache line.
  static let rowLength = 8

  public let transform: Transform
  /// log₂ of the number of cells in each halving.
  public let cellBits: Int
  /// Largest error found at the points verified, as a share of what `AccuracyRule` allows.
  public let worstExcess: Double
  /// Probability of the cells left to the solver.
  public let solverProbability: Double
  /// The distribution that the table inverts.
  public let standard: any Distribution
  public let segmentCount: Int
  let coefficients: UnsafeMutablePointer<Double>
  /// Start, end and 2⁵²/(end − start) of each segment, in rows of four.
  let segments: UnsafeMutablePointer<Double>

  /// - Parameters:
  ///   - splits: where segments meet, ascending, in (0, 1).
  ///   - coefficients: takes ownership; `2 · halvings · 2^cellBits · rowLength` doubles for each segment.
  init(
    standard: any Distribution, transform: Transform, cellBits: Int, splits: [Double],
    worstExcess: Double, solverProbability: Double, coefficients: UnsafeMutablePointer<Double>
  ) {
    segmentCount = splits.count + 1
    segments = Self.aligned(4 * segmentCount)
    for (s, (start, end)) in zip([0] + splits, splits + [1]).enumerated() {
      segments[4 * s] = start
      segments[4 * s + 1] = end
      segments[4 * s + 2] = 0x1p52 / (end - start)
    }
    self.standard = standard
    self.transform = transform
    self.cellBits = cellBits
    self.worstExcess = worstExcess
    self.solverProbability = solverProbability
    self.coefficients = coefficients
  }

  deinit {
    coefficients.deallocate()
    segments.deallocate()
  }

  /// Zeros, aligned to cache lines.
  static func aligned(_ count: Int) -> UnsafeMutablePointer<Double> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
    let memory = raw.bindMemory(to: Double.self, capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  static func cellsPerSide(cellBits: Int) -> Int { halvings << cellBits }

  /// The value for one word of a stream, the reference form of `QuantileKernel`.
  public func value(word: UInt64) -> Double {
    var word = word
    var result = 0.0
    withUnsafePointer(to: &word) { words in
      withUnsafeMutablePointer(to: &result) { out in
        QuantileKernel.fill(
          UnsafeMutableBufferPointer(start: out, count: 1), words: words, table: self,
          finish: TableFinish(self, location: 0, scale: 1, support: standard.support))
      }
    }
    return result
  }
}

extension QuantileTable {
  /// Draws for words by a stated form of the kernel: `location + scale · Q(u)`, or a function of that.
  ///
  /// - Precondition: `words` holds at least as many elements as `out`; a function is asked of tables that
  ///   give Q itself alone.
  package func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafeBufferPointer<UInt64>,
    location: Double, scale: Double, function: Transform = .identity, path: VectorPath
  ) {
    precondition(words.count >= out.count)
    guard let source = words.baseAddress else { return }
    let finish =
      function == .identity
      ? TableFinish(self, location: location, scale: scale, support: .real)
      : TableFinish(function, of: self, location: location, scale: scale, support: .real)
    QuantileKernel.fill(out, words: source, table: self, finish: finish, path: path)
  }
}
