// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import Economics

/// Draws read from files, with where they came from.
public struct ImportedDraws: Sendable {
  public struct Source: Sendable {
    public let file: String
    public let sha256: String
    public let format: TableFormat
    public let columns: Int
    public let rows: Int
  }

  public let draws: Draws
  public let sources: [Source]
  /// One sentence each, for the user and the manifest.
  public let warnings: [String]

  /// - Parameter warnings: found while the files were read.
  init(_ draws: Draws, _ tables: [NumericTable], warnings: [String]) {
    self.draws = draws
    sources = tables.map {
      Source(
        file: $0.file, sha256: $0.sha256, format: $0.format, columns: $0.columns.count,
        rows: $0.rows)
    }
    self.warnings = warnings + Self.alignment(draws, tables)
  }

  private static func alignment(_ draws: Draws, _ tables: [NumericTable]) -> [String] {
    guard let alignment = Alignment(draws), alignment.isSuspect else { return [] }
    let strongest = ReadableNumber.string(alignment.strongest, digits: 2)
    let noise = ReadableNumber.string(alignment.noise, digits: 2)
    let place =
      tables.count == 1
      ? "Were the rows of some columns sorted or drawn apart?"
      : "Are the rows of the files in the same order?"
    return [
      "\(Excerpt.escaped(tables[0].file)): warning: no parameter explains any cost or effect: the strongest "
        + "rank correlation is \(strongest), and unrelated columns would show up to \(noise) in "
        + "\(ReadableNumber.whole(alignment.iterations)) rows. \(place)"
    ]
  }
}
