// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// What the program wants of its surroundings before it does anything.
enum StandardStreams {
  static func prepare() {
    // A closed pipe and a file-size limit are left to the checked writes.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // A stream that was closed would lend its number to the next file, which would then get messages.
    // The mode is the wrong one on purpose: using the stream still fails.
    for descriptor in 0...2 where fcntl(Int32(descriptor), F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}
