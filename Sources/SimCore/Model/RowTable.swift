// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Data whose rows are drawn together: what was seen together stays together.
public struct RowTable: Sendable {
  /// Which rows an iteration sees. The raw value is the name in scenario files.
  public enum Draw: String, Sendable, Hashable, CaseIterable {
    /// One row, each with the same probability: a new unit like those of the table.
    case one
    /// As many rows as there are, with replacement, along a dimension with the name of the table: the
    /// uncertainty of totals, means and ratios over the rows (Efron 1979).
    case bootstrap
  }

  /// Addresses its random numbers; for `bootstrap` also the name of its dimension.
  public let name: String
  public let draw: Draw
  public let columns: [Column]
  /// Dimensions for each of whose labels rows are drawn anew.
  public let each: [String]

  public struct Column: Sendable, Hashable {
    public let name: String
    /// One finite value for each row.
    public let values: [Double]

    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// - Precondition: all columns have the same number of values, at least 1.
  public init(name: String, draw: Draw, columns: [Column], each: [String] = []) {
    precondition(Set(columns.map(\.values.count)).count == 1 && !columns[0].values.isEmpty)
    self.name = name
    self.draw = draw
    self.columns = columns
    self.each = each
  }

  public var rowCount: Int { columns[0].values.count }

  /// What columns vary over; the draw of a row is addressed by the position among their labels.
  var dimensions: [String] { each + (draw == .bootstrap ? [name] : []) }
}
