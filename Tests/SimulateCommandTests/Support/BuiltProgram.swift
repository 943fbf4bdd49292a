// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The program under test, built into the folder that holds these tests.
enum BuiltProgram {
  static let url: URL = {
    for start in loadedFiles + CommandLine.arguments where start.hasPrefix("/") {
      var folder = URL(filePath: start).deletingLastPathComponent()
      while folder.path != "/" {
        let candidate = folder.appending(path: "simulate")
        if isProgram(candidate) { return candidate }
        folder.deleteLastPathComponent()
      }
    }
    fatalError("no built `simulate` above \(CommandLine.arguments)")
  }()

  /// The bundle of these tests among the files that this process has loaded.
  private static var loadedFiles: [String] {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    let paths = maps.split(separator: "\n").compactMap { line in
      line.firstIndex(of: "/").map { String(line[$0...]) }
    }
    return paths.filter { $0.hasSuffix(".xctest") }
  }

  private static func isProgram(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: url.path)
  }
}

/// The repository's root, from this file's place in it.
let repository = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

let norwayScenario = repository.appending(path: "scenarios/norway-exercise.yaml").path
