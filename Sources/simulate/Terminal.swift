// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Foundation

/// Checked writing to standard output and standard error.
enum Terminal {
  /// Prints text as it is. A reader that has gone away is no error; a full disk is.
  static func print(_ text: String) {
    let error = write(text, to: STDOUT_FILENO)
    if error == 0 || error == EPIPE { return }
    printError("standard output: error: cannot write: \(String(cString: strerror(error)))")
    exit(Failures.cannotWrite.rawValue)
  }

  /// Prints a line; if even that fails there is nobody to tell.
  static func printError(_ line: String) { _ = write(line + "\n", to: STDERR_FILENO) }

  /// - Returns: 0 or the system's error number.
  static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // Somebody made the stream non-blocking; wait until it takes more.
        var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&stream, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
