// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SimCore

/// Which words may name a quantity.
package enum Names {
  static let longest = 100

  /// Words of formulas that have a meaning of their own.
  static let reserved: Set<String> = Set(Function.allCases.map(\.rawValue))
    .union(DimensionFunction.allCases.map(\.rawValue))
    .union([
      "and", "or", "not", "over", "outside", "rest", "costs", "benefits", "effects", "payer",
      "strategy",
    ])

  /// Totals of the lines of a section.
  static let totals = ["costs", "benefits", "effects"]

  static func starts(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.isASCII
      ? scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      : scalar.properties.isAlphabetic
  }

  static func continues(_ scalar: Unicode.Scalar) -> Bool {
    starts(scalar) || scalar.isDecimalDigit
      || (!scalar.isASCII
        && (scalar.properties.numericType == .decimal
          || scalar.properties.canonicalCombiningClass != .notReordered))
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, starts(first) else { return false }
    return text.unicodeScalars.allSatisfy(continues)
  }

  /// The name in normalisation form C, so that one name has one spelling in bytes.
  static func normalised(_ name: String) -> String {
    name.utf8.allSatisfy { $0 < 0x80 } ? name : name.precomposedStringWithCanonicalMapping
  }

  /// A name that could be meant: other characters become underscores.
  static func repaired(_ text: String) -> String? {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(continues(scalar) ? scalar : "_")
    }
    let name = String(result)
    return isName(name) && name.unicodeScalars.contains { $0 != "_" } ? name : nil
  }
}
