// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// A quantity as its entry states it, and the distribution that this means.
struct Fit: Sendable {
  /// As written, for reports.
  var text: String
  var distribution: any Distribution
  /// Before `truncate`; `nil` without it.
  var untruncated: (any Distribution)?
  /// The number, or base, low and high of a range.
  var numbers: StatedNumbers?
  /// What the range means; `nil` without one.
  var reading: RangeReading?
  /// What the base is; `nil` without a range, or where the family makes it irrelevant.
  var baseIs: Centre?
  /// How the range became a distribution; `nil` without one.
  var rule: FitRule?
  /// What was stated, figure by figure, in the order of the text.
  var figures: [StatedFigure] = []
  /// Of least squares, in probability; `nil` where all figures are met or none were fitted.
  var residual: Double?
  /// Of a share from counted events.
  var prior: Prior?
  /// Where arguments of the distribution follow from other quantities; `distribution` is then what is
  /// drawn.
  var uncertain: UncertainLaw?
  /// Of a label that is drawn together with others; `distribution` is then its own alone.
  var joint: JointLaw?
}

/// A stated number that the distribution has too, equal or not.
public struct StatedFigure: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case mean, standardDeviation, mode
    /// The value reached with this cumulative probability.
    case quantile(Double)
    /// The ends of the support.
    case lowest, highest
  }

  /// As in a scenario: `mean`, `sd`, `p97.5`.
  public let name: String
  public let kind: Kind
  public let value: Double

  init(_ name: String, _ kind: Kind, _ value: Double) {
    self.name = name
    self.kind = kind
    self.value = value
  }

  init(_ number: StatedNumber) {
    name = number.name
    value = number.value
    kind =
      switch number {
      case .mean: .mean
      case .standardDeviation: .standardDeviation
      case .quantile(let probability, _): .quantile(probability)
      }
  }

  /// What the distribution has in its place; `nil` where it has no such number.
  public func implied(by distribution: any Distribution) -> Double? {
    switch kind {
    case .mean: distribution.mean
    case .standardDeviation: distribution.standardDeviation
    case .mode: distribution.mode
    case .quantile(let probability): distribution.quantile(cumulative: probability)
    case .lowest: distribution.support.lower
    case .highest: distribution.support.upper
    }
  }
}

extension StatedFigure {
  /// Base, low and high of a range; without the base where nothing says what it is.
  static func figures(_ numbers: StatedNumbers, _ reading: RangeReading, _ baseIs: Centre?)
    -> [StatedFigure]
  {
    var figures: [StatedFigure] = []
    switch baseIs {
    case .mean: figures.append(StatedFigure("mean", .mean, numbers.base))
    case .median: figures.append(StatedFigure("median", .quantile(0.5), numbers.base))
    case .mode: figures.append(StatedFigure("mode", .mode, numbers.base))
    case nil: break
    }
    if let ends = reading.probabilities {
      figures += [
        StatedFigure(.quantile(probability: ends.low, value: numbers.low)),
        StatedFigure(.quantile(probability: ends.high, value: numbers.high)),
      ]
    } else {
      figures += [
        StatedFigure("min", .lowest, numbers.low), StatedFigure("max", .highest, numbers.high),
      ]
    }
    return figures
  }
}
