// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What takes the place of some draws, so that a model is simulated again around them: held at outer draws,
/// exchanged one parameter at a time, or set to stated values.
///
/// By the stream of a parameter, which is its name. Only for the method `random`.
public struct DrawOverrides: Sendable {
  /// Other random numbers for a parameter, whatever its distribution; all its labels follow.
  public enum Stream: Sendable, Hashable {
    /// The draws that another seed gives.
    case reseeded(UInt64)
    /// Iteration i takes what iteration ⌊i / span⌋ has under another seed: one outer draw for `span` inner
    /// ones.
    case held(seed: UInt64, span: Int)
    /// Every iteration has this cumulative probability, strictly between 0 and 1.
    case fixed(Double)
    /// The same for each combination of the parameter's labels.
    case fixedByLabel([Double])
  }

  /// Values in place of draws.
  public enum Values: Sendable, Hashable {
    /// One for each combination of the parameter's labels, the same in every iteration.
    case labels([Double])
    /// One for each iteration, the same at every label.
    case column([Double])
  }

  public var streams: [String: Stream]
  /// Go before `streams`; partners in a correlation group still see the draws of the streams.
  public var values: [String: Values]

  public init(streams: [String: Stream] = [:], values: [String: Values] = [:]) {
    self.streams = streams
    self.values = values
  }

  var isEmpty: Bool { streams.isEmpty && values.isEmpty }
}

/// Words of one outer iteration for a span of inner ones.
package struct HeldStream: Sendable {
  let stream: UniformStream
  let span: Int

  /// - Precondition: as `UniformSource.fill`.
  func fill(
    _ words: UnsafeMutableBufferPointer<UInt64>, first: Int, label: UInt32, draw: UInt32
  ) {
    var place = 0
    while place < words.count {
      let outer = (first + place) / span
      let end = min(words.count, (outer + 1) * span - first)
      words[place..<end].update(
        repeating: stream.word(iteration: outer, label: label, draw: draw))
      place = end
    }
  }
}

extension UniformStream {
  /// The word of a cumulative probability, to its nearest 2⁻⁵².
  static func word(cumulative u: Double) -> UInt64 {
    precondition(u > 0 && u < 1, "a cumulative probability of \(u)")
    return UInt64(min((u * 0x1p52).rounded(.down), 0x1p52 - 1)) << 12
  }
}
