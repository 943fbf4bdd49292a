// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import SimCore
import Testing

@Suite struct DistributionsPageTests {
  @Test func theCommittedPageIsCurrent() throws {
    let file = repository.appending(path: "docs/distributions.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(
      text == DistributionsPage.markdown(),
      "write it again: simulate distributions --format markdown > docs/distributions.md")
  }

  @Test func everyFamilyHasARow() {
    let lines = DistributionsPage.markdown().split(separator: "\n")
    for family in FamilyRegistry.all + FamilyRegistry.composed {
      let rows = lines.filter { $0.hasPrefix("| `\(family.name)` |") }
      #expect(rows.count == 1, "\(family.name)")
      // As many cells as the header.
      #expect(rows.allSatisfy { [5, 7].contains($0.count { $0 == "|" }) }, "\(family.name)")
    }
  }
}
