// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation

/// What stands where a result is to go. Only an earlier result, and nothing beside it, may be replaced.
enum EarlierResult {
  /// The part of a manifest that every version has.
  private struct Manifest: Decodable {
    let utfall: String
    let files: [String]
  }

  static func check(_ destination: URL) throws(OutputError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: destination.path, isDirectory: &isFolder) else {
      return
    }
    if !isFolder.boolValue {
      throw OutputError(path: destination.path, reason: "a file of this name is in the way")
    }
    let content = (try? FileManager.default.contentsOfDirectory(atPath: destination.path)) ?? []
    if content.isEmpty { return }
    let advice = "so it would be lost; move it away or choose another --output"
    guard let files = files(of: destination) else {
      throw OutputError(
        path: destination.path,
        reason: "the folder is not empty and has no manifest.json of an earlier result, \(advice)")
    }
    let foreign = content.sorted().first { !files.contains($0) && !isLeftByPrograms($0) }
    if let foreign {
      throw OutputError(
        path: destination.path,
        reason: "the folder holds \(Excerpt.quoted(foreign)), which is not part of the earlier "
          + "result, \(advice)")
    }
  }

  /// The files of the earlier result; `nil` when there is none.
  private static func files(of destination: URL) -> Set<String>? {
    let url = destination.appendingPathComponent("manifest.json")
    guard let data = try? Data(contentsOf: url),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
    else { return nil }
    return Set(manifest.files + ["manifest.json"])
  }

  /// What spreadsheets and file managers leave in a folder that they look at.
  private static func isLeftByPrograms(_ name: String) -> Bool {
    name.hasPrefix(".~lock.") || name.hasPrefix("~$")
      || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(name)
  }
}
