// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A run's sampling method with all that a parameter's draws depend on besides its name.
package struct SamplingDesign: Sendable {
  let method: SamplingMethod
  let seed: UInt64
  let iterations: Int
  let overrides: DrawOverrides
  private let sets: Randomisations?
  private let dimensions: SobolDimensions
  /// A parameter that has other random numbers than its own.
  private var replaced: String?

  /// - Parameter iterations: a number that the method can do.
  package init(
    _ model: Model, method: SamplingMethod, seed: UInt64, iterations: Int,
    overrides: DrawOverrides = DrawOverrides()
  ) {
    self.init(
      model, RunSettings(seed: seed, iterations: iterations, method: method, workers: 1),
      overrides: overrides)
  }

  /// - Parameter settings: with a number of iterations that the method can do.
  init(_ model: Model, _ settings: RunSettings, overrides: DrawOverrides) {
    let (method, iterations) = (settings.method, settings.iterations)
    precondition(overrides.isEmpty || method == .random, "overrides of \(method)")
    self.overrides = overrides
    sets = settings.points
    precondition(
      sets != nil || method.iterations(atLeast: iterations) == iterations,
      "\(iterations) iterations")
    self.method = method
    self.seed = settings.seed
    self.iterations = iterations
    dimensions = SobolDimensions(method == .sobol ? Self.labelCounts(model) : [])
  }

  /// The streams of a model with their numbers of labels.
  ///
  /// All that is uncertain in any case, drawn or not: what a run records must not move anything.
  private static func labelCounts(_ model: Model) -> [(name: String, labels: Int)] {
    let labels = Dictionary(
      model.dimensions.map { ($0.name, $0.labels.count) }, uniquingKeysWith: { first, _ in first })
    var counts: [String: Int] = [:]
    for parameter in model.parameters + model.cases.flatMap(\.parameters) {
      let isKnown = parameter.distributions.allSatisfy {
        if case .constant = $0.sampling { true } else { false }
      }
      if isKnown { continue }
      // More labels than have dimensions of their own are not counted, so that nothing overflows.
      let count = (parameter.dimensions + parameter.each).reduce(1) {
        min($0 * (labels[$1] ?? 1), SobolDimensions.mostLabels)
      }
      counts[parameter.stream] = max(counts[parameter.stream] ?? 0, count)
    }
    return counts.map { ($0.key, $0.value) }
  }

  /// The uniforms of draws by the names of their streams.
  func sources(_ names: [String]) -> [UniformSource] {
    // The labels of a parameter share one source.
    var known: [String: UniformSource] = [:]
    return names.map { name in
      let source = known[name] ?? source(name)
      known[name] = source
      return source
    }
  }

  /// The same design with other, independent random numbers for one parameter.
  func replacing(_ name: String) -> SamplingDesign {
    var copy = self
    copy.replaced = name
    return copy
  }

  /// The uniforms of the parameter `name`.
  package func source(_ name: String) -> UniformSource {
    if name == replaced {
      return .independent(UniformStream(StreamAddress(.inner, name: name), seed: seed))
    }
    let stream = UniformStream(StreamAddress(.draw, name: name), seed: seed)
    switch overrides.streams[name] {
    case .reseeded(let seed):
      return .independent(UniformStream(StreamAddress(.draw, name: name), seed: seed))
    case .held(let seed, let span):
      return .held(
        HeldStream(
          stream: UniformStream(StreamAddress(.draw, name: name), seed: seed), span: span))
    case .fixed(let u): return .fixed(words: [UniformStream.word(cumulative: u)])
    case .fixedByLabel(let all): return .fixed(words: all.map(UniformStream.word(cumulative:)))
    case nil: break
    }
    return switch method {
    case .random: .independent(stream)
    case .antithetic: .antithetic(stream)
    case .latinHypercube:
      .latinHypercube(LatinHypercube(name: name, seed: seed, iterations: iterations, sets: sets))
    case .sobol:
      .sobol(
        SobolSource(name: name, seed: seed, dimensions: dimensions[name], sets: sets))
    }
  }
}
