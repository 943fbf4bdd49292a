// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The expected net benefit of sampling at one sample size.
///
/// ```
/// ENBS(n) = population · EVSI(n) − fixed cost − cost a participant · n
/// ```
/// Units: money. `population` is the number of people whose decision the study serves, discounted as the
/// population EVPI is.
public struct ENBSEstimate: Sendable, Hashable {
  public let evsi: EVSIEstimate
  public let enbs: Double
  /// Of the value; costs are taken as certain.
  public let mcse: Double
  public let cost: Double

  package init(evsi: EVSIEstimate, enbs: Double, mcse: Double, cost: Double) {
    self.evsi = evsi
    self.enbs = enbs
    self.mcse = mcse
    self.cost = cost
  }
}

/// What a study costs and whom it serves.
public struct StudyCosts: Sendable, Hashable {
  public let fixed: Double
  public let perParticipant: Double
  public let population: Double

  /// - Throws: `ValueOfInformationError.argument` unless all are finite and 0 or more.
  public init(
    fixed: Double, perParticipant: Double, population: Double
  ) throws(ValueOfInformationError) {
    for (name, value) in [
      ("fixed cost", fixed), ("cost a participant", perParticipant), ("population", population),
    ] where !(value >= 0 && value.isFinite) {
      throw .argument(name: name, value: value, expected: "0 or more")
    }
    self.fixed = fixed
    self.perParticipant = perParticipant
    self.population = population
  }

  public func netBenefit(_ evsi: EVSIEstimate) -> ENBSEstimate {
    let cost = fixed + perParticipant * Double(evsi.sampleSize)
    return ENBSEstimate(
      evsi: evsi, enbs: population * evsi.evsi - cost, mcse: population * evsi.mcse, cost: cost)
  }

  /// The sample size with the highest ENBS at each willingness to pay; no study (`nil`) where none is
  /// above 0.
  public static func best(
    _ estimates: [ENBSEstimate], willingnessToPay: Double
  ) -> ENBSEstimate? {
    estimates.filter { $0.evsi.willingnessToPay == willingnessToPay && $0.enbs > 0 }
      .max { $0.enbs < $1.enbs }
  }
}
