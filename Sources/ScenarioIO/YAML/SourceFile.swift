// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Reads the bytes of a scenario file.
enum SourceFile {
  /// Little more than the cap is read, so that a huge file costs nothing.
  ///
  /// - Returns: the bytes, and how many the file has.
  static func read(path: String, limit: Int = SourceChecks.largestFile) throws(ScenarioError)
    -> (bytes: [UInt8], size: Int)
  {
    guard let stream = fopen(path, "rb") else {
      throw ScenarioError.unreadable(path: path, reason: reason(errno))
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = fread(&chunk, 1, chunk.count, stream)
      if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
      if count < chunk.count {
        if ferror(stream) != 0 {
          throw ScenarioError.unreadable(path: path, reason: reason(errno))
        }
        break
      }
    }
    var status = stat()
    let size = fstat(fileno(stream), &status) == 0 ? Int(status.st_size) : 0
    return (bytes, max(size, bytes.count))
  }

  static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a folder"
    case ENAMETOOLONG: "the name is too long"
    default: String(cString: strerror(code))
    }
  }

  /// The file's name without folder and extension.
  static func name(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return last }
    return String(last[..<dot])
  }
}
