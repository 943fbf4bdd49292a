// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A growing store of doubles in chunks that are never copied to grow, and are handed over whole.
///
/// One array that doubles needs three times its size while it moves, and leaves holes in the heap.
struct ChunkedValues: Sendable {
  private struct Chunk: Sendable {
    var values: [Double]
    var used = 0

    init(capacity: Int) { values = Array(repeating: 0, count: capacity) }
    var room: Int { values.count - used }
  }

  private static let smallest = 1 << 11
  private static let largest = 1 << 15

  private var chunks: [Chunk] = []
  private(set) var count = 0

  /// Lets `body` write up to `most` values; it returns how many it wrote.
  mutating func write(
    atMost most: Int, _ body: (_ target: UnsafeMutablePointer<Double>) -> Int
  ) {
    if (chunks.last?.room ?? 0) < most {
      let grown = min((chunks.last?.values.count ?? 0) * 2, Self.largest)
      chunks.append(Chunk(capacity: max(grown, Self.smallest, most)))
    }
    let last = chunks.count - 1
    let used = chunks[last].used
    let written = chunks[last].values.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { body($0 + used) } ?? 0
    }
    chunks[last].used += written
    count += written
  }

  /// Takes over the values of another store.
  mutating func append(_ other: ChunkedValues) {
    for chunk in other.chunks where chunk.used > 0 {
      if let room = chunks.last?.room, chunk.used <= room {
        write(atMost: chunk.used) { target in
          chunk.values.withUnsafeBufferPointer { buffer in
            if let source = buffer.baseAddress { target.update(from: source, count: chunk.used) }
          }
          return chunk.used
        }
      } else {
        chunks.append(chunk)
        count += chunk.used
      }
    }
  }

  /// Keeps the values for which `isKept` holds, in their order.
  mutating func filter(_ isKept: (Double) -> Bool) {
    count = 0
    for index in chunks.indices {
      var kept = 0
      let used = chunks[index].used
      chunks[index].values.withUnsafeMutableBufferPointer { values in
        for i in 0..<used where isKept(values[i]) {
          values[kept] = values[i]
          kept += 1
        }
      }
      chunks[index].used = kept
      count += kept
    }
    chunks.removeAll { $0.used == 0 }
  }

  /// Calls `body` with the values chunk by chunk.
  func forEachChunk(_ body: (UnsafeBufferPointer<Double>) -> Void) {
    for chunk in chunks {
      chunk.values.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[..<chunk.used]))
      }
    }
  }

  /// All values in one array, in their order.
  var all: [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    forEachChunk { values.append(contentsOf: $0) }
    return values
  }
}
