// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ScenarioIO
import Testing

/// Texts near a good one: each is read or refused with places inside it, and never a crash.
@Suite struct MutationTests {
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

  private static let pieces: [[UInt8]] = [
    ":", ": ", " #", "- ", "{", "}", "[", "]", "'", "\"", "|", ">", "&a ", "*a", "!b ", "\t", "\n",
    "\r\n", "  ", "(", ")", ",", "±", "–", "%", "\\", "---\n", "...", "? ", "<<: ", "å", "\u{A0}",
    "1e999", "0x1", "1:30", "to", "\u{85}", "\u{0}", "gamma(", "^", "=", "\u{FEFF}", "~", "@", "`",
  ].map { Array($0.utf8) }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func neverCrash(_ seed: UInt64) throws {
    let original = Array(try norwayText().utf8)
    var generator = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    var refused = 0
    for _ in 0..<2500 {
      let bytes = mutated(original, &generator)
      do throws(ScenarioError) {
        _ = try ScenarioReader.read(bytes: bytes, file: "m")
      } catch .invalid(let diagnostics) {
        refused += 1
        check(diagnostics, bytes)
      } catch {
        Issue.record("\(error)")
      }
    }
    // Most mutations break something; some only change a text.
    #expect(refused > 1000 && refused < 2500)
  }

  private func mutated(_ original: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let at = Int.random(in: 0..<bytes.count, using: &generator)
      let length = min(bytes.count - at, Int.random(in: 1...40, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.remove(at: at)
      case 1: bytes.removeSubrange(at..<at + length)
      case 2: bytes[at] = UInt8.random(in: 0...255, using: &generator)
      case 3: bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: at)
      case 4: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &generator))
      default:
        bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator) ?? [], at: at)
      }
    }
    return bytes
  }

  private func check(_ diagnostics: [Diagnostic], _ bytes: [UInt8]) {
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    #expect(!diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.line >= 1 && $0.line <= lines && $0.column >= 1 })
    #expect(diagnostics.allSatisfy { !$0.found.isEmpty })
    let places = diagnostics.map(\.position)
    #expect(places == places.sorted())
    #expect(Set(diagnostics).count == diagnostics.count)
  }
}
