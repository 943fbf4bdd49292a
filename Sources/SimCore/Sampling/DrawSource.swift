// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws of one distribution, block by block, outside of a model: the sampling core by itself.
///
/// ```swift
/// let source = DrawSource(try Gamma(mean: 6, standardDeviation: 2.5), name: "hours", seed: 1)
/// source.fill(buffer, first: 0)
/// ```
/// Reproducibility: the same draws as a parameter of this name and distribution has in a run.
public final class DrawSource {
  private let sampler: Sampler
  private let stream: UniformStream
  private let words: UnsafeMutablePointer<UInt64>

  public init(_ distribution: any Distribution, name: String, seed: UInt64) {
    sampler = Sampler(
      DrawSpecification(name: name, label: 0, distribution: distribution), tables: TableStore())
    stream = UniformStream(sampler.address, seed: seed)
    words = BlockMemory.allocate(2 * Plan.blockLength, repeating: 0)
  }

  deinit { words.deallocate() }

  /// Writes the draws of iterations `first ..< first + out.count`.
  ///
  /// - Precondition: `first` is even.
  public func fill(_ out: UnsafeMutableBufferPointer<Double>, first: Int) {
    var done = 0
    while done < out.count {
      let count = min(Plan.blockLength, out.count - done)
      let even = (count + 1) & ~1
      let second = words + Plan.blockLength
      stream.fill(UnsafeMutableBufferPointer(start: words, count: even), first: first + done)
      if sampler.usesSecondWord {
        stream.fill(
          UnsafeMutableBufferPointer(start: second, count: even), first: first + done, draw: 1)
      }
      sampler.fill(
        UnsafeMutableBufferPointer(rebasing: out[done..<done + count]), words: words,
        second: second)
      done += count
    }
  }
}

extension DrawSource {
  /// The draw that one uniform gives, by the quantile function also where draws take two.
  package static func draw(
    _ distribution: any Distribution, word: UInt64, tables: TableStore
  ) -> Double {
    let sampler = Sampler(
      DrawSpecification(name: "", label: 0, distribution: distribution), tables: tables,
      inverts: true, takesScores: true)
    var word = word
    var value = 0.0
    withUnsafePointer(to: &word) { words in
      withUnsafeMutablePointer(to: &value) { out in
        sampler.fill(UnsafeMutableBufferPointer(start: out, count: 1), words: words)
      }
    }
    return value
  }

  /// The draw for a standard normal score, as a correlated parameter has it.
  package static func draw(
    _ distribution: any Distribution, score: Double, tables: TableStore
  ) -> Double {
    let sampler = Sampler(
      DrawSpecification(name: "", label: 0, distribution: distribution), tables: tables,
      inverts: true, takesScores: true)
    var score = score
    var value = 0.0
    withUnsafePointer(to: &score) { scores in
      withUnsafeMutablePointer(to: &value) { out in
        sampler.fill(UnsafeMutableBufferPointer(start: out, count: 1), scores: scores)
      }
    }
    return value
  }

  /// Draws for words by a stated form of the kernels, of a law that takes one uniform.
  package static func draws(
    _ distribution: any Distribution, words: [UInt64], tables: TableStore, path: VectorPath
  ) -> [Double] {
    let sampler = Sampler(
      DrawSpecification(name: "", label: 0, distribution: distribution), tables: tables,
      inverts: true)
    return [Double](unsafeUninitializedCapacity: words.count) { out, count in
      words.withUnsafeBufferPointer { words in
        guard let source = words.baseAddress else { return }
        sampler.fill(
          UnsafeMutableBufferPointer(rebasing: out[..<words.count]), words: source, path: path)
      }
      count = words.count
    }
  }

  /// The probability of the draws that a law's table of cubics leaves to its quantile table; `nil` without cubics.
  package static func outsideOfCubics(_ distribution: any Distribution, tables: TableStore)
    -> Double?
  {
    Sampler(
      DrawSpecification(name: "", label: 0, distribution: distribution), tables: tables,
      inverts: true
    ).cubics?.probabilityLeft
  }
}
