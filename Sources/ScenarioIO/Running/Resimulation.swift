// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The model of a scenario around known parameters: what all analyses that simulate again have in common.
///
/// A parameter is known by holding its random numbers. Those of the others go on, so that an independent
/// parameter keeps its distribution; members of a correlation group follow their conditional
/// distribution, because the known ones are moved to the front of the group.
struct Resimulation {
  /// Why some parameters can't be known while others are drawn given them.
  struct Refusal: Error, Hashable, CustomStringConvertible {
    let description: String
  }

  let scenario: Scenario
  let model: Model
  /// Of the known parameters.
  let streams: [String]

  /// - Parameters:
  ///   - model: of the scenario, with its distributions.
  ///   - known: names of parameters, with all their labels.
  init(_ scenario: Scenario, _ model: Model, known: [String]) throws(Refusal) {
    self.scenario = scenario
    var streams: [String] = []
    for name in known {
      guard let parameter = model.parameters.first(where: { $0.name == name }) else {
        throw Refusal(
          description:
            "\(Excerpt.quoted(name)) follows from other draws: how they go on once it is known is not "
            + "known")
      }
      if parameter.stream != parameter.name {
        throw Refusal(
          description:
            "\(Excerpt.quoted(name)) shares the draws of \(Excerpt.quoted(parameter.stream))")
      }
      if !streams.contains(parameter.stream) { streams.append(parameter.stream) }
    }
    self.streams = streams
    var model = model
    let names = Set(known)
    model.correlations = model.correlations.map { $0.beginning(with: names) }
    self.model = model
  }

  /// Seeds of its own, so that nothing is shared with the draws of the run.
  static func seed(_ seed: UInt64, _ purpose: UInt64) -> UInt64 {
    StreamAddress.mix64(seed ^ StreamAddress.mix64(purpose &+ 0x7265_7369_6D00_0000))
  }
}
