// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import Economics

/// A study that could be made before deciding, at several sizes.
public struct DecisionStudy: Sendable, Hashable {
  public let name: String
  public let design: StudyDesign
  /// Participants, ascending.
  public let sizes: [Int]
  /// `nil` where nothing is said about costs: its net benefit is then not asked for.
  public let costs: Costs?

  public struct Costs: Sendable, Hashable {
    public let fixed: Double
    public let perParticipant: Double

    public init(fixed: Double, perParticipant: Double) {
      self.fixed = fixed
      self.perParticipant = perParticipant
    }
  }

  /// Most sizes of one study.
  public static let mostSizes = 100
  /// Largest study.
  public static let largestSize = 1_000_000_000

  public init(name: String, design: StudyDesign, sizes: [Int], costs: Costs? = nil) {
    self.name = name
    self.design = design
    self.sizes = sizes
    self.costs = costs
  }
}
