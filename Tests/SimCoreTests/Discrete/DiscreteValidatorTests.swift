// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// Every way to give a discrete member, with good, bad, NaN and ±∞.
@Suite struct DiscreteValidatorTests {
  typealias Case = FamilyValidatorTests.Case

  static let cases = [
    Case("bernoulli", "p", [0.3], [[-1e-9, 1.0001]]),
    Case("binomial", "n p", [10, 0.3], [[0, -1, 2.5, 1.1e9], [-0.1, 1.1]]),
    Case("poisson", "mean", [3], [[0, -1, 1.1e9]]),
    Case(
      "negative-binomial", "mean size", [3, 2], [[0, -1, 1e-10, 1.1e9], [0, -1, 0.009, 1.1e9]]),
    Case(
      "negative-binomial", "size p", [2, 0.3], [[0, -1, 0.009, 1.1e9], [0, 1, -0.1, 1e-10]]),
    Case("negative-binomial", "mean sd", [3, 2], [[0, -1, 4, 5], [0, -1, 1.7, 300]]),
    Case("geometric", "p", [0.3], [[0, -1, 1.1, 1e-13]]),
    Case("geometric", "mean", [3], [[0, -1, 1e13]]),
    Case(
      "hypergeometric", "population successes draws", [50, 5, 10],
      [[0, -1, 9, 1.1e9, 50.5], [-1, 51, 2.5], [-1, 51, 2.5]]),
    Case("discrete-uniform", "min max", [1, 6], [[7, 0.5, -2e15], [0, 5.5, 2e15]]),
  ]

  @Test(arguments: cases)
  func goodNumbersAreTaken(test: Case) throws {
    let made = try FamilyValidatorTests.make(test, test.good)
    let family = type(of: made).family
    #expect(family.name == test.family)
    let names = made.parameters.map(\.name)
    let native = try #require(family.parametrisations.first { $0.arguments == names }, "\(names)")
    let again = try native.make(made.parameters.map(\.value))
    #expect(made.quantile(cumulative: 0.31) == again.quantile(cumulative: 0.31))
    #expect(abs(made.mean - again.mean) <= 1e-14 * abs(again.mean))
  }

  @Test(arguments: cases)
  func badNumbersAreRefusedAndShown(test: Case) {
    for (position, finite) in test.bad.enumerated() {
      for value in finite + [.nan, .infinity, -.infinity, .signalingNaN] {
        var values = test.good
        values[position] = value
        do {
          let made = try FamilyValidatorTests.make(test, values)
          Issue.record("\(test.testDescription) took \(values): \(made.parameters)")
        } catch let error as DistributionError {
          #expect(!error.expected.isEmpty)
          if value.isNaN { #expect(error.found.contains("nan"), "\(values): \(error.found)") }
        } catch {
          Issue.record("\(error)")
        }
      }
    }
  }

  @Test func categoricalLists() throws {
    func refuses(_ values: [Double], _ weights: [Double], _ text: String) {
      do {
        _ = try Categorical(values: values, weights: weights)
        Issue.record("took \(values) \(weights)")
      } catch {
        #expect(error.found.contains(text), "\(error.found)")
      }
    }
    refuses([], [], "0 values")
    refuses([1, 2], [1], "2 values and 1 weights")
    refuses([1, .nan], [1, 1], "nan")
    refuses([1, .infinity], [1, 1], "inf")
    refuses([1, 2], [1, -0.5], "-0.5")
    refuses([1, 2], [1, .nan], "nan")
    refuses([1, 2], [1, .infinity], "inf")
    refuses([1, 2], [0, 0], "all 0")
    refuses([-1e300, 1e300], [1, 1], "variance")
    let joined = try Categorical(values: [2, -0.0, 2, 0, 7], weights: [1, 1, 1, 1, 0])
    #expect(joined.table.values == [0, 2] && joined.table.masses == [0.5, 0.5])
    let huge = try Categorical(values: [1, 2], weights: [1e308, 1e308])
    #expect(huge.mean == 1.5)
  }

  @Test func limits() throws {
    let poisson = try Poisson(mean: 3)
    func refuses(_ lower: Double?, _ upper: Double?, _ text: String) {
      do {
        _ = try poisson.truncated(from: lower, to: upper)
        Issue.record("took \(String(describing: lower)) … \(String(describing: upper))")
      } catch {
        #expect("\(error.found) \(error.expected)".contains(text), "\(error.found)")
      }
    }
    refuses(2.2, 2.8, "no value")
    refuses(-5, -1, "no value")
    refuses(400, nil, "1e-290")
    refuses(4, 3, "limits 4 and 3")
    refuses(.nan, 3, "nan")
    refuses(0, .infinity, "inf")
    #expect(throws: DistributionError.self) { try Truncated(poisson, from: 1) }
    #expect(throws: DistributionError.self) {
      try Geometric(probability: 1e-9).truncated(from: 1, to: nil)
    }
    // A value at a limit is kept; twice is once.
    let both = try poisson.restricted(from: 1, to: nil)
    let twice = try both.truncated(from: nil, to: 2)
    #expect(twice.support == Support(lower: 1, upper: 2))
    #expect(abs(twice.density(1) - 0.4) < 1e-15 && abs(twice.density(2) - 0.6) < 1e-15)
    #expect(twice.parameters.suffix(2).map(\.value) == [1, 2])
    let one = try poisson.truncated(from: 2, to: 2)
    #expect(one.mean == 2 && one.variance == 0 && one.quantile(cumulative: 0.9) == 2)
    let die = try DiscreteUniform(low: 1, high: 6).truncated(from: 2.5, to: 100)
    #expect(die.parameters.map(\.value) == [3, 6])
  }

  @Test func correlationsTakeDiscreteParametersInComonotoneGroupsOnly() throws {
    let parameters = [
      Parameter(name: "a", distribution: try Normal(mean: 0, standardDeviation: 1)),
      Parameter(name: "k", distribution: try Poisson(mean: 3)),
    ]
    func model(_ group: CorrelationGroup) -> Model {
      Model(
        parameters: parameters, variables: [],
        outputs: ["a", "k"].map {
          Output(name: "o\($0)", value: .name($0, offset: 0), probabilities: [0.5], histogram: nil)
        }, correlations: [group])
    }
    let matrix = try CorrelationGroup(
      names: ["a", "k"], matrix: [[1, 0.5], [0.5, 1]], kind: .spearman)
    do throws(ModelErrors) {
      _ = try Plan(model(matrix))
      Issue.record("a discrete parameter in a matrix was taken")
    } catch {
      #expect(error.errors == [.cannotCorrelateDiscrete("k")])
    }
    for names in [["a", "k"], ["k", "a"]] {
      let plan = try Plan(model(CorrelationGroup(comonotone: names)), recordsParameters: true)
      let keeper = DrawKeeper(plan)
      let settings = RunSettings(seed: 5, iterations: 4000, workers: 1)
      _ = try Simulation(plan, settings: settings).run(recorder: keeper)
      let pairs = zip(keeper.column("a"), keeper.column("k")).sorted { $0.0 < $1.0 }
      for (left, right) in zip(pairs, pairs.dropFirst()) { #expect(left.1 <= right.1) }
      #expect(Set(pairs.map(\.1)).count > 5)
    }
  }
}
