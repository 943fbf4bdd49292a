// Utfall: raw words of the generator on standard output, for test batteries.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SimCore

// RandomWords MODE [COUNT [SEED]]
//   stream   the words of one parameter, iteration after iteration
//   names    COUNT parameters interleaved: a word of each, then the next iteration
//   seeds    COUNT neighbouring seeds interleaved, one parameter
//   labels   COUNT label positions of one parameter interleaved
// 64-bit words, low byte first, until the reader closes the pipe.
let arguments = CommandLine.arguments.dropFirst()
let mode = arguments.first ?? ""
let count = arguments.dropFirst().first.map { Int($0) } ?? 64
let seed = arguments.dropFirst(2).first.map { UInt64($0) } ?? 1
guard ["stream", "names", "seeds", "labels"].contains(mode), let count, let seed, count >= 1 else {
  FileHandle.standardError.write(
    Data("Usage: RandomWords stream|names|seeds|labels [count, 64] [seed, 1]\n".utf8))
  exit(64)
}

/// A stream with the label position it is asked for.
let streams: [(stream: UniformStream, label: UInt32)] = (0..<(mode == "stream" ? 1 : count)).map {
  index in
  let name = mode == "names" ? "parameter_\(index + 1)" : "parameter"
  return (
    UniformStream(
      StreamAddress(.draw, name: name), seed: mode == "seeds" ? seed &+ UInt64(index) : seed),
    mode == "labels" ? UInt32(index) : 0
  )
}

signal(SIGPIPE, SIG_DFL)
let length = 1024
var words = [UInt64](repeating: 0, count: length)
var mixed = [UInt64](repeating: 0, count: length * streams.count)
var first = 0
while true {
  for (index, entry) in streams.enumerated() {
    words.withUnsafeMutableBufferPointer {
      entry.stream.fill($0, first: first, label: entry.label)
    }
    for i in 0..<length { mixed[i * streams.count + index] = words[i].littleEndian }
  }
  mixed.withUnsafeBytes { bytes in
    var done = 0
    while done < bytes.count {
      let written = write(STDOUT_FILENO, bytes.baseAddress! + done, bytes.count - done)
      if written <= 0 { exit(74) }
      done += written
    }
  }
  first += length
}
