// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Economics
import ScenarioIO
import Testing

@Suite struct InformationTableTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func draws() throws -> Draws {
    try Draws(
      strategies: ["a", "b"], costs: [[0, 0, 0, 0], [1, 1, 1, 1]],
      effects: [[0, 0, 0, 0], [1, 2, 3, 4]],
      parameters: [
        DrawColumn(name: "p", values: [1, 2, 3, 4]), DrawColumn(name: "=q", values: [7, 7, 7, 7]),
      ])
  }

  @Test func `evppi.csv has a row for each parameter and willingness to pay`() throws {
    let estimates = EVPPI(try draws()).singles(willingnessToPay: [0, 10])
    let lines = text(EVPPITable.csv(estimates)).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(
      lines[0]
        == "perspective,parameters,wtp,evppi,mcse,bias_removed,plug_in,edf,iterations,name,unit")
    #expect(lines[1].hasPrefix(",p,0,0,") && lines[2].hasPrefix(",p,10,"))
    #expect(lines[4] == ",'=q,10,0,0,0,0,0,4,'=q,")
  }

  @Test func `A group has its name and the unit of the decision`() throws {
    let estimates = try EVPPI(try draws()).group(["p", "=q"], willingnessToPay: [10])
    let bytes = EVPPITable.csv(
      [("", estimates)], names: [["=q", "p"]: "both"], currency: "NOK 2024")
    #expect(text(bytes).hasSuffix(",4,both,NOK 2024/person\n"))
  }

  @Test func `Studies have a table of values, and one of net benefit where they have costs`() throws
  {
    let draws = try draws()
    let design = StudyDesign.normalMean(parameter: "=q", standardDeviation: 1)
    let estimates = try EVSI(draws, study: design, seed: 1)
      .importanceSampling(sampleSizes: [5], willingnessToPay: [10])
    let results = [nil, DecisionStudy.Costs(fixed: 3, perParticipant: 2)].map { costs in
      StudyResult(
        perspective: "",
        study: DecisionStudy(
          name: costs == nil ? "one" : "two", design: design, sizes: [5], costs: costs),
        estimates: estimates, evppi: EVPPI(draws).parameter(1, willingnessToPay: [10]),
        evpi: [10: Estimate(0.5, monteCarloStandardError: 0.25)])
    }
    let lines = text(EVSITable.csv(results, currency: "NOK")).split(separator: "\n")
    #expect(lines[1] == ",one,'=q,importance sampling,5,10,0,0,,0,0,0.5,0.25,NOK/person")
    #expect(lines[2] == ",two,'=q,importance sampling,5,10,0,0,,0,0,0.5,0.25,NOK/person")
    let population = try Population(incidence: [50], horizon: 2, discountRate: 0)
    let net = text(try ENBSTable.csv(results, population: population, currency: "NOK"))
      .split(separator: "\n")
    #expect(net.count == 3)
    #expect(net[1] == ",two,importance sampling,5,10,100,0,13,-13,0,no,0,0,0,NOK,0,0")
    #expect(net[2] == ",two,importance sampling,0,10,100,0,0,0,0,yes,0,0,0,NOK,0,0")
  }

  @Test func `Sensitivity tables name parameter and outcome in every row`() throws {
    let parameters = try draws().parameters.map { ParameterSensitivity($0) }
    let outcomes: [(name: String, values: [Double])] = [("nmb", [1, 2, 3, 4])]
    let tables = SensitivityTables(parameters: parameters, outcomes: outcomes)
    let lines = text(tables.csv).split(separator: "\n")
    #expect(lines[1].hasPrefix("p,nmb,") && lines[1].hasSuffix(",1,0"))
    #expect(lines[2] == "'=q,nmb,0,0,0,0")
    let means = text(tables.conditionalMeans).split(separator: "\n")
    #expect(means.count == 1 + 4 + 1)
    #expect(means[1] == "p,nmb,1,1,1,1,")
    #expect(means[5].hasPrefix("'=q,nmb,1,4,7,2.5,0.6454972"))
  }
}
