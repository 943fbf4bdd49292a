// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// The texts of all formulas of a file. An offset in a formula's tree tells text and byte at once.
public struct FormulaTexts: Sendable {
  /// Longer than any formula.
  private static let stride = 1 << 20

  private var texts: [ScalarText] = []

  /// - Returns: what is added to the offsets of the text's tree.
  mutating func add(_ text: ScalarText) -> Int {
    texts.append(text)
    return texts.count * Self.stride
  }

  /// The text that an offset of a tree belongs to.
  func text(ofOffset offset: Int) -> ScalarText? {
    let place = offset / Self.stride - 1
    return texts.indices.contains(place) ? texts[place] : nil
  }

  /// Where an offset of a tree stands in the file; `nil` for offsets that belong to no text.
  public func position(ofOffset offset: Int) -> SourcePosition? {
    let place = offset / Self.stride - 1
    guard texts.indices.contains(place) else { return nil }
    return texts[place].position(ofByte: offset % Self.stride)
  }
}
