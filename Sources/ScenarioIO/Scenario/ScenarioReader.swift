// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads scenario files.
public enum ScenarioReader {
  /// Reads and checks a scenario.
  ///
  /// - Throws: `ScenarioError.unreadable` when the file can't be read, `ScenarioError.invalid` with
  ///   every problem found otherwise.
  public static func read(path: String) throws(ScenarioError) -> Scenario {
    let file = try SourceFile.read(path: path)
    return try read(file.bytes, size: file.size, file: path)
  }

  /// Reads a scenario from text, under the name of a file for messages.
  public static func read(text: String, file: String) throws(ScenarioError) -> Scenario {
    try read(bytes: Array(text.utf8), file: file)
  }

  /// Reads a scenario from the bytes of a file.
  public static func read(bytes: [UInt8], file: String) throws(ScenarioError) -> Scenario {
    try read(bytes, size: bytes.count, file: file)
  }

  private static func read(_ bytes: [UInt8], size: Int, file: String) throws(ScenarioError)
    -> Scenario
  {
    var problems = DiagnosticCollector(file: file)
    guard let source = SourceChecks.text(bytes, size: size, file: file, &problems),
      let root = YAMLComposer.root(source, &problems)
    else { throw ScenarioError.invalid(problems.sortedErrors) }
    var decoder = ScenarioDecoder(bytes: bytes, file: file, problems: problems)
    guard let scenario = decoder.decode(root) else {
      throw ScenarioError.invalid(decoder.problems.sortedErrors)
    }
    return scenario
  }
}
