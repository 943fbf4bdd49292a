// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is known about the unit of a value.
struct Measure: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// Nothing is said; fits everything.
    case unknown
    /// The number 0, which is nothing in any unit.
    case zero
    /// Made of plain numbers alone: a pure number, or one in the unit that is stated for the result.
    case plain
    case unit(Unit)
  }

  var kind: Kind
  /// The value, where it follows from plain numbers alone: exponents need it.
  var constant: Double?

  static let unknown = Measure(kind: .unknown)
  static let pure = Measure(kind: .unit(.one))

  static func unit(_ unit: Unit) -> Measure { Measure(kind: .unit(unit)) }

  static func number(_ value: Double) -> Measure {
    Measure(kind: value == 0 ? .zero : .plain, constant: value)
  }

  init(kind: Kind, constant: Double? = nil) {
    self.kind = kind
    self.constant = constant
  }

  /// `nil` when the unit is not known; plain numbers are pure.
  var unit: Unit? {
    switch kind {
    case .unknown, .zero: nil
    case .plain: .one
    case .unit(let unit): unit
    }
  }

  /// The unit of a quantity whose formula this is; plain numbers leave it open.
  var settled: Measure {
    if case .unit = kind { Measure(kind: kind) } else { .unknown }
  }

  /// What two values are that have to agree, as in a sum; `nil` when they don't.
  static func agreed(_ a: Measure, _ b: Measure) -> Measure? {
    switch (a.kind, b.kind) {
    case (.zero, let other), (let other, .zero): Measure(kind: other)
    case (.unit(let left), .unit(let right)): left == right ? .unit(left) : nil
    case (.unit(let unit), .plain), (.plain, .unit(let unit)): unit.isOne ? .pure : nil
    case (.unit(let unit), .unknown), (.unknown, .unit(let unit)): .unit(unit)
    case (.plain, .plain): Measure(kind: .plain)
    case (.unknown, _), (_, .unknown): .unknown
    }
  }

  /// Whether it may stand where a pure number has to.
  var isPure: Bool {
    switch kind {
    case .unknown, .zero, .plain: true
    case .unit(let unit): unit.isOne
    }
  }

  /// - Returns: `nil` where powers become too high.
  static func product(_ a: Measure, _ b: Measure, dividing: Bool = false) -> Measure? {
    switch (a.kind, b.kind) {
    case (.zero, _): return Measure(kind: .zero)
    case (_, .zero): return dividing ? .unknown : Measure(kind: .zero)
    case (.unknown, _), (_, .unknown): return .unknown
    case (.plain, .plain): return Measure(kind: .plain)
    default:
      guard let left = a.unit, let right = b.unit else { return .unknown }
      return (dividing ? left / right : left * right).map { .unit($0) }
    }
  }
}
