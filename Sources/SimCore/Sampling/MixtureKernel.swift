// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws of a mixture over a block: second uniforms choose the components, whose own kernels then draw
/// their iterations together.
struct MixtureKernel: Sendable {
  private let components: [Sampler]
  /// Cumulative weights of all components but the last.
  private let thresholds: [Double]

  /// - Parameter components: samplers that take one uniform, in the order of the mixture.
  init(_ mixture: Mixture, components: [Sampler]) {
    self.components = components
    var sum = 0.0
    thresholds = mixture.components.dropLast().map { part in
      sum += part.weight
      return sum
    }
  }

  func fill(
    _ out: UnsafeMutableBufferPointer<Double>, words: UnsafePointer<UInt64>,
    second: UnsafePointer<UInt64>
  ) {
    let count = out.count
    // Where each component's iterations start once they are put together.
    var starts = [Int](repeating: 0, count: components.count + 1)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { places in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { gathered in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { drawn in
          for i in 0..<count {
            let u = UniformStream.uniform(second[i])
            let component = SortedSearch.count(in: thresholds) { $0 <= u }
            places[count + i] = Int32(truncatingIfNeeded: component)
            starts[component + 1] += 1
          }
          for j in 1..<starts.count { starts[j] += starts[j - 1] }
          var next = starts
          for i in 0..<count {
            let component = Int(places[count + i])
            places[next[component]] = Int32(truncatingIfNeeded: i)
            gathered[next[component]] = words[i]
            next[component] += 1
          }
          for (j, sampler) in components.enumerated() where starts[j] < starts[j + 1] {
            guard let source = gathered.baseAddress else { return }
            let range = starts[j]..<starts[j + 1]
            sampler.fill(
              UnsafeMutableBufferPointer(rebasing: drawn[range]), words: source + starts[j])
          }
          for k in 0..<count { out[Int(places[k])] = drawn[k] }
        }
      }
    }
  }
}
