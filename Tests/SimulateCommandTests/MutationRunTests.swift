// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Scenarios near a good one, through the program: accepted or refused, never a crash.
@Suite struct MutationRunTests {
  /// Marsaglia's xorshift: the same mutations on every machine.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private static let pieces = [
    ":", ": ", " #", "- ", "{", "}", "[", "]", "'", "\"", "&a ", "*a", "!b ", "\t", "\n", "  ",
    "(", ")", ",", "±", "–", "%", "\\", "- ", "/ 0", "^ 9", "* 1e300", "-", "0", "1e999", "to",
    "gamma(", "log(", "costs", "if(", "å", "\u{A0}", "\u{0}", "--- ", "9", "e9", ".", "=",
  ]

  private func mutated(_ original: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let at = Int.random(in: 0..<bytes.count, using: &generator)
      let length = min(bytes.count - at, Int.random(in: 1...20, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.remove(at: at)
      case 1: bytes.removeSubrange(at..<at + length)
      case 2: bytes[at] = UInt8.random(in: 0...255, using: &generator)
      case 3: bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: at)
      case 4: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &generator))
      default:
        let piece = Self.pieces.randomElement(using: &generator) ?? ""
        bytes.insert(contentsOf: Array(piece.utf8), at: at)
      }
    }
    return bytes
  }

  @Test func neverCrash() throws {
    let original = Array(try Data(contentsOf: URL(filePath: norwayScenario)))
    var generator = Generator(state: 0x5EED_2018)
    let workplace = try Workplace()
    let names = (0..<300).map { "m\($0).yaml" }
    for name in names { try workplace.write(mutated(original, &generator), to: name) }
    let outcome = try workplace.simulate(["validate", "--quiet"] + names)
    try #require(outcome.code == 65, "\(outcome)")
    #expect(outcome.output.isEmpty)
    var refused: Set<String> = []
    for line in outcome.errorLines {
      let match = try #require(
        line.prefixMatch(of: #/(m\d+\.yaml):(\d+):(\d+): error: \S/#), "\(line)")
      refused.insert(String(match.1))
    }
    // Most mutations break something; some only change a text.
    #expect(refused.count > 100 && refused.count < 290, "\(refused.count)")
    let good = names.filter { !refused.contains($0) }
    #expect(try workplace.simulate(["validate", "--quiet"] + good).code == 0)
    for name in good {
      let outcome = try workplace.simulate("run", name, "-q", "-i", "200", "-o", "out")
      #expect(outcome.code == 0 || outcome.code == 70, "\(name) \(outcome)")
      let folder = workplace.url("out/\(name.dropLast(5))").path
      #expect(FileManager.default.fileExists(atPath: folder) == (outcome.code == 0))
    }
    #expect(!workplace.content.contains { $0.contains("partial") })
  }
}
