// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Order, bounds and sharing of tables.
@Suite struct TableShapeTests {
  static let laws: [any Distribution] = {
    var laws: [any Distribution] = [Normal.standard]
    func add(_ make: () throws -> any Distribution) {
      if let made = try? make() { laws.append(made) } else { Issue.record("refused") }
    }
    for shape in [0.05, 0.5, 1, 2.5, 42, 1e3, 1e6] { add { try Gamma(shape: shape, scale: 1) } }
    for (alpha, beta) in [(0.1, 0.1), (0.1, 3), (1, 1), (2, 5), (5, 9995), (1e5, 5), (1e5, 1e5)] {
      add { try Beta(alpha: alpha, beta: beta) }
    }
    for sdLog in [0.05, 1, 4] { add { try LogNormal(meanLog: 0, sdLog: sdLog) } }
    return laws
  }()

  static func name(_ distribution: any Distribution) -> String {
    "\(type(of: distribution).family.name) \(distribution.parameters.map(\.value))"
  }

  // MARK: Order

  /// Draws rise with u. Neighbouring words may fall back by rounding alone: by what the accuracy rule
  /// allows, and a few ulps.
  @Test func drawsRiseWithTheUniform() {
    for law in Self.laws {
      let table = TableAccuracyTests.tables.table(for: law)
      var words: [UInt64] = []
      var random = SummaryRandom(state: 23)
      // A grid over the whole, runs of neighbours at random places, and around every cell boundary
      // where u is a power of two.
      for i in 0..<20_000 as Range<UInt64> { words.append(i * 225_179_981_368 + 1) }
      for _ in 0..<200 {
        let start = random.next() >> 12
        for i in 0..<8 as Range<UInt64> { words.append(min(start + i, (1 << 52) - 1)) }
      }
      for exponent in 2..<51 as Range<UInt64> {
        for i in 0..<4 as Range<UInt64> {
          let k = (1 << exponent) - 2 + i
          words += [k, (1 << 52) - 1 - k]
        }
      }
      words.sort()
      var last = -Double.infinity
      var worst = 0.0
      for k in words {
        let x = table.value(word: k << 12)
        if x < last {
          let u = UniformStream.uniform(k << 12)
          let p = min(u, 1 - u)
          let allowed = 2 * min(1e-11, 1e-8 * p) / law.density(x) + 8 * x.ulp
          worst = max(worst, (last - x) / allowed)
        }
        last = x
      }
      #expect(worst <= 1, "\(Self.name(law)) falls back by \(worst) of what is allowed")
    }
  }

  // MARK: Bounds

  @Test func extremeDrawsStayInsideTheSupport() {
    let words: [UInt64] = [0, 1 << 12, 2 << 12, ~0, ~0 - (1 << 12), 1 << 63, (1 << 63) - 1]
    for law in Self.laws {
      let table = TableAccuracyTests.tables.table(for: law)
      let support = law.support
      for word in words {
        let x = table.value(word: word)
        #expect(x > support.lower && x < support.upper, "\(Self.name(law)): \(x)")
        #expect(x.isFinite, "\(Self.name(law)): \(x)")
      }
      #expect(table.value(word: 0) < table.value(word: ~0), "\(Self.name(law))")
    }
  }

  // MARK: Sharing

  @Test func parametersWithTheSameShapeShareATable() throws {
    let tables = TableStore()
    func plan(_ distributions: [any Distribution]) throws -> Plan {
      let parameters = distributions.enumerated().map {
        Parameter(name: "p\($0)", distribution: $1)
      }
      return try Plan(
        Model(
          parameters: parameters, variables: [],
          outputs: parameters.map {
            Output(
              name: "\($0.name)_out", value: .name($0.name, offset: 0), probabilities: [],
              histogram: nil)
          }), tables: tables)
    }
    _ = try plan([Normal(mean: 0, standardDeviation: 1), Normal(mean: 5, standardDeviation: 2)])
    #expect(tables.count == 1)
    _ = try plan([Gamma(shape: 3, scale: 1), Gamma(shape: 3, scale: 70)])
    #expect(tables.count == 2)
    _ = try plan([Gamma(shape: 4, scale: 1)])
    #expect(tables.count == 3)
    _ = try plan([PERT(low: 2, mode: 6, high: 10), Beta(alpha: 3, beta: 3)])
    #expect(tables.count == 4)
    // Lognormals are drawn from the table of the normal.
    _ = try plan([LogNormal(meanLog: 0, sdLog: 0.5), LogNormal(meanLog: 7, sdLog: 0.9)])
    #expect(tables.count == 4)
    // Closed forms need none.
    _ = try plan([
      Uniform(low: 0, high: 1), Triangular(low: 0, mode: 1, high: 2), Constant(4),
    ])
    #expect(tables.count == 4)
    let first = tables.table(for: try Gamma(shape: 3, scale: 1))
    #expect(first === tables.table(for: try Gamma(shape: 3, scale: 1)))
  }
}
