// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// All families, in the order in which they are listed. A new family is one line here.
public enum FamilyRegistry {
  public static let all: [Family] = [
    Constant.family,
    Normal.family,
    LogNormal.family,
    Gamma.family,
    Beta.family,
    Uniform.family,
    Triangular.family,
    PERT.family,
  ]

  public static func family(named name: String) -> Family? {
    all.first { $0.name == name }
  }
}
