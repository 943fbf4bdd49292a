// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a scenario could not be read.
public enum ScenarioError: Error, Sendable, CustomStringConvertible {
  /// The file can't be opened or read. Exit code 66.
  case unreadable(path: String, reason: String)
  /// The file was read and its content is refused: every problem found, in order of position.
  /// Exit code 65.
  case invalid([Diagnostic])

  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(Excerpt.escaped(path)): error: cannot read the file: \(Excerpt.escaped(reason))"
    case .invalid(let diagnostics):
      diagnostics.map(\.description).joined(separator: "\n")
    }
  }
}
