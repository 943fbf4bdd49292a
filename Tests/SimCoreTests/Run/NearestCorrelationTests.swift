// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The nearest correlation matrix, against R's Matrix::nearPD (Tests/References/nearest_correlation.R).
@Suite struct NearestCorrelationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var stated: [[Double]]
    var nearest: [[Double]]

    var names: [String] { stated.indices.map { "p\($0)" } }
  }

  static let cases: [Case] = {
    guard let table = try? SummaryReference("nearest_correlation.csv") else { return [] }
    var cases: [Case] = []
    for record in table.records {
      guard let name = record["matrix"], let i = Int(record["row"] ?? ""),
        let j = Int(record["column"] ?? ""), let stated = Double(record["stated"] ?? ""),
        let nearest = Double(record["nearest"] ?? "")
      else { continue }
      if cases.last?.testDescription != name {
        let size =
          1
          + (table.records.filter { $0["matrix"] == name }
            .compactMap { Int($0["row"] ?? "") }.max() ?? 0)
        let unit = (0..<size).map { i in (0..<size).map { $0 == i ? 1.0 : 0.0 } }
        cases.append(Case(testDescription: name, stated: unit, nearest: unit))
      }
      let place = cases.count - 1
      (cases[place].stated[i][j], cases[place].stated[j][i]) = (stated, stated)
      (cases[place].nearest[i][j], cases[place].nearest[j][i]) = (nearest, nearest)
    }
    return cases
  }()

  @Test func thereAreCases() { #expect(Self.cases.count == 5) }

  @Test(arguments: cases)
  func isThatOfR(_ item: Case) throws {
    let group = try CorrelationGroup(
      names: item.names, matrix: item.stated, kind: .normalScore, nearest: true)
    let used = try #require(group.adjustment).used
    for i in used.indices {
      #expect(used[i][i] == 1)
      for j in used.indices {
        #expect(used[i][j] == used[j][i])
        #expect(abs(used[i][j] - item.nearest[i][j]) < 1e-6, "\(i), \(j)")
      }
    }
  }

  @Test func isUsedOnlyWhenAskedFor() throws {
    let item = try #require(Self.cases.first)
    let result = Result { () throws(CorrelationError) in
      try CorrelationGroup(names: item.names, matrix: item.stated, kind: .normalScore)
    }
    guard case .failure(.notPositiveDefinite(let least, let change)) = result else {
      Issue.record("\(result)")
      return
    }
    // 1 − 2 · 0.9, and 0.9 − 0.5.
    #expect(abs((least ?? 0) + 0.8) < 1e-12)
    #expect(abs((change ?? 0) - 0.4) < 1e-6)
  }

  @Test func consistentCorrelationsStayAsTheyAre() throws {
    let matrix = [[1, 0.5], [0.5, 1]]
    let group = try CorrelationGroup(
      names: ["a", "b"], matrix: matrix, kind: .spearman, nearest: true)
    #expect(group.adjustment == nil)
    #expect(group == (try CorrelationGroup(names: ["a", "b"], matrix: matrix, kind: .spearman)))
  }

  /// Ranks are reported on the scale on which they were stated.
  @Test func ranksStayRanks() throws {
    let item = try #require(Self.cases.first)
    let group = try CorrelationGroup(
      names: item.names, matrix: item.stated, kind: .spearman, nearest: true)
    let adjustment = try #require(group.adjustment)
    // Between normal scores the nearest is ½; 6/π asin(¼) of ranks.
    #expect(abs(adjustment.used[1][0] - 0.4825837) < 1e-6)
    #expect(adjustment.stated == item.stated)
  }

  @Test func largeGroupsAreNotRepaired() {
    let n = 101
    let names = (0..<n).map { "p\($0)" }
    let matrix = (0..<n).map { i in (0..<n).map { i == $0 ? 1 : -0.5 } }
    let result = Result { () throws(CorrelationError) in
      try CorrelationGroup(names: names, matrix: matrix, kind: .spearman, nearest: true)
    }
    guard case .failure(.tooManyForNearest(100)) = result else {
      Issue.record("\(result)")
      return
    }
  }
}
