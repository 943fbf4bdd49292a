// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Several quantities that are drawn together: one parameter with components.
///
/// Values of conforming types are valid by construction: every initialiser checks and throws
/// `DistributionError`.
public protocol JointDistribution: Sendable {
  /// Name in scenario files: lower case.
  static var name: String { get }
  var componentCount: Int { get }
  var means: [Double] { get }
  /// Symmetric, row by row.
  var covariances: [[Double]] { get }
  /// What draws blocks: tables built, factors computed.
  func kernel(tables: TableStore) -> any JointKernel
}

extension JointDistribution {
  public var standardDeviations: [Double] {
    let covariances = covariances
    return covariances.indices.map { covariances[$0][$0].squareRoot() }
  }
}

/// Turns words into draws of all components. A pure function of the words.
public protocol JointKernel: Sendable {
  var componentCount: Int { get }
  /// Draws for one block.
  ///
  /// Component j is found at `j * stride` in both: its words come from the stream of the parameter with
  /// j as the label position of `StreamAddress`.
  ///
  /// - Parameters:
  ///   - out: room for `componentCount` columns.
  ///   - count: iterations, at most `stride`.
  func fill(
    _ out: UnsafeMutablePointer<Double>, words: UnsafePointer<UInt64>, count: Int, stride: Int)
}

/// Draws of one joint distribution outside of a model.
///
/// Reproducibility: component j of a parameter has the address of the parameter and the label position j.
public final class JointDrawSource {
  private let kernel: any JointKernel
  private let stream: UniformStream
  private var words: [UInt64]
  private var columns: [Double]

  public init(
    _ distribution: any JointDistribution, name: String, seed: UInt64,
    tables: TableStore = TableStore()
  ) {
    kernel = distribution.kernel(tables: tables)
    stream = UniformStream(StreamAddress(.draw, name: name), seed: seed)
    words = Array(repeating: 0, count: kernel.componentCount * Plan.blockLength)
    columns = Array(repeating: 0, count: kernel.componentCount * Plan.blockLength)
  }

  /// The draws of iterations `first ..< first + count`, one array for each component.
  ///
  /// - Precondition: `first` is even.
  public func draws(first: Int = 0, count: Int) -> [[Double]] {
    let stride = Plan.blockLength
    var result = [[Double]](repeating: [], count: kernel.componentCount)
    var done = 0
    while done < count {
      let length = min(stride, count - done)
      words.withUnsafeMutableBufferPointer { words in
        for label in 0..<kernel.componentCount {
          let start = label * stride
          stream.fill(
            UnsafeMutableBufferPointer(rebasing: words[start..<start + (length + 1) & ~1]),
            first: first + done, label: UInt32(label))
        }
        columns.withUnsafeMutableBufferPointer { columns in
          guard let out = columns.baseAddress, let source = words.baseAddress else { return }
          kernel.fill(out, words: source, count: length, stride: stride)
        }
      }
      for label in result.indices {
        result[label] += columns[label * stride..<label * stride + length]
      }
      done += length
    }
    return result
  }
}
