// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule

/// The logarithm of gamma draws, by inversion of one uniform: finite also where the draw itself is below
/// every double.
///
/// ```
/// P(G ≤ x) ≈ x^a / Γ(a+1) for tiny x:   log x = (log u + log Γ(a+1)) / a
/// ```
struct LogGammaKernel: Sendable {
  private let shape: Double
  private let table: QuantileTable

  init(shape: Double, tables: TableStore) {
    self.shape = shape
    // The family has checked the shape.
    guard let gamma = try? Gamma(shape: shape, scale: 1),
      case .table(let standard, _, _) = gamma.sampling
    else { preconditionFailure("gamma shape \(shape)") }
    table = tables.table(for: standard)
  }

  func fill(_ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>) {
    guard table.transform == .log else {
      QuantileKernel.fill(
        out, words: words, table: table,
        finish: TableFinish(table, location: 0, scale: 1, support: .positive))
      for i in 0..<out.count { out[i] = Double.log(out[i]) }
      return
    }
    // On this scale the table holds log x itself.
    QuantileKernel.polynomials(out, words: words, table: table)
    for i in 0..<out.count where out[i].isNaN {
      out[i] = logQuantile(UniformStream.uniform(words[i]))
    }
  }

  /// For the cells that tables leave to the solver.
  private func logQuantile(_ u: Double) -> Double {
    let power = (Double.log(u) + Double.logGamma(shape + 1)) / shape
    // Below here the next term of the series, x a/(a+1), is nothing.
    if power < -600 { return power }
    return Double.log(table.standard.quantile(TailProbability(cumulative: u)))
  }
}
