// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Sensitivity, information and convergence of one run, computed again from its draws by R
/// (`References/figures.R`).
@Suite struct FiguresTests {
  private struct Row {
    let figure: String
    let name: String
    let other: String
    let wtp: String
    let size: String
    let value: Double
    let error: Double?
  }

  private static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "References/\(name)")
  }

  /// Reference rows whose figure begins so.
  private static func reference(_ figure: String) throws -> [Row] {
    let table = try CSVTable(Array(try Data(contentsOf: url("figures.csv"))))
    return try table.rows.filter { $0[0].hasPrefix(figure) }.map { row in
      Row(
        figure: row[0], name: row[1], other: row[2], wtp: row[3], size: row[4],
        value: try #require(Double(row[5])), error: Double(row[6]))
    }
  }

  private static func results(_ command: String, _ options: String...) throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(try Data(contentsOf: url("figures.yaml")), to: "figures.yaml")
    let outcome = try workplace.simulate([command, "figures.yaml", "--quiet"] + options)
    #expect(outcome.code == 0, "\(outcome)")
    return workplace
  }

  /// Rows of a table by column names.
  private static func rows(_ workplace: Workplace, _ path: String) throws -> [[String: String]] {
    let table = try workplace.table(path)
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
  }

  private static func agree(_ text: String?, _ value: Double, within: Double = 1e-9) -> Bool {
    guard let found = text.flatMap(Double.init) else { return false }
    return abs(found - value) <= within * max(1, abs(value))
  }

  /// All that follows is on these draws: the run still makes them.
  @Test func `The committed draws are those of the run`() throws {
    let workplace = try Self.results("run", "--draws")
    let draws = try workplace.table("results/figures/draws.csv")
    let committed = try CSVTable(Array(try Data(contentsOf: Self.url("figures_draws.csv"))))
    #expect(draws.header == committed.header && draws.rows.count == committed.rows.count)
    for (own, known) in zip(draws.rows, committed.rows) {
      for (a, b) in zip(own, known) { #expect(Self.agree(a, Double(b) ?? .nan, within: 1e-12)) }
    }
  }

  @Test func `First-order indices, rank correlations and conditional means are those of R`() throws
  {
    let workplace = try Self.results("run")
    let sensitivity = try Self.rows(workplace, "results/figures/sensitivity.csv")
    for figure in ["first_order", "spearman"] {
      let reference = try Self.reference(figure)
      #expect(reference.count == 8)
      for row in reference {
        let own = try #require(
          sensitivity.first { $0["parameter"] == row.name && $0["outcome"] == row.other })
        #expect(Self.agree(own[figure], row.value), "\(row) \(own)")
        #expect(Self.agree(own[figure + "_mcse"], row.error ?? .nan), "\(row) \(own)")
      }
    }
    let means = try Self.rows(workplace, "results/figures/conditional-means.csv")
    let reference = try Self.reference("conditional_mean")
    #expect(reference.count == means.count && means.count == 160)
    for row in reference {
      let own = try #require(
        means.first {
          $0["parameter"] == row.name && $0["outcome"] == row.other && $0["bin"] == row.size
        })
      #expect(Self.agree(own["outcome_mean"], row.value), "\(row) \(own)")
      #expect(Self.agree(own["mcse"], row.error ?? .nan), "\(row) \(own)")
    }
  }

  @Test func `Running figures and iterations needed are those of R`() throws {
    let workplace = try Self.results("run")
    let convergence = try Self.rows(workplace, "results/figures/convergence.csv")
    let needed = try Self.rows(workplace, "results/figures/iterations-needed.csv")
    let choices = try Self.rows(workplace, "results/figures/convergence-ceac.csv")
    let reference = try Self.reference("running_")
    #expect(reference.count == 3 * (2 * 6 + 3 * 5))
    for row in reference {
      let figure = String(row.figure.dropFirst("running_".count))
      if row.wtp.isEmpty {
        let own = try #require(
          convergence.first { $0["output"] == row.name && $0["iterations"] == row.size })
        #expect(Self.agree(own[figure], row.value), "\(row) \(own)")
        switch figure {
        case "mean": #expect(Self.agree(own["mcse"], row.error ?? .nan))
        case "sd": break
        case "p_positive": #expect(Self.agree(own["p_positive_mcse"], row.error ?? .nan))
        default:
          let low = try #require(own[figure + "_low"].flatMap(Double.init))
          let high = try #require(own[figure + "_high"].flatMap(Double.init))
          #expect(Self.agree("\((high - low) / 2)", row.error ?? .nan), "\(row) \(own)")
        }
      } else {
        let name = figure == "nmb" ? "nmb_mean" : figure
        let own = try #require(
          choices.first {
            $0["figure"] == name && $0["wtp"] == row.wtp && $0["iterations"] == row.size
              && (figure == "evpi" || $0["strategy"] == row.name)
          })
        #expect(Self.agree(own["value"], row.value), "\(row) \(own)")
        #expect(Self.agree(own["mcse"], row.error ?? .nan), "\(row) \(own)")
      }
    }
    let wanted = try Self.reference("needed_")
    #expect(wanted.count == 10)
    for row in wanted {
      let own = try #require(
        needed.first {
          $0["output"] == row.name && $0["figure"] == String(row.figure.dropFirst("needed_".count))
        })
      // Rounded up, so that a last digit may make one iteration.
      #expect(
        abs((own["iterations_needed"].flatMap(Double.init) ?? .nan) - row.value) <= 1,
        "\(row) \(own)")
    }
  }

  /// Another smoother and, for studies, other simulated data, on the same parameters: most of the error is
  /// shared, as for single parameters in `EVPPITests`.
  @Test func `EVPPI, EVSI and ENBS are near those of gam`() throws {
    let workplace = try Self.results("run")
    let evppi = try Self.rows(workplace, "results/figures/evppi.csv")
    let reference = try Self.reference("evppi")
    #expect(reference.count == 18 && evppi.count == 18)
    for row in reference {
      let own = try #require(evppi.first { $0["parameters"] == row.name && $0["wtp"] == row.wtp })
      let error = try #require(own["mcse"].flatMap(Double.init))
      let value = try #require(own["plug_in"].flatMap(Double.init))
      #expect(abs(value - row.value) <= 0.5 * error + 3, "\(row) \(own)")
    }
    let evsi = try Self.rows(workplace, "results/figures/evsi.csv")
    let enbs = try Self.rows(workplace, "results/figures/enbs.csv")
    for row in try Self.reference("evsi") + Self.reference("enbs") {
      let table = row.figure == "evsi" ? evsi : enbs
      for method in ["regression", "importance sampling", "moment matching"] {
        let own = try #require(
          table.first {
            $0["method"] == method && $0["wtp"] == row.wtp && $0["sample_size"] == row.size
          })
        let error = try #require(own["mcse"].flatMap(Double.init))
        let value = try #require(own[row.figure].flatMap(Double.init))
        #expect(abs(value - row.value) <= 3 * error + 3 * (row.error ?? 0), "\(row) \(own)")
      }
    }
    // The highest ENBS stands on every row of its study.
    for method in ["regression", "importance sampling", "moment matching"] {
      for wtp in ["5000", "10000", "20000"] {
        let curve = enbs.filter { $0["method"] == method && $0["wtp"] == wtp }
        let most = curve.compactMap { $0["enbs"].flatMap(Double.init) }.max()
        #expect(curve.count == 4 && most != nil)
        for row in curve {
          #expect(row["optimal_enbs"].flatMap(Double.init) == most)
          #expect((row["optimal"] == "yes") == (row["sample_size"] == row["optimal_size"]))
        }
        let best = try #require(curve.first { $0["optimal"] == "yes" })
        #expect(best["enbs"] == best["optimal_enbs"])
        #expect(best["mcse"] == best["optimal_enbs_mcse"])
      }
    }
  }

  @Test func `One-way results and thresholds are those of R's quantiles and roots`() throws {
    let workplace = try Self.results("base")
    let oneWay = try Self.rows(workplace, "results/figures-base/one-way.csv")
    let low = try Self.reference("one_way_low")
    let high = try Self.reference("one_way_high")
    #expect(low.count == 8 && high.count == 8)
    for (row, end) in low.map({ ($0, "low") }) + high.map({ ($0, "high") }) {
      let own = try #require(
        oneWay.first { $0["parameter"] == row.name && $0["output"] == row.other })
      #expect(Self.agree(own[end], row.value), "\(row) \(own)")
    }
    let outputs = try Self.rows(workplace, "results/figures-base/thresholds.csv")
    let decisions = try Self.rows(workplace, "results/figures-base/decision-thresholds.csv")
    let reference = try Self.reference("threshold") + Self.reference("decision_threshold")
    #expect(reference.count == 19)
    for row in reference {
      let place = String(row.figure.split(separator: "_").last ?? "")
      let own = (row.wtp.isEmpty ? outputs : decisions).filter {
        $0["parameter"] == row.name && $0["place"] == place
          && (row.wtp.isEmpty ? $0["output"] == row.other : $0["wtp"] == row.wtp)
      }
      #expect(own.contains { Self.agree($0["threshold"], row.value) }, "\(row) \(own)")
    }
    // Nothing was found that R has no root for.
    let found = (outputs + decisions).count { $0["threshold"]?.isEmpty == false }
    #expect(found == reference.count)
  }
}
