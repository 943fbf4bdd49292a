// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// How a stop rule came to its number of iterations.
public struct StopRecord: Sendable {
  public enum Reason: String, Sendable, Codable {
    case conditionsHold = "conditions-hold"
    case maximum
  }

  /// One condition at one size: the row that is furthest from what is wanted.
  public struct Value: Sendable {
    public let condition: String
    /// The output with its labels and case, or the strategy.
    public let row: String
    public let value: Double?
    /// Half-width or MCSE, as the condition says.
    public let error: Double?
    public let limit: Double
    public let holds: Bool

    /// Iterations that would do, judging from a check with `iterations`; `nil` where that can't be told.
    public func needed(after iterations: Int) -> Int? {
      // Only the ratio of error and limit counts, so that both may be taken as standard errors.
      Precision.ofMean(standardError: error, iterations: iterations, method: .random)
        .iterationsNeeded(for: limit * SamplingMethod.random.errorQuantile)
    }
  }

  public struct Check: Sendable {
    public let iterations: Int
    /// Independent ones of the iterations; `nil` for methods without.
    public let randomisations: Int?
    public let values: [Value]
    public var holds: Bool { values.allSatisfy(\.holds) }
  }

  public let rule: StopRule
  public let reason: Reason
  /// Points of each randomisation; `nil` for methods without.
  public let points: Int?
  /// Ascending; the last one is the run.
  public let checks: [Check]

  public var iterations: Int { checks[checks.count - 1].iterations }
}

extension Manifest {
  /// The stop rule of a run, under `stop`.
  struct Stop: Codable {
    struct Value: Codable {
      let condition: String
      let row: String
      let value: Double?
      let error: Double?
      let limit: Double?
      let holds: Bool
      let needed: Int?
    }

    struct Check: Codable {
      let iterations: Int
      let randomisations: Int?
      let conditions: [Value]
    }

    let reason: String
    let minimum: Int
    let maximum: Int
    /// `nil` for methods without.
    let randomisations: Int?
    let pointsPerRandomisation: Int?
    let checks: [Check]

    enum CodingKeys: String, CodingKey {
      case reason, minimum, maximum, randomisations, checks
      case pointsPerRandomisation = "points_per_randomisation"
    }

    init(_ record: StopRecord) {
      reason = record.reason.rawValue
      minimum = record.rule.minimum
      maximum = record.rule.maximum
      randomisations = record.checks.last?.randomisations
      pointsPerRandomisation = record.points
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      checks = record.checks.map { check in
        Check(
          iterations: check.iterations, randomisations: check.randomisations,
          conditions: check.values.map {
            Value(
              condition: $0.condition, row: $0.row, value: finite($0.value),
              error: finite($0.error), limit: finite($0.limit), holds: $0.holds,
              needed: $0.needed(after: check.iterations))
          })
      }
    }
  }
}
