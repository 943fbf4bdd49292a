// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// Every complete example of the documentation is a valid scenario.
@Suite struct DocumentationTests {
  @Test(arguments: ["docs/scenario-format.md", "docs/tutorial.md", "README.md"])
  func examplesAreValid(page: String) throws {
    let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
    var examples: [String] = []
    var block: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let lines = block {
          let example = lines.joined(separator: "\n") + "\n"
          if example.contains("utfall: 1") { examples.append(example) }
          block = nil
        } else {
          block = line == "```yaml" ? [] : ["not an example"]
        }
      } else {
        block?.append(line)
      }
    }
    examples.removeAll { $0.hasPrefix("not an example") }
    if page == "docs/scenario-format.md" { #expect(examples.count > 10) }
    for example in examples {
      // Beside the data files that the examples name.
      let file = repository.appending(path: "scenarios/example.yaml").path
      do throws(ScenarioError) {
        _ = try ScenarioReader.read(text: example, file: file).compiled()
      } catch {
        Issue.record("\(page): \(error.description)\n\(example)")
      }
    }
  }
}
