// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers as text in result files.
enum NumberText {
  /// Appends the shortest text that reads back as the same double; `15440`, not `15440.0`.
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    var text = value.description
    let end = text.utf8.count
    text.withUTF8 { utf8 in
      let isWhole =
        end > 2 && utf8[end - 1] == UInt8(ascii: "0") && utf8[end - 2] == UInt8(ascii: ".")
      bytes.append(contentsOf: utf8[0..<(isWhole ? end - 2 : end)])
    }
  }

  static func string(_ value: Double) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The name of a percentile's column: `p2.5`.
  static func percentileName(_ percent: Double) -> String { "p" + string(percent) }
}
