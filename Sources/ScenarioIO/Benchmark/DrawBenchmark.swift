// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

public import SimCore

/// Speed of the sampling core on this machine, family by family.
public struct DrawBenchmark: Sendable {
  /// One family on some workers.
  public struct Row: Sendable {
    public let family: String
    /// The member that was drawn: `gamma(shape = 5.5, scale = 1.1)`.
    public let member: String
    public let rate: DrawRate
  }

  public let rows: [Row]
  public let draws: Int
  public let rounds: Int

  /// Measures a typical member of each family, on one worker and on all of them.
  ///
  /// - Parameter workers: the larger number of workers, at least 1.
  /// - Parameter progress: told the family that is measured next.
  /// - Throws: `RunError.cancelled`.
  public static func measured(
    workers: Int, draws: Int, rounds: Int, control: RunControl,
    progress: (_ family: String) -> Void = { _ in }
  ) throws(RunError) -> DrawBenchmark {
    var rows: [Row] = []
    for family in FamilyRegistry.all {
      guard let member = family.typicalMember else { continue }
      progress(family.name)
      for count in Set([1, workers]).sorted() {
        if control.isCancelled { throw .cancelled }
        rows.append(
          Row(
            family: family.name, member: text(member),
            rate: .measured(member, workers: count, draws: draws, rounds: rounds)))
      }
    }
    return DrawBenchmark(rows: rows, draws: draws, rounds: rounds)
  }

  private static func text(_ distribution: any Distribution) -> String {
    let arguments = distribution.parameters.map {
      "\($0.name) = \(ReadableNumber.short($0.value))"
    }
    return type(of: distribution).family.name + "(" + arguments.joined(separator: ", ") + ")"
  }

  /// The table for the terminal.
  public var report: String {
    var table = TextTable(
      header: ["", "workers", "million/s, all", "each", "ns", "GSL, all", "ratio"])
    for row in rows {
      let rate = row.rate
      table.add([
        row.member, ReadableNumber.whole(rate.workers), millions(rate.drawsPerSecond),
        millions(rate.drawsPerSecondPerWorker),
        ReadableNumber.string(1e9 / rate.drawsPerSecondPerWorker, digits: 3),
        rate.gslDrawsPerSecond.map(millions) ?? "-",
        rate.ratio.map { ReadableNumber.string($0, digits: 3) } ?? "-",
      ])
    }
    let rounds = ReadableNumber.count(rounds, "round")
    let draws = ReadableNumber.count(draws, "draw")
    return """
      Draws per second, generator included; best of \(rounds) of \(draws) per worker.
      GSL \(GSL.version): its own samplers on its Mersenne twister, as many threads.
      Processor time; `all` adds the rates of the workers, `each` and ns are of one.

      \(table.text)
      """
  }

  private func millions(_ value: Double) -> String { ReadableNumber.string(value / 1e6) }

  /// The same as CSV, one row per family and number of workers.
  public var csv: [UInt8] {
    var csv = CSVWriter(header: Self.header)
    for row in rows {
      csv.text(row.family)
      csv.text(row.member)
      csv.number(row.rate.workers)
      csv.number(row.rate.drawsPerSecond)
      csv.number(row.rate.drawsPerSecondPerWorker)
      csv.number(1e9 / row.rate.drawsPerSecondPerWorker)
      csv.number(row.rate.gslDrawsPerSecond)
      csv.number(row.rate.gslDrawsPerSecond.map { $0 / Double(row.rate.workers) })
      csv.number(row.rate.ratio)
      csv.endLine()
    }
    return csv.bytes
  }

  static let header = [
    "family", "member", "workers", "draws_per_second", "draws_per_second_per_worker",
    "nanoseconds_per_draw", "gsl_draws_per_second", "gsl_draws_per_second_per_worker", "ratio",
  ]
}
