// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The model of a scenario around known quantities: what all analyses that simulate again have in common.
///
/// A quantity is known by holding its random numbers. Those of the others go on, so that an independent
/// parameter keeps its distribution; members of a correlation group follow their conditional
/// distribution, because the known ones are moved to the front of the group.
///
/// What is drawn together is known as a whole: all shares of a Dirichlet, all counts of a multinomial, all
/// values of a multivariate normal, the rows that are drawn of a table. Nothing else uses their random
/// numbers, so that all else keeps its distribution given them.
struct Resimulation {
  /// Why some quantities can't be known while others are drawn given them.
  struct Refusal: Error, Hashable, CustomStringConvertible {
    let description: String
  }

  let scenario: Scenario
  let model: Model
  /// Of the known quantities.
  let streams: [String]

  /// - Parameters:
  ///   - model: of the scenario, with its distributions.
  ///   - known: names of parameters, with all their labels, or of tables of rows.
  init(_ scenario: Scenario, _ model: Model, known: [String]) throws(Refusal) {
    self.scenario = scenario
    let names = Set(known)
    var streams: [String] = []
    for name in known {
      if let rows = model.rows.first(where: { $0.name == name }) {
        streams.append(rows.name)
        continue
      }
      guard let parameter = model.parameters.first(where: { $0.quantity == name }),
        Self.isMadeOf(known, name, model)
      else {
        throw Refusal(
          description:
            "\(Excerpt.quoted(name)) follows from other quantities as well: how they go on once it is "
            + "known is not known; a group with all of them can be checked")
      }
      if let other = model.parameters.first(where: {
        $0.stream == parameter.stream && !names.contains($0.quantity)
      }) {
        throw Refusal(
          description:
            "\(Excerpt.quoted(name)) shares the draws of \(Excerpt.quoted(other.quantity))")
      }
      if !streams.contains(parameter.stream) { streams.append(parameter.stream) }
    }
    self.streams = streams
    var model = model
    model.correlations = model.correlations.map { $0.beginning(with: names) }
    self.model = model
  }

  /// Whether a quantity follows from the draws of the known ones alone, in every case: then holding these
  /// holds it.
  private static func isMadeOf(_ known: [String], _ name: String, _ model: Model) -> Bool {
    var others = Set(
      model.rows.filter { !known.contains($0.name) }.flatMap(\.columns).map(\.name))
    func isOther(_ parameter: Parameter) -> Bool {
      !known.contains(parameter.quantity)
        && !parameter.distributions.allSatisfy {
          if case .constant = $0.sampling { true } else { false }
        }
    }
    for parameter in model.parameters where isOther(parameter) { others.insert(parameter.name) }
    return model.cases.allSatisfy { modelCase in
      let drawn = modelCase.parameters.filter(isOther).map(\.name)
      return !ModelShapes(model, modelCase).depends(
        .name(name, offset: 0), on: others.union(drawn))
    }
  }

  /// Seeds of its own, so that nothing is shared with the draws of the run.
  static func seed(_ seed: UInt64, _ purpose: UInt64) -> UInt64 {
    StreamAddress.mix64(seed ^ StreamAddress.mix64(purpose &+ 0x7265_7369_6D00_0000))
  }
}
