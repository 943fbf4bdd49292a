// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Economics

/// Groups of parameters and studies whose value is wanted of draws made elsewhere.
public struct InformationRequest: Sendable {
  public var groups: [(name: String, parameters: [String])]
  public var studies: [DecisionStudy]
  /// For the simulated data of studies.
  public var seed: UInt64

  public init(
    groups: [(name: String, parameters: [String])] = [], studies: [DecisionStudy] = [],
    seed: UInt64 = 1
  ) {
    self.groups = groups
    self.studies = studies
    self.seed = seed
  }

  /// Why the words of a command line ask for nothing.
  public struct Fault: Error, CustomStringConvertible {
    public let description: String
  }

  /// From the words of a command line.
  ///
  /// - Parameters:
  ///   - groups: `NAME=A,B`.
  ///   - studies: `mean:A:SD`, `proportion:A`, `rate:A:FOLLOW-UP`, `trial:BASELINE:LOG-ODDS-RATIO`.
  ///   - sizes: participants, for every study.
  public init(
    groups: [String], studies: [String], sizes: [Double]?, fixedCost: Double?,
    costPerParticipant: Double?, seed: UInt64
  ) throws(Fault) {
    self.init(seed: seed)
    for text in groups {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let names = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : []
      guard !names.isEmpty, Set(names).count == names.count else {
        throw Fault(
          description: "--group is \(text); expected NAME=PARAMETER,PARAMETER, each once.")
      }
      self.groups.append((parts[0], names))
    }
    if studies.isEmpty {
      if sizes != nil || fixedCost != nil || costPerParticipant != nil {
        throw Fault(
          description:
            "--sizes, --fixed-cost or --cost-per-participant without --study; expected a study, such "
            + "as --study proportion:p.")
      }
      return
    }
    guard let sizes else {
      throw Fault(
        description: "--study without --sizes; expected participants, such as 50,100,200.")
    }
    let whole = sizes.compactMap { Int(exactly: $0) }
    let least = studies.contains { $0.hasPrefix("trial:") } ? 2 : 1
    guard whole.count == sizes.count, (1...DecisionStudy.mostSizes).contains(sizes.count),
      whole.allSatisfy({ (least...DecisionStudy.largestSize).contains($0) && $0 % least == 0 }),
      zip(whole, whole.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw Fault(
        description:
          "--sizes; expected up to \(DecisionStudy.mostSizes) ascending whole numbers of participants"
          + (least == 2 ? ", even ones for the two arms of a trial." : " from 1 on."))
    }
    for (name, cost) in [
      ("--fixed-cost", fixedCost), ("--cost-per-participant", costPerParticipant),
    ] {
      if let cost, !(cost >= 0 && cost <= 1e15) {
        throw Fault(description: "\(name) is \(cost); expected 0 to 1e15.")
      }
    }
    var costs: DecisionStudy.Costs?
    if fixedCost != nil || costPerParticipant != nil {
      costs = .init(fixed: fixedCost ?? 0, perParticipant: costPerParticipant ?? 0)
    }
    for text in studies {
      self.studies.append(
        DecisionStudy(
          name: text, design: try Self.design(text), sizes: whole, costs: costs))
    }
  }

  /// Groups name parameters of the draws.
  func check(_ draws: Draws) throws(ValueOfInformationError) {
    let known = draws.parameters.map(\.name)
    for name in groups.flatMap(\.parameters) where !known.contains(name) {
      throw .unknownParameter(name, known: known)
    }
  }

  private static func design(_ text: String) throws(Fault) -> StudyDesign {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts.first.flatMap { StudyKind(rawValue: $0) }, parts.count) {
    case (.mean, 3):
      if let sd = Double(parts[2]), StudyDesign.sizes.contains(sd) {
        return .normalMean(parameter: parts[1], standardDeviation: sd)
      }
    case (.proportion, 2): return .proportion(parameter: parts[1])
    case (.rate, 2): return .rate(parameter: parts[1])
    case (.rate, 3):
      if let followUp = Double(parts[2]), StudyDesign.sizes.contains(followUp) {
        return .rate(parameter: parts[1], followUp: followUp)
      }
    case (.trial, 3) where parts[1] != parts[2]:
      return .twoArms(baseline: parts[1], logOddsRatio: parts[2])
    default: break
    }
    throw Fault(
      description:
        "--study is \(text); expected mean:PARAMETER:SD, proportion:PARAMETER, "
        + "rate:PARAMETER:FOLLOW-UP or trial:BASELINE:LOG-ODDS-RATIO.")
  }
}
