// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// A formula that is a straight line in its draw: constant + slope · draw.
struct Line {
  /// `nil` for none.
  var constant: SimCore.Expression?
  var slope: SimCore.Expression

  static func of(_ formula: SimCore.Expression, _ start: Int) throws(TextProblem) -> Line {
    switch formula {
    case .name(UncertainLaw.drawName, _):
      return Line(slope: .number(1))
    case .unary(.negate, let a):
      let line = try of(a, start)
      return Line(
        constant: line.constant.map { .unary(.negate, $0) }, slope: .unary(.negate, line.slope))
    case .binary(let symbol, let a, let b):
      let (inside, other) = a.usesDraw ? (a, b) : (b, a)
      switch symbol {
      case .add:
        let line = try of(inside, start)
        return Line(constant: line.constant.map { .plus($0, other) } ?? other, slope: line.slope)
      case .subtract:
        let line = try of(inside, start)
        if a.usesDraw {
          return Line(
            constant: line.constant.map { .minus($0, other) } ?? .unary(.negate, other),
            slope: line.slope)
        }
        return Line(
          constant: line.constant.map { .minus(other, $0) } ?? other,
          slope: .unary(.negate, line.slope))
      case .multiply:
        let line = try of(inside, start)
        return Line(
          constant: line.constant.map { .times($0, other) }, slope: .times(line.slope, other))
      case .divide where a.usesDraw:
        let line = try of(inside, start)
        return Line(
          constant: line.constant.map { .over($0, other) }, slope: .over(line.slope, other))
      default: throw bent(formula, start)
      }
    default: throw bent(formula, start)
    }
  }

  private static func bent(_ formula: SimCore.Expression, _ start: Int) -> TextProblem {
    let advice =
      switch formula {
      case .call(.min, _), .call(.max, _), .call(.clamp, _):
        "Values beyond a limit would pile up there. Write the distribution alone, with "
          + "`truncate: [low, high]` beside it."
      case .call(.exp, _):
        "For the exponential of a normal write lognormal(meanlog = …, sdlog = …)."
      default:
        "Give the distribution a name of its own under `parameters`, and compute with the name "
          + "under `variables`."
      }
    return TextProblem(
      start, "a distribution inside a formula",
      expected: "the distribution alone, or stretched and moved: a + b * family(…)", advice: advice)
  }
}
