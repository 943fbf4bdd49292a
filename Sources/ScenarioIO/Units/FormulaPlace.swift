// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

/// The text of a formula with the places of its parts, found when a fault asks for them.
final class FormulaPlace {
  private let text: ScalarText?
  private let fallback: SourcePosition
  /// Some place within the formula, where its parts can't be told apart.
  private let offset: Int?
  private let texts: FormulaTexts
  private lazy var places = text.flatMap { FormulaPlaces.places(of: $0.text) } ?? []

  init(_ formula: SimCore.Expression, _ texts: FormulaTexts, _ fallback: SourcePosition) {
    offset = formula.anyOffset
    text = offset.flatMap { texts.text(ofOffset: $0) }
    self.texts = texts
    self.fallback = fallback
  }

  /// Of its first character.
  var start: SourcePosition { text?.position(ofByte: 0) ?? fallback }

  func position(of part: Int) -> SourcePosition {
    guard let text, places.indices.contains(part) else {
      return offset.flatMap { texts.position(ofOffset: $0) } ?? fallback
    }
    return text.position(ofByte: places[part].mark)
  }

  func text(of part: Int) -> String {
    guard let text, places.indices.contains(part) else { return "…" }
    return places[part].text(in: text.text)
  }
}
