// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// Every complete example of the documentation is a valid scenario, beside the files that stand in it.
@Suite struct DocumentationTests {
  @Test(arguments: ["docs/scenario-format.md", "docs/tutorial.md", "README.md"])
  func examplesAreValid(page: String) throws {
    let examples = try DocumentationExamples(page: page)
    if page == "docs/scenario-format.md" { #expect(examples.scenarios.count > 10) }
    for example in examples.scenarios {
      do throws(ScenarioError) {
        _ = try ScenarioReader.read(text: example, file: examples.folder.path + "/example.yaml")
          .compiled()
      } catch {
        Issue.record("\(page): \(error.description)\n\(example)")
      }
    }
  }
}

/// The scenarios of a page, and a folder with the files they name: those of `scenarios`, and blocks of the
/// page that open with a name, as in "```csv inputs.csv".
struct DocumentationExamples {
  let scenarios: [String]
  let files: [String: String]
  let folder: FileFolder

  init(page: String) throws {
    let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
    var scenarios: [String] = []
    let centres = repository.appending(path: "scenarios/norway-centres.csv")
    var files = ["norway-centres.csv": try String(contentsOf: centres, encoding: .utf8)]
    var block: (opening: Substring, lines: [Substring])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("```") else {
        block?.lines.append(line)
        continue
      }
      guard let (opening, lines) = block else {
        block = (line, [])
        continue
      }
      let content = lines.joined(separator: "\n") + "\n"
      let words = opening.split(separator: " ")
      if words.count == 2 {
        files[String(words[1])] = content
      } else if opening == "```yaml", content.contains("utfall: 1") {
        scenarios.append(content)
      }
      block = nil
    }
    self.scenarios = scenarios
    self.files = files
    folder = try FileFolder(files)
  }
}
