// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The page of all families, docs/distributions.md, made from their registration.
public enum DistributionsPage {
  public static func markdown() -> String {
    var text = """
      # Families of distributions

      This page is made by `simulate distributions --format markdown` from the registration of the families, and a test
      holds it to that. [scenario-format.md](scenario-format.md#families) says how families are used,
      [accuracy.md](accuracy.md) how their numbers are checked.

      A way of giving a family that is written with `=` needs the names. Every continuous family also takes what papers print:
      means, standard errors, percentiles and intervals
      ([numbers that papers print](scenario-format.md#numbers-that-papers-print)). *Ranges* says which readings of
      *base (low to high)* a family takes with `fit: moments`: *intervals* are `ci95`, `ci90`, `p10-p90`, `iqr` and `se`.


      """
    text += table(FamilyRegistry.all)
    text += "\n## Put together from other distributions\n\n"
    text += "These have forms of their own in scenarios "
    text += "([put together](scenario-format.md#put-together-from-other-distributions)).\n\n"
    text += "| family | for | values | source |\n|---|---|---|---|\n"
    for family in FamilyRegistry.composed {
      text += row([
        "`\(family.name)`", family.summary, family.supportText, family.source,
      ])
    }
    return text
  }

  private static func table(_ families: [Family]) -> String {
    var text = "| family | for | values | ways to give it | ranges | source |\n"
    text += "|---|---|---|---|---|---|\n"
    for family in families {
      text += row([
        "`\(family.name)`", family.summary, family.supportText, ways(family), ranges(family),
        family.source,
      ])
    }
    return text
  }

  private static func ways(_ family: Family) -> String {
    family.parametrisations.map { way in
      let arguments = way.arguments.map { way.allowsPositional ? $0 : "\($0) = …" }
      return "`\(family.name)(\(arguments.joined(separator: ", ")))`"
    }.joined(separator: ", ")
  }

  private static func ranges(_ family: Family) -> String {
    let readings = [
      family.fromMoments == nil ? nil : "intervals", family.fromBounds == nil ? nil : "`min-max`",
    ].compactMap { $0 }
    return readings.isEmpty ? "–" : readings.joined(separator: ", ")
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
  }
}
