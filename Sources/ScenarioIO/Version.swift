// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The version of Utfall, as `simulate --version` prints it and manifests record it.
public enum Utfall {
  public static let version = "0.1.0"
}
