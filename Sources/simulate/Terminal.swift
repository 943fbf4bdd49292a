// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// Checked writing to standard output and standard error.
enum Terminal {
  /// Prints text as it is. A reader that has gone away is no error; a full disk is.
  static func print(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
      if cause.domain == NSPOSIXErrorDomain && cause.code == Int(EPIPE) { return }
      printError("standard output: error: cannot write: \(error.localizedDescription)")
      exit(74)
    }
  }

  /// Prints a line; if even that fails there is nobody to tell.
  static func printError(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }
}
