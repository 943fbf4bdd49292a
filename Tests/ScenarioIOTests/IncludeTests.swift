// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

@Suite struct IncludeTests {
  private static let main = """
    utfall: 1
    ranges: ci95
    base_is: mean
    include:
      - prices.yaml
      - shared/effects.yaml
    parameters:
      hours: {value: 6 (2 to 12), family: gamma}
    costs:
      programme: hours * price
    outputs:
      net: benefits - costs
      years: sum(flow, over = year)
    variants:
      all_se: {ranges: se}
      dearer: {set: {price: {value: 700 (600 to 800), range: se}}}
    """

  private static let prices = """
    utfall: 1
    ranges: se
    base_is: mean
    description: Prices of one region
    parameters:
      price: {value: 600 (500 to 700), family: normal}
    costs:
      travel:
        value: price * 0.1
        payer: patient
    """

  private static let effects = """
    utfall: 1
    include: [deep/qalys.yaml]
    ranges: p10-p90
    base_is: median
    dimensions:
      year: 2020..2022
    parameter_tables:
      - file: effects.csv
    benefits:
      health: qalys * value
    variables:
      flow: value * 1.02 ^ position(year)
    not_priced:
      - Coping
    """

  private static let files = [
    "a.yaml": main, "prices.yaml": prices, "shared/effects.yaml": effects,
    "shared/effects.csv": "name,value,family\nvalue,100 (80 to 130),lognormal\n",
    "shared/deep/qalys.yaml": "utfall: 1\nparameters:\n  qalys: beta(30, 970)\n",
  ]

  private static let whole = """
    utfall: 1
    ranges: ci95
    base_is: mean
    dimensions:
      year: 2020..2022
    parameters:
      price: {value: 600 (500 to 700), family: normal, range: se}
      qalys: beta(30, 970)
      value: {value: 100 (80 to 130), family: lognormal, range: p10-p90, base_is: median}
      hours: {value: 6 (2 to 12), family: gamma}
    variables:
      flow: value * 1.02 ^ position(year)
    costs:
      travel:
        value: price * 0.1
        payer: patient
      programme: hours * price
    benefits:
      health: qalys * value
    not_priced:
      - Coping
    outputs:
      net: benefits - costs
      years: sum(flow, over = year)
    variants:
      all_se: {ranges: se}
      dearer: {set: {price: {value: 700 (600 to 800), range: se}}}
    """

  /// A scenario in parts is the scenario in one piece: the same plan, the same figures.
  @Test func partsMakeTheWhole() throws {
    let folder = try FileFolder(Self.files)
    #expect(folder.problems() == [])
    let parts = try folder.read()
    let whole = try ScenarioReader.read(text: Self.whole, file: "b.yaml")
    #expect(parts.notPriced == whole.notPriced)
    #expect(parts.lines.map(\.name) == whole.lines.map(\.name))
    #expect(Set(parts.parameters.map(\.name)) == Set(whole.parameters.map(\.name)))
    for parameter in parts.parameters {
      let other = try #require(whole.parameters.first { $0.name == parameter.name })
      #expect(parameter.reading == other.reading && parameter.baseIs == other.baseIs)
      #expect(parameter.distribution.mean == other.distribution.mean, "\(parameter.name)")
      #expect(parameter.distribution.variance == other.distribution.variance)
    }
    let settings = RunSettings(seed: 1, iterations: 4096, method: .random, workers: 1)
    let results = try [parts, whole].map {
      try Simulation(try $0.compiled(), settings: settings).run(control: RunControl())
    }
    // In each case of the model: the scenario, every range as se, another price.
    #expect(results[0].outputs.count == 6)
    for (a, b) in zip(results[0].outputs, results[1].outputs) {
      #expect(a.moments.mean == b.moments.mean)
      #expect(a.moments.standardDeviation == b.moments.standardDeviation)
    }
    #expect(
      parts.inputs.map(\.path).sorted()
        == ["prices.yaml", "shared/deep/qalys.yaml", "shared/effects.csv", "shared/effects.yaml"])
  }

  /// - Parameter change: text of `prices.yaml`.
  private func problems(_ change: String) throws -> [String] {
    var files = Self.files
    files["prices.yaml"] = change
    // Without the variant, which would have to name a parameter.
    files["a.yaml"] = String(Self.main[..<Self.main.firstRange(of: "variants")!.lowerBound])
    return try FileFolder(files).problems()
  }

  @Test(
    arguments: [
      ("parameters:\n  price: 1\n", "prices.yaml:1:1 a scenario without its version"),
      ("utfall: 1\nparameters:\n  price: 6 (2\n", "prices.yaml:3:12 a `(` that is never closed"),
      ("utfall: 1\nparameters:\n  price: 6 (2 to 12)\n", "prices.yaml:3:10 a range whose meaning"),
      ("utfall: 1\nparameters:\n  price: {valeu: 1}\n", "prices.yaml:3:11 the unknown key `valeu`"),
      ("utfall: 1\nparameters:\n\tprice: 1\n", "prices.yaml:3:1 "),
      ("utfall: 1\nparameters:\n  price: 1\n  price: 2\n", "prices.yaml:4:3 "),
      ("utfall: 1\nparameters:\n  price: &a 1\n", "prices.yaml:3:10 "),
      ("utfall: 1\nparameters:\n  price: [1\n", "prices.yaml:"),
      ("", "prices.yaml:1:1 an empty file"),
      ("utfall: 1\nrun: {seed: 1}\nparameters:\n  price: 1\n", "prices.yaml:2:1 the key `run`"),
      (
        "utfall: 1\noutputs:\n  o: 1\nparameters:\n  price: 1\n",
        "prices.yaml:2:1 the key `outputs`"
      ),
      ("utfall: 1\nparamters:\n  price: 1\n", "prices.yaml:2:1 the unknown key `paramters`"),
      ("utfall: 1\nvariables:\n  price: 1 / nix\n", "prices.yaml:3:14 the undefined name `nix`"),
      (
        "utfall: 1\nvariables:\n  price: x2[year = 9]\n", "prices.yaml:3:10 the undefined name `x2`"
      ),
      ("utfall: 1\nvariables:\n  price: flow[year = 1999]\n", "prices.yaml:3:22 the label `1999`"),
      (
        "utfall: 1\nparameters:\n  price: 1\n  hours: 2\n",
        "a.yaml:8:3 the name `hours` a second time, after the parameter in "
      ),
      (
        "utfall: 1\nvariables:\n  price: costs\n",
        "a.yaml:10:3 definitions that need each other"
      ),
      (
        "utfall: 1\ninclude: [a.yaml]\nparameters:\n  price: 1\n",
        "prices.yaml:2:11 files that include each other"
      ),
      (
        "utfall: 1\ninclude: [prices.yaml]\nparameters:\n  price: 1\n",
        "prices.yaml:2:11 files that include each other"
      ),
      ("utfall: 1\ninclude: [nix.yaml]\n", "prices.yaml:2:11 the file `nix.yaml`"),
      ("utfall: 1\ninclude: [../nix.yaml]\n", "prices.yaml:2:11 the file `../nix.yaml`"),
      ("utfall: 1\ninclude: [/etc/passwd]\n", "prices.yaml:2:11 the path `/etc/passwd`"),
      ("utfall: 1\ninclude: [shared]\n", "prices.yaml:2:11 the folder `shared`"),
      ("utfall: 1\ninclude: prices.yaml\n", "prices.yaml:2:10 the text `prices.yaml` as `include`"),
      ("utfall: 1\ninclude: []\n", "prices.yaml:2:10 an empty list as `include`"),
      ("utfall: 1\ninclude: [b.yaml, b.yaml]\n", "prices.yaml:2:19 `b.yaml` a second time"),
      ("utfall: 1\ninclude: [{a: 1}]\n", "prices.yaml:2:11 a mapping under `include`"),
    ])
  func faultsNameTheirFile(_ prices: String, _ fault: String) throws {
    let found = try problems(prices)
    #expect(found.contains { $0.hasPrefix(fault) }, "\(found)")
    // What a faulty file would have defined is not reported missing elsewhere.
    let misses = found.contains { $0.contains("undefined name `price`") && $0.hasPrefix("a.yaml") }
    #expect(misses == prices.contains("paramters"), "\(found)")
  }

  @Test func variantsOfAMissingFileAreNoFurtherFault() throws {
    var files = Self.files
    files["prices.yaml"] = nil
    #expect(try FileFolder(files).problems() == ["a.yaml:5:5 the file `prices.yaml`"])
  }

  @Test func filesStayInTheFolder() throws {
    let folder = try FileFolder([
      "s/a.yaml": "utfall: 1\ninclude: [link.yaml]\noutputs:\n  o: x\n",
      "b.yaml": "utfall: 1\nparameters:\n  x: 1\n",
    ])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/s/link.yaml", withDestinationPath: folder.path + "/b.yaml")
    let found = folder.problems("s/a.yaml")
    #expect(
      found == ["s/a.yaml:2:11 the file `link.yaml`, which lies outside the scenario's folder"])
  }

  @Test func aFileThatTwoNeedCountsOnce() throws {
    let folder = try FileFolder([
      "a.yaml": "utfall: 1\ninclude: [b.yaml, c.yaml]\noutputs:\n  o: b + c\n",
      "b.yaml": "utfall: 1\ninclude: [d/d.yaml]\nvariables:\n  b: d\n",
      "c.yaml": "utfall: 1\ninclude: [./d/../d/d.yaml]\nvariables:\n  c: d\n",
      "d/d.yaml": "utfall: 1\nparameters:\n  d: 1\n",
    ])
    #expect(folder.problems() == [])
  }

  @Test func depthAndNumberAreCapped() throws {
    var chain = ["a.yaml": "utfall: 1\ninclude: [f1.yaml]\noutputs:\n  o: x\n"]
    for level in 1...9 {
      chain["f\(level).yaml"] = "utfall: 1\ninclude: [f\(level + 1).yaml]\n"
    }
    chain["f8.yaml"] = "utfall: 1\nparameters:\n  x: 1\n"
    #expect(try FileFolder(chain).problems() == [])
    chain["f8.yaml"] = "utfall: 1\ninclude: [f9.yaml]\n"
    #expect(
      try FileFolder(chain).problems() == ["f8.yaml:2:11 includes nested more than 8 deep"])

    var many = [
      "a.yaml": "utfall: 1\ninclude: [\((1...51).map { "f\($0).yaml" }.joined(separator: ", "))]\n"
        + "outputs:\n  o: x1\n"
    ]
    for place in 1...51 { many["f\(place).yaml"] = "utfall: 1\nparameters:\n  x\(place): 1\n" }
    let found = try FileFolder(many).problems()
    #expect(found.count == 1 && found[0].hasSuffix("more than 50 included files"), "\(found)")
  }

  @Test func warningsNameTheirFile() throws {
    let folder = try FileFolder([
      "a.yaml": "utfall: 1\ninclude: [b.yaml]\nparameters:\n  x: 1\noutputs:\n  o: x\n",
      "b.yaml": "utfall: 1\nparameters:\n  idle: 1\n",
    ])
    let warning = try #require(try folder.read().warnings.first)
    #expect(warning.file.hasSuffix("/b.yaml") && warning.line == 3)
  }
}
