// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// The folders that had to be made so that a path exists; they can be taken back.
struct NewFolders {
  private var made: [String] = []

  /// Makes what is missing of `path`.
  init(upTo path: URL) throws(SystemError) {
    var missing: [URL] = []
    var url = path
    var status = stat()
    while stat(url.path, &status) != 0 {
      guard errno == ENOENT, url.path != "/" else { throw SystemError(code: errno) }
      missing.append(url)
      url.deleteLastPathComponent()
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemError(code: ENOTDIR) }
    do {
      for url in missing.reversed() { try make(url.path) }
    } catch {
      removeEmpty()
      throw error
    }
  }

  /// Another run may have made the folder meanwhile.
  private mutating func make(_ path: String) throws(SystemError) {
    if mkdir(path, 0o777) == 0 {
      made.append(path)
    } else if errno != EEXIST {
      throw SystemError(code: errno)
    }
  }

  /// Removes the folders made here that are still empty.
  func removeEmpty() {
    for path in made.reversed() { rmdir(path) }
  }
}
