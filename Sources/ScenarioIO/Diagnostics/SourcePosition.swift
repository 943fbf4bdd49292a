// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a scenario file, or in a file that it names. Lines and columns count from 1; columns count
/// Unicode scalars.
public struct SourcePosition: Sendable, Hashable, Comparable {
  public let line: Int
  public let column: Int
  /// Path of the file; `nil` for the scenario itself.
  public let file: String?

  public init(line: Int, column: Int, file: String? = nil) {
    self.line = line
    self.column = column
    self.file = file
  }

  /// The scenario itself comes before the files it names.
  public static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    (a.file ?? "", a.line, a.column) < (b.file ?? "", b.line, b.column)
  }

  /// `file:line:column`, with the scenario's own path where the place is in no other file.
  func text(in scenario: String) -> String {
    "\(Excerpt.escaped(file ?? scenario)):\(line):\(column)"
  }

  static let start = SourcePosition(line: 1, column: 1)
}
