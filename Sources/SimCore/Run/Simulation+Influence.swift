// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the random numbers of a parameter change.
public struct ParameterInfluence: Sendable, Hashable {
  /// Name of the stream: the parameter, with all its labels.
  public let name: String
  /// Outputs of the plan that other random numbers of the parameter change in some iteration.
  public let outputsChanged: Int
  /// Iterations looked at.
  public let iterations: Int
}

extension Simulation {
  /// The most parameters tried.
  public static let mostInfluences = 256
  /// Iterations in which most influences show.
  private static let firstLook = 64
  /// Blocks tried before a parameter counts as without influence.
  private static let mostBlocks = 4

  /// For every parameter that the plan draws: how many outputs other random numbers of it change, all
  /// other parameters being drawn as they were.
  ///
  /// The first 64 iterations are evaluated again with the stream of one parameter replaced; without a change
  /// so are the first 4 096. A count above 0 is a proof of influence, 0 says that none was seen. Members of a
  /// correlation group count with those behind them.
  ///
  /// Complexity: a sixteenth of a block for each parameter that has an influence, four blocks for others.
  public func influences() -> [ParameterInfluence] {
    let plain = BlockEvaluator(plan, design)
    let first = min(Self.firstLook, settings.iterations)
    _ = plain.evaluate(first: 0, count: first)
    let known = plan.outputs.indices.map {
      Array(UnsafeBufferPointer(start: plain.output($0), count: first))
    }
    var tried: Set<String> = []
    var result: [ParameterInfluence] = []
    for name in drawnStreams
    where tried.insert(name).inserted && tried.count <= Self.mostInfluences {
      let other = BlockEvaluator(plan, design.replacing(name))
      _ = other.evaluate(first: 0, count: first)
      var seen = first
      var changed = plan.outputs.indices.count { output in
        known[output].withUnsafeBufferPointer { Self.differ($0, other.output(output)) }
      }
      var block = 0
      while changed == 0, block < min(Self.mostBlocks, blockCount) {
        let range = Worker.range(ofBlock: block, iterations: settings.iterations)
        _ = plain.evaluate(first: range.lowerBound, count: range.count)
        _ = other.evaluate(first: range.lowerBound, count: range.count)
        changed = plan.outputs.indices.count { output in
          Self.differ(
            UnsafeBufferPointer(start: plain.output(output), count: range.count),
            other.output(output))
        }
        seen = range.upperBound
        block += 1
      }
      result.append(
        ParameterInfluence(name: name, outputsChanged: changed, iterations: seen))
    }
    return result
  }

  /// Names of the streams that the instructions draw from, in their order.
  private var drawnStreams: [String] {
    plan.instructions.compactMap { instruction in
      switch instruction {
      case .sample(let draw, _): plan.samplers[draw].name
      case .score(let score, _): plan.scores[score].name
      default: nil
      }
    }
  }

  private static func differ(_ a: UnsafeBufferPointer<Double>, _ b: UnsafePointer<Double>) -> Bool {
    a.indices.contains { a[$0].bitPattern != b[$0].bitPattern }
  }
}
