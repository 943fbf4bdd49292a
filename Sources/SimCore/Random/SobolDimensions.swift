// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which dimension of the Sobol' sequence each parameter has.
///
/// First come the first labels of all parameters, by the hash of their names, then the second labels, and
/// so on: neither the file's order nor what a parameter is used for matters. Early dimensions are the
/// better ones, and no parameter has them all.
package struct SobolDimensions: Sendable {
  /// Labels of a parameter that have dimensions of their own.
  static let mostLabels = 64

  private let dimensions: [String: [Int]]

  /// - Parameter labelCounts: parameters with their numbers of labels, 1 without a dimension.
  package init(_ labelCounts: [(name: String, labels: Int)]) {
    let sorted =
      labelCounts
      .map { (hash: StreamAddress(.draw, name: $0.name).hash, name: $0.name, labels: $0.labels) }
      .sorted { $0.hash < $1.hash }
    var dimensions: [String: [Int]] = [:]
    var next = 0
    let rounds = min(sorted.map(\.labels).max() ?? 0, Self.mostLabels)
    for label in 0..<rounds {
      for parameter in sorted where parameter.labels > label {
        if next == JoeKuoNumbers.dimensionCount { break }
        dimensions[parameter.name, default: []].append(next)
        next += 1
      }
    }
    self.dimensions = dimensions
  }

  /// By label position, as far as there are dimensions.
  package subscript(name: String) -> [Int] { dimensions[name] ?? [] }
}
