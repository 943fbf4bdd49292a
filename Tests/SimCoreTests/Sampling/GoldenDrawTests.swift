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
        7.20507014317784, 10.984116956247977, 6.812148012391063, 10.818784384517576,
        10.137351086208184, 7.083700992655434, 12.208922844584064, 11.004660448726332,
      ]),
    Golden(
      family: "lognormal", arguments: [0.5, 0.4],
      draws: [
        0.9427199941396949, 2.00736595247975, 0.871472998298311, 1.9420747821004172,
        1.694639810789244, 0.920112069697906, 2.564553960391318, 2.015630580755126,
      ]),
    Golden(
      family: "gamma", arguments: [2.5, 3],
      draws: [
        2.1737135571817188, 8.921584244569873, 1.8055221449997862, 8.484240706699058,
        6.831759765847135, 2.0545293533054494, 12.6256753808325, 8.976940927409402,
      ]),
    Golden(
      family: "gamma", arguments: [0.05, 1],
      draws: [
        8.93564100210436e-23, 0.0003365162989209199, 4.455616929716207e-26, 0.00013895139594692987,
        1.618698714746412e-06, 9.15142747267445e-24, 0.0334069868889456, 0.0003737465868034357,
      ]),
    Golden(
      family: "gamma", arguments: [250000, 0.1],
      draws: [
        24930.15855636656, 25024.577642824308, 24920.355093123748, 25020.44184747951,
        25003.40059837185, 24927.13010429124, 25055.230363484032, 25025.091570249366,
      ]),
    Golden(
      family: "beta", arguments: [2, 5],
      draws: [
        0.0822199143544954, 0.3541585834113411, 0.06653727872034271, 0.33845566122968185,
        0.27636114721635985, 0.07712401104140341, 0.4749180890500414, 0.3561241758961185,
      ]),
    Golden(
      family: "beta", arguments: [0.5, 0.5],
      draws: [
        0.016155628649367544, 0.7792996092624295, 0.007574522124342813, 0.7393254856087388,
        0.5429492165366173, 0.012877744686136715, 0.9558976057134325, 0.7839996424726616,
      ]),
    Golden(
      family: "beta", arguments: [15, 9985],
      draws: [
        0.0009958026624512985, 0.0016629844392508847, 0.0009392372591996186, 0.0016288977955015548,
        0.001493290302170566, 0.0009780860311552476, 0.0019302059439443402, 0.001667252494415622,
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
        3.718732740529892, 7.300159590052495, 3.456368967799963, 7.124377505646224,
        6.399523945423679, 3.6347923063315206, 8.559406536050236, 7.3219586740348035,
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
