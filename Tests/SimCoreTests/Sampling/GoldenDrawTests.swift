// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore
import Testing

/// The first eight draws of a parameter named "golden" with seed 1, for each family and path.
///
/// A change that makes these differ is value-breaking: it belongs under Value-breaking in
/// CHANGELOG.md. Other processors and versions of libm or GSL may differ in the last digits; the
/// comparison allows 1e-12, relatively.
@Suite struct GoldenDrawTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let family: String
    let arguments: [Double]
    let draws: [Double]

    var testDescription: String { "\(family) \(arguments)" }
  }

  static let golden: [Golden] = [
    Golden(
      family: "normal", arguments: [10, 2],
      draws: [
        7.205070143179682, 10.984116956249808, 6.812148012391392, 10.818784384518084,
        10.137351086208348, 7.083700992656298, 12.208922844581792, 11.004660448728764,
      ]),
    Golden(
      family: "lognormal", arguments: [0.5, 0.4],
      draws: [
        0.9427199941400456, 2.007365952480673, 0.8714729982983459, 1.9420747821009212,
        1.6946398107893759, 0.9201120696980616, 2.5645539603870344, 2.0156305807578354,
      ]),
    Golden(
      family: "gamma", arguments: [2.5, 3],
      draws: [
        2.173713557182465, 8.921584244578087, 1.805522144999912, 8.484240706701343,
        6.831759765848347, 2.0545293533058024, 12.625675380821122, 8.976940927420298,
      ]),
    Golden(
      family: "gamma", arguments: [0.05, 1],
      draws: [
        8.935641002060152e-23, 0.00033651629892121723, 4.455616929716358e-26, 0.0001389513959469558,
        1.6186987147468008e-06, 9.151427472575872e-24, 0.03340698688887818, 0.0003737465868038685,
      ]),
    Golden(
      family: "gamma", arguments: [250000, 0.1],
      draws: [
        24930.158556366605, 25024.577642824355, 24920.355093123755, 25020.441847479524,
        25003.400598371853, 24927.130104291253, 25055.230363483974, 25025.091570249428,
      ]),
    Golden(
      family: "beta", arguments: [2, 5],
      draws: [
        0.08221991435452312, 0.3541585834115259, 0.06653727872034726, 0.3384556612297344,
        0.2763611472163867, 0.07712401104141635, 0.4749180890498206, 0.3561241758963632,
      ]),
    Golden(
      family: "beta", arguments: [0.5, 0.5],
      draws: [
        0.016155628649368686, 0.7792996092625243, 0.007574522124342797, 0.7393254856087714,
        0.5429492165366532, 0.012877744686136934, 0.9558976057134236, 0.7839996424727823,
      ]),
    Golden(
      family: "beta", arguments: [15, 9985],
      draws: [
        0.0009958026624515156, 0.0016629844392513676, 0.0009392372591996576, 0.0016288977955016889,
        0.0014932903021706138, 0.0009780860311553515, 0.0019302059439437144, 0.0016672524944162626,
      ]),
    Golden(
      family: "uniform", arguments: [-1, 3],
      draws: [
        -0.675452387864492, 1.754643991633022, -0.7780947767774884, 1.6354962629112122,
        1.1095042279875797, -0.7104013222375412, 2.4612139415655183, 1.7691294959826789,
      ]),
    Golden(
      family: "triangular", arguments: [0, 1, 5],
      draws: [
        0.6369336819240956, 2.5046483129957635, 0.5266702279682606, 2.3880048458230365,
        1.925511610029711, 0.601662984737364, 3.358680319933862, 2.5192032489366234,
      ]),
    Golden(
      family: "pert", arguments: [2, 6, 12],
      draws: [
        3.7187327405305575, 7.300159590053929, 3.4563689678000724, 7.124377505646627,
        6.399523945423861, 3.6347923063318275, 8.55940653604852, 7.321958674036706,
      ]),
    Golden(
      family: "constant", arguments: [4.25],
      draws: [4.25, 4.25, 4.25, 4.25, 4.25, 4.25, 4.25, 4.25]),
  ]

  @Test(arguments: golden)
  func draws(golden: Golden) throws {
    let family = try #require(FamilyRegistry.family(named: golden.family))
    let distribution = try family.parametrisations[0].make(golden.arguments)
    let draws = try Draws.of(distribution, named: "golden", seed: 1, count: 8)
    for (draw, expected) in zip(draws, golden.draws) {
      #expect(abs(draw - expected) <= 1e-12 * abs(expected))
    }
  }
}
