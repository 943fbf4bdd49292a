// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A file that a scenario names: its bytes, kept for the manifest.
public struct InputFile: Sendable, Hashable {
  /// Relative to the scenario's folder.
  public let path: String
  public let bytes: [UInt8]
}
