// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// A small model with outputs of every kind: smooth, heavy-tailed, with ties, constant.
enum RunModel {
  static let percentiles = [0, 0.001, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 1]

  static func plan(recordsParameters: Bool = false) throws -> Plan {
    func output(_ name: String, _ value: Expression, _ histogram: HistogramRequest?) -> Output {
      Output(name: name, value: value, probabilities: percentiles, histogram: histogram)
    }
    let parameters = [
      Parameter(name: "hours", distribution: try Gamma(mean: 6, standardDeviation: 2.5)),
      Parameter(name: "wage", distribution: try Normal(mean: 320, standardDeviation: 40)),
      Parameter(name: "share", distribution: try Beta(mean: 0.4, standardDeviation: 0.1)),
      Parameter(name: "z1", distribution: Normal.standard),
      Parameter(name: "z2", distribution: Normal.standard),
    ]
    let cost = Expression.named("hours") * .named("wage")
    return try Plan(
      Model(
        parameters: parameters, variables: [Variable(name: "total", value: cost)],
        outputs: [
          output("cost", .named("total"), HistogramRequest(bins: 40)),
          output(
            "net", .number(3000) * .named("share") - .named("total") * .number(0.5),
            HistogramRequest(bins: 17, from: -2000, to: 1000)),
          output("cauchy", .named("z1") / .named("z2"), HistogramRequest(bins: 10)),
          output("whole hours", .call(.round, .named("hours")), HistogramRequest(bins: 8)),
          output("dear", cost > .number(2500), nil),
          output("fixed", .number(42), HistogramRequest(bins: 3)),
        ]), recordsParameters: recordsParameters, tables: TableAccuracyTests.tables)
  }

  /// A run as a value: its result or why there is none.
  static func outcome(
    _ plan: Plan, _ settings: RunSettings, control: RunControl = RunControl(),
    recorder: (any DrawRecorder)? = nil
  ) -> Result<RunResult, RunError> {
    Result { () throws(RunError) in
      try Simulation(plan, settings: settings).run(control: control, recorder: recorder)
    }
  }

  /// Everything a result says, bit by bit.
  static func bits(_ result: RunResult) -> [UInt64] {
    let none: UInt64 = 0xFFF8_DEAD_DEAD_DEAD
    var bits = [UInt64(result.iterations)]
    for output in result.outputs {
      let moments = output.moments
      bits += [UInt64(moments.count), UInt64(output.positive.count)]
      bits.append(UInt64(output.positive.positiveCount))
      bits += [moments.mean, moments.squaredDeviations, moments.minimum, moments.maximum]
        .map(\.bitPattern)
      bits += [output.meanStandardError, output.positiveStandardError]
        .map { $0?.bitPattern ?? none }
      for percentile in output.percentiles {
        bits += [percentile.probability.bitPattern, percentile.value.bitPattern]
        bits += [percentile.lower, percentile.upper].map { $0?.bitPattern ?? none }
      }
      if let histogram = output.histogram {
        bits += histogram.edges.edges.map(\.bitPattern)
        bits += [histogram.underflow] + histogram.counts + [histogram.overflow]
      } else {
        bits.append(none)
      }
    }
    return bits
  }
}
