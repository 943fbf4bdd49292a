// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// The Norwegian analysis against figures that were computed without sampling.
///
/// False alarms: every check allows about four standard errors, 6e-5 for a normal error. Users only
/// scale, so that three outputs with six checks each are independent: another seed would fail with a
/// probability of about 1e-3. The seed is that of the file.
@Suite struct NorwayFiguresTests {
  private static let count = 400_000

  private static let summary: Result<CSVTable, any Error> = Result {
    let workplace = try Workplace()
    let outcome = try workplace.simulate(
      "run", norwayScenario, "--iterations", "\(count)", "--quiet", "-o", "out")
    try #require(outcome.code == 0, "\(outcome)")
    return try workplace.table("out/norway-exercise/summary.csv")
  }

  /// output, statistic → value, standard error.
  private static let reference: Result<[String: (value: Double, error: Double)], any Error> =
    Result {
      let url = repository.appending(path: "Tests/References/norway.csv")
      let table = try CSVTable(Array(try Data(contentsOf: url)))
      var values: [String: (value: Double, error: Double)] = [:]
      for row in table.rows {
        values["\(row[0]) \(row[1])"] = (
          try #require(Double(row[2])), try #require(Double(row[3]))
        )
      }
      return values
    }

  private func truth(_ output: String, _ statistic: String) throws -> (value: Double, error: Double)
  {
    try #require(try Self.reference.get()["\(output.replacing("_1", with: "_x1")) \(statistic)"])
  }

  private static let outputs = ["", "_1750", "_11000"].flatMap { suffix in
    ["cost", "benefit", "net_benefit"].map { $0 + suffix }
  }

  @Test(arguments: outputs) func meanAndSpread(_ output: String) throws {
    let summary = try Self.summary.get()
    let mean = try truth(output, "exact_mean").value
    let sd = try truth(output, "exact_sd").value
    let mcse = sd / Double(Self.count).squareRoot()
    #expect(abs(try summary.number(output, "mean") - mean) <= 4 * mcse)
    #expect(abs(try summary.number(output, "mcse") / mcse - 1) < 0.02)
    // The reference's error of the sd is that of 2e7 draws.
    let sdError = try truth(output, "sd").error * (2e7 / Double(Self.count)).squareRoot()
    #expect(sdError < 0.01 * sd)
    #expect(abs(try summary.number(output, "sd") - sd) <= 4 * sdError)
  }

  /// The interval is 1.96 standard errors to either side; 2.1 times as far is 4.1.
  @Test(arguments: outputs, ["p2.5", "p50", "p97.5"])
  func percentiles(_ output: String, _ name: String) throws {
    let summary = try Self.summary.get()
    let truth = try truth(output, "convolution_\(name)").value
    let value = try summary.number(output, name)
    let low = try summary.number(output, name + "_low")
    let high = try summary.number(output, name + "_high")
    #expect(low < value && value < high)
    #expect(truth > value - 2.1 * (value - low) && truth < value + 2.1 * (high - value))
    // The interval itself is of the right size.
    let error = try self.truth(output, name).error * (2e7 / Double(Self.count)).squareRoot()
    #expect(abs((high - low) / (2 * 1.96 * error) - 1) < 0.35)
  }

  @Test(arguments: outputs) func shareAboveZero(_ output: String) throws {
    let summary = try Self.summary.get()
    let truth = try truth(output, "convolution_p_positive").value
    let share = try summary.number(output, "p_positive")
    if output.hasPrefix("net_benefit") {
      #expect(abs(truth - 0.8924) < 5e-5)
      let mcse = (truth * (1 - truth) / Double(Self.count)).squareRoot()
      #expect(abs(share - truth) <= 4 * mcse)
      #expect(abs(try summary.number(output, "p_positive_mcse") / mcse - 1) < 0.02)
    } else {
      #expect(share == 1 && truth == 1)
      #expect(try summary.number(output, "p_positive_mcse") == 0)
    }
  }

  /// Rows for all users are the rows per user, times the users.
  @Test(arguments: [1750.0, 11_000])
  func usersOnlyScale(_ users: Double) throws {
    let summary = try Self.summary.get()
    let scaled = summary.header.filter {
      !["output", "variant", "strategy", "perspective", "unit", "iterations"].contains($0)
        && !$0.hasPrefix("p_positive")
    }
    #expect(scaled.count == 26)
    for output in ["cost", "benefit", "net_benefit"] {
      let all = "\(output)_\(Int(users))"
      for column in scaled {
        let each = try summary.number(output, column)
        let total = try summary.number(all, column)
        // The spread loses digits to the mean, no other figure does.
        #expect(abs(total - users * each) <= 1e-12 * abs(total), "\(all) \(column)")
      }
      for column in ["p_positive", "p_positive_mcse", "iterations"] {
        #expect(try summary.text(all, column) == summary.text(output, column))
      }
      #expect(try summary.text(all, "unit") == "NOK/year")
      #expect(try summary.text(output, "unit") == "NOK/user")
    }
  }
}
