// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import RealModule
internal import SimCore

/// Data that a study of some size would give: one data set for each of some draws.
struct StudyData {
  let design: StudyDesign
  let sampleSize: Int
  /// Sufficient statistics: the mean, the events, or the events of both arms.
  let statistics: [[Double]]

  /// - Parameters:
  ///   - columns: true values, one column for each parameter of the design.
  ///   - rows: the draws' numbers, for the address of their uniforms: the same for every sample size, so
  ///     that the curve over sample sizes is smooth.
  init(
    _ design: StudyDesign, sampleSize: Int, columns: [[Double]], rows: [Int], seed: UInt64
  ) {
    self.design = design
    self.sampleSize = sampleSize
    let name = "evsi/" + design.parameters.joined(separator: "/")
    let stream = UniformStream(StreamAddress(.inner, name: name), seed: seed)
    func uniform(_ row: Int, _ arm: UInt32 = 0) -> Double {
      UniformStream.uniform(stream.word(iteration: row, label: arm))
    }
    let n = Double(sampleSize)
    switch design {
    case .normalMean(_, let sd):
      let error = sd / n.squareRoot()
      statistics = [
        rows.indices.map {
          columns[0][$0] + error * Normal.standard.quantile(cumulative: uniform(rows[$0]))
        }
      ]
    case .proportion:
      statistics = [
        rows.indices.map {
          Double(CountDraw.binomial(sampleSize, columns[0][$0], uniform(rows[$0])))
        }
      ]
    case .rate(_, let followUp):
      statistics = [
        rows.indices.map {
          Double(CountDraw.poisson(n * followUp * columns[0][$0], uniform(rows[$0])))
        }
      ]
    case .twoArms:
      statistics = [
        rows.indices.map {
          Double(CountDraw.binomial(sampleSize / 2, columns[0][$0], uniform(rows[$0])))
        },
        rows.indices.map {
          let p = Self.treated(columns[0][$0], columns[1][$0])
          return Double(CountDraw.binomial(sampleSize / 2, p, uniform(rows[$0], 1)))
        },
      ]
    }
  }

  /// Probability of an event under treatment.
  static func treated(_ baseline: Double, _ logOddsRatio: Double) -> Double {
    if baseline <= 0 || baseline >= 1 { return baseline }
    let logit = Double.log(baseline / (1 - baseline)) + logOddsRatio
    return 1 / (1 + Double.exp(-logit))
  }

  /// What a regression is made on: for two arms, empirical logit and log odds ratio with ½ added to each
  /// count.
  var summaries: [[Double]] {
    guard case .twoArms = design else { return statistics }
    let arm = Double(sampleSize / 2)
    func logit(_ events: Double) -> Double {
      Double.log((events + 0.5) / (arm - events + 0.5))
    }
    return [
      statistics[0].map(logit),
      zip(statistics[0], statistics[1]).map { logit($1) - logit($0) },
    ]
  }

  /// Log likelihoods are products of these with `coefficients`, up to a constant of the data.
  static func features(_ design: StudyDesign, _ columns: [[Double]]) -> [[Double]] {
    /// Finite, so that 0 · log 0 is 0.
    func log(_ x: Double) -> Double { max(Double.log(x), -1e300) }
    switch design {
    case .normalMean: return [columns[0], columns[0].map { $0 * $0 }]
    case .proportion: return [columns[0].map(log), columns[0].map { log(1 - $0) }]
    case .rate: return [columns[0].map(log), columns[0]]
    case .twoArms:
      let treated = zip(columns[0], columns[1]).map { Self.treated($0, $1) }
      return [
        columns[0].map(log), columns[0].map { log(1 - $0) }, treated.map(log),
        treated.map { log(1 - $0) },
      ]
    }
  }

  func coefficients(_ set: Int) -> [Double] {
    let n = Double(sampleSize)
    let first = statistics[0][set]
    switch design {
    case .normalMean(_, let sd): return [n * first / (sd * sd), -0.5 * n / (sd * sd)]
    case .proportion: return [first, n - first]
    case .rate(_, let followUp): return [first, -n * followUp]
    case .twoArms:
      let arm = Double(sampleSize / 2)
      let second = statistics[1][set]
      return [first, arm - first, second, arm - second]
    }
  }
}
