// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// A file read line by line through one buffer, hashed as it is read.
///
/// Lines end with LF, CR LF or the end of the file. A byte order mark is not part of the first line.
final class LineSource {
  static let longestLine = 16_000_000

  let size: Int
  private let stream: UnsafeMutablePointer<FILE>
  private let path: String
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var isFirst = true
  private var hash = SHA256()
  /// Number of the line last returned, from 1.
  private(set) var line = 0

  init(_ path: String) throws(ScenarioError) {
    self.path = path
    guard let stream = fopen(path, "rb") else {
      throw .unreadable(path: path, reason: SourceFile.reason(errno))
    }
    self.stream = stream
    var status = stat()
    size = fstat(fileno(stream), &status) == 0 ? Int(status.st_size) : 0
    buffer = .allocate(capacity: 1 << 20)
  }

  deinit {
    fclose(stream)
    buffer.deallocate()
  }

  /// The hash of the file; valid once all lines have been read.
  func sha256() -> String { hash.hex() }

  /// The next line without its end, valid until the next call; `nil` at the end of the file.
  func next() throws(ScenarioError) -> UnsafeBufferPointer<UInt8>? {
    var searched = start
    while true {
      let found = memchr(buffer.baseAddress! + searched, 0x0A, end - searched)
      if let found {
        let place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
        return take(place - UnsafePointer(buffer.baseAddress!), skip: 1)
      }
      searched = end - start
      if isAtEnd { return start == end ? nil : take(end, skip: 0) }
      try fill()
      // The rest of the buffer has been moved to its front.
    }
  }

  private func take(_ lineEnd: Int, skip: Int) -> UnsafeBufferPointer<UInt8> {
    line += 1
    var first = start
    var last = lineEnd
    start = lineEnd + skip
    if last > first, buffer[last - 1] == 0x0D { last -= 1 }
    if isFirst, last - first >= 3, buffer[first] == 0xEF, buffer[first + 1] == 0xBB,
      buffer[first + 2] == 0xBF
    {
      first += 3
    }
    isFirst = false
    return UnsafeBufferPointer(rebasing: buffer[first..<last])
  }

  private func fill() throws(ScenarioError) {
    let base = buffer.baseAddress!
    memmove(base, base + start, end - start)
    end -= start
    start = 0
    if end == buffer.count {
      if end >= Self.longestLine {
        throw .invalid([
          Diagnostic(
            file: path, position: SourcePosition(line: line + 1, column: 1),
            found: "a line of more than \(Self.longestLine) bytes", expected: "a table of text",
            advice: "Is this the right file?")
        ])
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * buffer.count)
      memcpy(larger.baseAddress!, base, end)
      buffer.deallocate()
      buffer = larger
    }
    let count = fread(buffer.baseAddress! + end, 1, buffer.count - end, stream)
    if ferror(stream) != 0 { throw .unreadable(path: path, reason: SourceFile.reason(errno)) }
    hash.update(UnsafeBufferPointer(rebasing: buffer[end..<end + count]))
    end += count
    if count == 0 { isAtEnd = true }
  }
}
