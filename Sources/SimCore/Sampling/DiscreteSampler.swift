// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws a discrete distribution, block by block: one uniform for each value, by inversion.
enum DiscreteSampler: Sendable {
  case even(low: Double, count: UInt64)
  case table(DiscreteTable)
  /// ⌈Y⌉ − 1 of a continuous Y, at most `most`.
  case rounded(QuantileTable, location: Double, scale: Double, most: Double)

  init(_ law: any DiscreteDistribution, tables: TableStore) {
    switch law.discreteForm {
    case .even(let low, let count): self = .even(low: low, count: count)
    case .listed(let table): self = .table(tables.table(for: law) { DiscreteTable(table) })
    case .whole(let first, let count):
      self = .table(tables.table(for: law) { Self.table(law, first: first, count: count) })
    case .rounded(let continuous):
      guard case .table(let standard, let location, let scale) = continuous.sampling else {
        preconditionFailure("continuous forms are drawn from tables")
      }
      self = .rounded(
        tables.table(for: standard), location: location, scale: scale, most: law.support.upper)
    }
  }

  private static func table(_ law: any DiscreteDistribution, first: Double, count: Int)
    -> DiscreteTable
  {
    guard let whole = law as? any WholeNumberDistribution else {
      preconditionFailure("only laws on whole numbers ask for this form")
    }
    return DiscreteTable(whole, first: first, count: count)
  }

  func fill(_ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>) {
    switch self {
    case .even(let low, let count):
      for i in 0..<out.count { out[i] = Self.even(words[i], low, count) }
    case .table(let table):
      table.fill(out, words: words)
    case .rounded(let table, let location, let scale, let most):
      QuantileKernel.fill(
        out, words: words, table: table,
        finish: TableFinish(table, location: location, scale: scale, support: .positive))
      Self.round(out, most)
    }
  }

  /// Draws for standard normal scores: the quantile at Φ(score), to the grid of the uniforms.
  func fill(_ out: UnsafeMutableBufferPointer<Double>, scores: UnsafePointer<Double>) {
    if case .rounded(let table, let location, let scale, let most) = self {
      QuantileKernel.fill(
        out, scores: scores, table: table,
        finish: TableFinish(table, location: location, scale: scale, support: .positive))
      Self.round(out, most)
      return
    }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: out.count) { words in
      for i in 0..<out.count { words.initializeElement(at: i, to: Self.word(scores[i])) }
      guard let base = words.baseAddress else { return }
      fill(out, words: base)
    }
  }

  private static func round(_ out: UnsafeMutableBufferPointer<Double>, _ most: Double) {
    for i in 0..<out.count { out[i] = min(out[i].rounded(.up) - 1, most) }
  }

  /// low + ⌈u · count⌉ − 1 in whole numbers.
  @inline(__always)
  private static func even(_ word: UInt64, _ low: Double, _ count: UInt64) -> Double {
    // u = (2k + 1) / 2⁵³; one less than the product turns rounding up into rounding down.
    let odd = (word >> 12) << 1 | 1
    let (high, bits) = odd.multipliedFullWidth(by: count)
    let (less, borrow) = bits.subtractingReportingOverflow(1)
    let index = (high &- (borrow ? 1 : 0)) &<< 11 | less &>> 53
    return low + Double(index)
  }

  /// The word whose uniform is nearest to Φ(score), from the nearer tail.
  private static func word(_ score: Double) -> UInt64 {
    let steps = min(UInt64(Normal.tail(abs(score), upper: true) * 0x1p52), (1 << 51) - 1)
    return (score < 0 ? steps : (1 << 52) - 1 - steps) << 12
  }
}

/// Draws of a discrete distribution for given words or scores, one by one: for tests.
package struct DiscreteDraws {
  private let sampler: DiscreteSampler

  package init(_ law: any DiscreteDistribution, tables: TableStore) {
    sampler = DiscreteSampler(law, tables: tables)
  }

  package func values(words: [UInt64]) -> [Double] {
    values(words.count) { out in
      words.withUnsafeBufferPointer {
        if let words = $0.baseAddress { sampler.fill(out, words: words) }
      }
    }
  }

  package func values(scores: [Double]) -> [Double] {
    values(scores.count) { out in
      scores.withUnsafeBufferPointer {
        if let scores = $0.baseAddress { sampler.fill(out, scores: scores) }
      }
    }
  }

  private func values(_ count: Int, _ fill: (UnsafeMutableBufferPointer<Double>) -> Void)
    -> [Double]
  {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]))
      filled = count
    }
  }
}
