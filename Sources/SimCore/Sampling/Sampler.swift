// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws one parameter, block by block.
struct Sampler: Sendable {
  private enum Form: Sendable {
    case constant(Double)
    case uniform(low: Double, width: Double)
    case triangular(TriangularKernel)
    case table(QuantileTable, location: Double, scale: Double)
    case discrete(DiscreteSampler)
  }

  let name: String
  let address: StreamAddress
  let label: UInt32
  private let support: Support
  private let form: Form

  init(_ draw: DrawSpecification, tables: TableStore) {
    name = draw.name
    address = StreamAddress(.draw, name: draw.name)
    label = draw.label
    support = draw.distribution.support
    switch draw.distribution.sampling {
    case .constant(let value): form = .constant(value)
    case .uniform(let low, let high): form = .uniform(low: low, width: high - low)
    case .triangular(let triangular): form = .triangular(TriangularKernel(triangular))
    case .table(let standard, let location, let scale):
      form = .table(tables.table(for: standard), location: location, scale: scale)
    case .discrete(let law): form = .discrete(DiscreteSampler(law, tables: tables))
    }
  }

  /// Draws for the iterations whose words are given.
  ///
  /// - Precondition: `words` holds as many elements as `out`.
  func fill(_ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>) {
    switch form {
    case .constant(let value):
      out.update(repeating: value)
    case .uniform(let low, let width):
      let least = support.innermostLower
      let most = support.innermostUpper
      for i in 0..<out.count {
        out[i] = min(max(low + width * UniformStream.uniform(words[i]), least), most)
      }
    case .triangular(let kernel):
      kernel.fill(out, words: words, support: support)
    case .table(let table, let location, let scale):
      QuantileKernel.fill(
        out, words: words, table: table, location: location, scale: scale, support: support)
    case .discrete(let sampler): sampler.fill(out, words: words)
    }
  }

  /// Draws for standard normal scores: the quantile at Φ(score).
  func fill(_ out: UnsafeMutableBufferPointer<Double>, scores: UnsafePointer<Double>) {
    switch form {
    case .constant(let value):
      out.update(repeating: value)
    case .uniform(let low, let width):
      for i in 0..<out.count {
        let tail = Normal.tail(abs(scores[i]), upper: true)
        let x = scores[i] < 0 ? low + width * tail : low + width - width * tail
        out[i] = support.interior(x)
      }
    case .triangular(let kernel):
      for i in 0..<out.count {
        let tail = Normal.tail(abs(scores[i]), upper: true)
        let isLower = scores[i] < 0
        out[i] = support.interior(
          kernel.value(below: isLower ? tail : 1 - tail, above: isLower ? 1 - tail : tail))
      }
    case .table(let table, let location, let scale):
      QuantileKernel.fill(
        out, scores: scores, table: table, location: location, scale: scale, support: support)
    case .discrete(let sampler): sampler.fill(out, scores: scores)
    }
  }
}
