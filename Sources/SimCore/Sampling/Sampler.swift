// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws one parameter, block by block. A class: blocks use it without counting references to what it holds.
final class Sampler: Sendable {
  private enum Form: Sendable {
    case constant(Double)
    case uniform(low: Double, width: Double)
    case triangular(TriangularKernel)
    case table(TableDraw)
    case resampled([Double])
    case piecewiseLinear(PiecewiseLinear)
    case mixture(MixtureKernel)
    case smoothed([Double], kernel: TableDraw)
    /// For the complement of the words: a table with a negative scale.
    case turned(TableDraw)
    indirect case scaled(Sampler, location: Double, scale: Double)
    case discrete(DiscreteSampler)
    case logGamma(LogGammaKernel)
  }

  let name: String
  let address: StreamAddress
  let label: UInt32
  private let support: Support
  private let form: Form
  private let scoreForm: Form
  /// The table of `form`, without counting references: workers that draw the same law would wait for each other's counts.
  private let table: Unmanaged<TableDraw>?
  /// Whether `fill` needs the words of draw number 1 too.
  let usesSecondWord: Bool

  /// - Parameters:
  ///   - inverts: words too are read by the quantile function, one for each draw.
  ///   - takesScores: `fill(_:scores:)` will be called, which always inverts.
  init(
    _ draw: DrawSpecification, tables: TableStore, inverts: Bool = false,
    takesScores: Bool = false
  ) {
    name = draw.name
    address = StreamAddress(.draw, name: draw.name)
    label = draw.label
    let law = draw.distribution
    support = law.support
    form = Self.form(law, law.sampling, support, tables, inverts)
    // The same, but for laws that take two uniforms.
    scoreForm = takesScores ? Self.form(law, law.sampling, support, tables, true) : form
    table = if case .table(let draw) = form { .passUnretained(draw) } else { nil }
    usesSecondWord =
      switch form {
      case .mixture, .smoothed: true
      case .scaled(let inner, _, _): inner.usesSecondWord
      default: false
      }
  }

  /// A law inside of another, drawn with the other's uniforms.
  private convenience init(part law: any Distribution, _ tables: TableStore, inverts: Bool) {
    self.init(
      DrawSpecification(name: "", label: 0, distribution: law), tables: tables, inverts: inverts,
      takesScores: inverts)
  }

  private static func form(
    _ law: any Distribution, _ sampling: SamplingForm, _ support: Support, _ tables: TableStore,
    _ inverts: Bool
  ) -> Form {
    switch sampling {
    case .constant(let value): return .constant(value)
    case .uniform(let low, let high): return .uniform(low: low, width: high - low)
    case .triangular(let triangular): return .triangular(TriangularKernel(triangular))
    case .table(let standard, let location, let scale):
      return .table(table(standard, location, scale, support, tables))
    case .exponentialOfTable(let standard, let location, let scale):
      let table = tables.table(for: standard)
      return .table(
        TableDraw(
          table, TableFinish(.log, of: table, location: location, scale: scale, support: support),
          tables: tables))
    case .logisticOfTable(let standard, let location, let scale):
      let table = tables.table(for: standard)
      return .table(
        TableDraw(
          table,
          TableFinish(.logit, of: table, location: location, scale: scale, support: support),
          tables: tables))
    case .discrete(let law): return .discrete(DiscreteSampler(law, tables: tables))
    case .resampled(let values): return .resampled(values)
    case .logGamma(let shape): return .logGamma(LogGammaKernel(shape: shape, tables: tables))
    case .piecewiseLinear(let lines): return .piecewiseLinear(lines)
    case .mixture where inverts, .smoothed where inverts:
      return .table(table(law, 0, 1, support, tables))
    case .mixture(let mixture):
      let parts = mixture.components.map {
        Sampler(part: $0.distribution, tables, inverts: true)
      }
      return .mixture(MixtureKernel(mixture, components: parts))
    case .smoothed(let sample):
      let normal = tables.table(for: Normal.standard)
      return .smoothed(
        sample.values,
        kernel: TableDraw(
          normal, TableFinish(normal, location: 0, scale: sample.bandwidth, support: .real),
          tables: tables))
    case .scaled(let base, let location, let scale):
      if case .table(let standard, let a, let b) = base.sampling {
        let draw = table(standard, location + scale * a, scale * b, support, tables)
        return scale > 0 ? .table(draw) : .turned(draw)
      }
      return .scaled(
        Sampler(part: base, tables, inverts: inverts), location: location, scale: scale)
    }
  }

  private static func table(
    _ standard: any Distribution, _ location: Double, _ scale: Double, _ support: Support,
    _ tables: TableStore
  ) -> TableDraw {
    let table = tables.table(for: standard)
    return TableDraw(
      table, TableFinish(table, location: location, scale: scale, support: support),
      tables: tables)
  }

  /// The cubics it draws by.
  var cubics: CubicTable? {
    if case .table(let draw) = form { draw.cubics } else { nil }
  }

  /// Draws for the iterations whose words are given.
  ///
  /// - Parameters:
  ///   - second: words of draw number 1 of the same iterations, where `usesSecondWord`.
  ///   - path: the form of the table kernels.
  /// - Precondition: `words` holds as many elements as `out`, at most a block.
  func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    second: UnsafePointer<UInt64>? = nil, path: VectorPath = .best
  ) {
    if let table {
      table._withUnsafeGuaranteedRef { $0.fill(out, words: words, path: path) }
      return
    }
    precondition(!usesSecondWord || second != nil)
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
    case .table(let draw): draw.fill(out, words: words, path: path)
    case .turned(let draw):
      Self.turned(words, out.count) { draw.fill(out, words: $0, path: path) }
    case .discrete(let sampler): sampler.fill(out, words: words)
    case .logGamma(let kernel): kernel.fill(out, words: words)
    case .resampled(let values):
      for i in 0..<out.count { out[i] = Self.resampled(values, words[i]) }
    case .piecewiseLinear(let lines):
      for i in 0..<out.count {
        let u = UniformStream.uniform(words[i])
        out[i] = lines.value(below: u, above: 1 - u)
      }
    case .mixture(let kernel):
      guard let second else { return }
      kernel.fill(out, words: words, second: second)
    case .smoothed(let values, let kernel):
      guard let second else { return }
      kernel.fill(out, words: words)
      for i in 0..<out.count { out[i] += Self.resampled(values, second[i]) }
    case .scaled(let inner, let location, let scale):
      if scale > 0 {
        inner.fill(out, words: words, second: second)
      } else {
        Self.turned(words, out.count) { inner.fill(out, words: $0, second: second) }
      }
      move(out, location, scale)
    }
  }

  /// The complements of the words, which stand for 1 − u.
  private static func turned(
    _ words: UnsafePointer<UInt64>, _ count: Int, _ body: (UnsafePointer<UInt64>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { complement in
      for i in 0..<count { complement[i] = ~words[i] }
      if let source = complement.baseAddress { body(UnsafePointer(source)) }
    }
  }

  private static func resampled(_ values: [Double], _ word: UInt64) -> Double {
    let u = UniformStream.uniform(word)
    return Empirical.value(values, p: u > 0.5 ? 1 - u : u, isUpper: u > 0.5)
  }

  private static func turned(
    _ scores: UnsafePointer<Double>, _ count: Int, _ body: (UnsafePointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { negative in
      for i in 0..<count { negative[i] = -scores[i] }
      if let source = negative.baseAddress { body(UnsafePointer(source)) }
    }
  }

  private func move(_ out: UnsafeMutableBufferPointer<Double>, _ location: Double, _ scale: Double)
  {
    let (least, most) = (support.innermostLower, support.innermostUpper)
    for i in 0..<out.count { out[i] = min(max(location + scale * out[i], least), most) }
  }

  /// Draws for standard normal scores: the quantile at Φ(score).
  func fill(_ out: UnsafeMutableBufferPointer<Double>, scores: UnsafePointer<Double>) {
    switch scoreForm {
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
    case .table(let draw): draw.fill(out, scores: scores)
    case .turned(let draw):
      Self.turned(scores, out.count) { draw.fill(out, scores: $0) }
    case .discrete(let sampler): sampler.fill(out, scores: scores)
    case .resampled(let values):
      for i in 0..<out.count {
        out[i] = Empirical.value(
          values, p: Normal.tail(abs(scores[i]), upper: true), isUpper: scores[i] >= 0)
      }
    case .piecewiseLinear(let lines):
      for i in 0..<out.count {
        let tail = Normal.tail(abs(scores[i]), upper: true)
        let isLower = scores[i] < 0
        out[i] = lines.value(below: isLower ? tail : 1 - tail, above: isLower ? 1 - tail : tail)
      }
    case .mixture, .smoothed:
      preconditionFailure("scores need a sampler that inverts")
    case .logGamma: preconditionFailure("components of joint parameters have no scores")
    case .scaled(let inner, let location, let scale):
      if scale > 0 {
        inner.fill(out, scores: scores)
      } else {
        Self.turned(scores, out.count) { inner.fill(out, scores: $0) }
      }
      move(out, location, scale)
    }
  }
}
