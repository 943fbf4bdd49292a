// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// A new file that is written piece by piece; every call to the system is checked.
final class OutputFile {
  private var descriptor: Int32

  init(_ path: String) throws(SystemError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw SystemError(code: errno) }
  }

  deinit { try? close() }

  func write(_ bytes: [UInt8]) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError(code: errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Some file systems report a failed write only here.
  func close() throws(SystemError) {
    guard descriptor >= 0 else { return }
    let status = Foundation.close(descriptor)
    descriptor = -1
    if status != 0, errno != EINTR { throw SystemError(code: errno) }
  }
}

/// A failed call to the system, by its error number.
struct SystemError: Error {
  let code: Int32

  /// What went wrong, in the system's words where they are plain.
  var reason: String {
    switch code {
    case EEXIST: "something else of this name is in the way"
    case ENOENT: "there is no such folder"
    case ENOTDIR: "a part of the path is a file, not a folder"
    default: String(cString: strerror(code))
    }
  }
}
