// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// Which columns of a run's `draws.csv` are its outputs, by the manifest beside it.
///
/// An output is a function of the parameters: as a parameter of its own it would have a value of information that
/// no study could bring.
enum RunOutputs {
  /// A manifest of more bytes is not one of ours.
  private static let largest = 64_000_000

  private struct Source: Decodable {
    struct Draws: Decodable {
      let outputs: [String]
    }

    let files: [String]
    let draws: Draws?
  }

  /// Empty where no manifest of a run that wrote the file stands beside it.
  static func columns(of path: String) -> Set<String> {
    let file = URL(fileURLWithPath: path)
    let manifest = file.deletingLastPathComponent().appendingPathComponent("manifest.json")
    guard let handle = try? FileHandle(forReadingFrom: manifest),
      let bytes = try? handle.read(upToCount: largest),
      let source = try? JSONDecoder().decode(Source.self, from: bytes),
      source.files.contains(file.lastPathComponent)
    else { return [] }
    return Set(source.draws?.outputs ?? [])
  }

  /// What the user is told of columns that were left out.
  static func notes(_ path: String, _ columns: [String]) -> [String] {
    if columns.isEmpty { return [] }
    let names = columns.prefix(5).map { Excerpt.quoted($0) }.joined(separator: ", ")
    return [
      "\(Excerpt.escaped(path)): note: \(ReadableNumber.count(columns.count, "column")) of outputs, by the run's "
        + "manifest.json, left out as no parameters: \(names)\(columns.count > 5 ? ", …" : ""). "
        + "Name parameters with --parameter to choose others."
    ]
  }
}
