// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// `multivariate-normal:`, such as the coefficients of a regression.
extension ScenarioDecoder {
  mutating func multivariateNormal(_ entry: YAMLEntry, _ by: [String]) -> [Fit]? {
    let expected = "`means`, and `covariances`, or `sds` with `correlations`"
    guard by.count == 1, let dimension = by.first else {
      problems.report(
        entry.keyPosition, "`\(entry.key)` by \(by.joined(separator: " and "))",
        expected: "one dimension")
      return nil
    }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "`\(entry.key)`",
        keys: .multivariateNormal)
    else { return nil }
    let keys = Set(fields.keys)
    guard keys == ["means", "covariances"] || keys == ["means", "sds", "correlations"] else {
      problems.report(
        entry.keyPosition, "`\(entry.key)` with \(keys.sorted().joined(separator: " and "))",
        expected: expected)
      return nil
    }
    let names = labels(of: dimension)
    guard let means = numbers(fields["means"], by),
      let field = fields["covariances"] ?? fields["correlations"]
    else { return nil }
    let sds = fields["sds"].map { numbers($0, by) }
    if case .some(nil) = sds { return nil }
    guard let matrix = matrix(field, field.key == "covariances" ? "covariance" : "correlation"),
      let rows = ordered(matrix, as: names, "label of `\(dimension)`", field.value.position)
    else { return nil }
    let law: MultivariateNormal
    do throws(DistributionError) {
      if case .some(.some(let sds)) = sds {
        law = try MultivariateNormal(means: means, standardDeviations: sds, correlations: rows)
      } else {
        law = try MultivariateNormal(means: means, covariances: rows)
      }
    } catch {
      problems.report(
        field.value.position, error.found, expected: error.expected, advice: error.advice)
      return nil
    }
    return law.means.indices.compactMap { i in
      let sd = law.covariances[i][i].squareRoot()
      guard let own = try? Normal(mean: law.means[i], standardDeviation: sd) else { return nil }
      return Fit(
        text: "mean \(NumberText.string(law.means[i])), sd \(NumberText.string(sd))",
        distribution: own, joint: .multivariateNormal(law))
    }
  }

  /// A number for each label.
  mutating func numbers(_ entry: YAMLEntry?, _ by: [String]) -> [Double]? {
    guard let entry, let cells = cells(entry, by: by) else { return nil }
    var numbers: [Double] = []
    for cell in cells {
      guard let text = scalar(cell), let value = number(text)?.value else { return nil }
      numbers.append(value)
    }
    return numbers
  }
}
