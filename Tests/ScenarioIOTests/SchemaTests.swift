// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

@Suite struct SchemaTests {
  private let schema = try! SchemaChecker(ScenarioSchema.text())

  private static let scenarios: [URL] = {
    let folder = repository.appending(path: "scenarios")
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "yaml" }
  }()

  @Test(
    arguments: [
      ("docs/scenario.schema.json", false), ("docs/included-file.schema.json", true),
    ])
  func theCommittedSchemaIsCurrent(_ path: String, _ included: Bool) throws {
    let text = try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    #expect(
      text == ScenarioSchema.text(ofIncludedFiles: included),
      "write it again: simulate schema\(included ? " --included" : "") > \(path)")
  }

  @Test func scenariosKeepTheSchema() throws {
    #expect(Self.scenarios.count >= 7)
    for file in Self.scenarios {
      let text = try String(contentsOf: file, encoding: .utf8)
      let value = try #require(EditorValue(yaml: text))
      #expect(schema.faults(value) == [], "\(file.lastPathComponent)")
    }
  }

  @Test(arguments: ["docs/scenario-format.md", "docs/tutorial.md", "README.md"])
  func examplesKeepTheSchema(page: String) throws {
    let examples = try DocumentationExamples(page: page)
    for example in examples.scenarios {
      let value = try #require(EditorValue(yaml: example))
      #expect(schema.faults(value) == [], "\(example)")
    }
    let included = try SchemaChecker(ScenarioSchema.text(ofIncludedFiles: true))
    for (name, text) in examples.files where name.hasSuffix(".yaml") {
      let value = try #require(EditorValue(yaml: text))
      #expect(included.faults(value) == [], "\(name)")
    }
  }

  @Test(
    arguments: [
      ("utfall: 1\n", ": required outputs"),
      ("outputs:\n  o: 1\n", ": required utfall"),
      ("utfall: 2\noutputs:\n  o: 1\n", "/utfall: enum"),
      ("utfall: 1\nouputs:\n  o: 1\n", "/ouputs: additionalProperties"),
      ("utfall: 1\nranges: ci99\noutputs:\n  o: 1\n", "/ranges: enum"),
      ("utfall: 1\noutputs: [a]\n", "/outputs: type"),
      ("utfall: 1\nrun: {seed: -1}\noutputs:\n  o: 1\n", "/run/seed: minimum"),
      ("utfall: 1\nrun: {iterations: 1.5}\noutputs:\n  o: 1\n", "/run/iterations: type"),
      ("utfall: 1\nrun: {method: sobl}\noutputs:\n  o: 1\n", "/run/method: enum"),
      (
        "utfall: 1\nparameters:\n  a: {value: 1, famly: x}\noutputs:\n  o: 1\n",
        "/parameters/a: anyOf"
      ),
      ("utfall: 1\nparameters:\n  a: [1]\noutputs:\n  o: 1\n", "/parameters/a: anyOf"),
      ("utfall: 1\ninclude: []\noutputs:\n  o: 1\n", "/include: minItems"),
      ("utfall: 1\nparameters:\noutputs:\n  o: 1\n", "/parameters: type"),
    ])
  func slipsAreMarked(_ text: String, _ fault: String) throws {
    let value = try #require(EditorValue(yaml: text))
    #expect(schema.faults(value).contains(fault), "\(schema.faults(value))")
  }

  @Test func includedFilesAskNothing() throws {
    let included = try SchemaChecker(ScenarioSchema.text(ofIncludedFiles: true))
    let text = "utfall: 1\nparameters:\n  a: 1\n"
    #expect(included.faults(try #require(EditorValue(yaml: text))) == [])
    let more = try #require(EditorValue(yaml: text + "outputs:\n  a: a\n"))
    #expect(included.faults(more) == ["/outputs: additionalProperties"])
  }

  /// The readers look keys up by name: a name that no section declares would never be found.
  @Test func keysThatAreReadAreDeclared() throws {
    let declared = Set(KeySection.allCases.flatMap { $0.keys.map(\.name) })
    let folder = repository.appending(path: "Sources/ScenarioIO/Scenario")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    var read: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?:fields|top|part|own)\["([a-z_]+)"\]/) {
        read.insert(String(match.1))
      }
    }
    #expect(read.count > 50)
    #expect(read.subtracting(declared) == [])
  }
}
