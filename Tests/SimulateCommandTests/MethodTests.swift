// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// `run: {method: …}` and `--method` choose how uniforms are drawn; the manifest says what was done.
@Suite struct MethodTests {
  private func manifest(_ workplace: Workplace) throws -> [String: Any] {
    let data = Data(try workplace.bytes("results/s/manifest.json"))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test(
    arguments: [
      ("random", 1001, 1), ("latin-hypercube", 1001, 16), ("sobol", 1024, 16),
      ("antithetic", 1002, 16),
    ] as [(String, Int, Int)])
  func theManifestSaysWhatWasDone(method: String, iterations: Int, replicates: Int) throws {
    let workplace = try Workplace()
    let run = "ranges: ci95\nbase_is: mean\nrun: {method: \(method), iterations: 1001}"
    try workplace.write(scenario(top: run), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "--draws")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains(method) == (method != "random"))
    let manifest = try manifest(workplace)
    #expect(manifest["method"] as? String == method)
    #expect(manifest["requested_iterations"] as? Int == 1001)
    #expect(manifest["iterations"] as? Int == iterations)
    #expect(manifest["replicates"] as? Int == replicates)
    let summary = try workplace.bytes("results/s/summary.csv")
    let draws = try workplace.text("results/s/draws.csv")
    #expect(draws.split(separator: "\n").count == iterations + 1)

    // The option gives the same as the key, and overrides it.
    let plain = run.replacing("method: \(method)", with: "method: random")
    try workplace.write(scenario(top: plain), to: "s.yaml")
    #expect(try workplace.simulate("run", "s.yaml", "--method", method).code == 0)
    #expect(try workplace.bytes("results/s/summary.csv") == summary)
  }

  @Test func unknownMethodsAreRefused() throws {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "s.yaml")
    let outcome = try workplace.simulate("run", "s.yaml", "--method", "halton")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("latin-hypercube"))
    #expect(workplace.content == ["s.yaml"])
  }
}
