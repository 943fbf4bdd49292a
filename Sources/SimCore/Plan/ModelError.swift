// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// A fault of a model as a whole. The reader of scenarios knows where each definition stands.
public enum ModelError: Error, Sendable, Hashable {
  /// A formula names something that is not defined.
  case undefinedName(String, in: String, offset: Int)
  /// Two definitions share a name.
  case duplicateName(String)
  /// Definitions that need each other, in order; the first is repeated at the end.
  case cycle([String])
  /// Two parameters whose names address the same random numbers.
  case sharedStream(String, String)
  /// A correlation names something that is not a parameter with a continuous distribution.
  case cannotCorrelate(String)
  /// A discrete parameter in a group with a correlation matrix.
  case cannotCorrelateDiscrete(String)
  /// Two members of a correlation group that do not vary over the same dimensions.
  case correlatedAcrossLabels(String, String)
  /// A parameter in two correlation groups, or twice in one.
  case correlatedTwice(String)
  case noOutputs
  /// A formula names a dimension that is not declared.
  case undefinedDimension(String, in: String, offset: Int)
  /// A label that its dimension does not have.
  case undefinedLabel(String, dimension: String, in: String, offset: Int)
  /// Something over or at a label of a dimension that it does not vary over.
  case missingDimension(String, in: String, offset: Int)
  /// Order is needed: a recursion, a lag, a cumulative sum or discounting.
  case notOrdered(dimension: String, in: String, offset: Int)
  /// A dimension used as a number whose labels are words.
  case notNumeric(dimension: String, in: String, offset: Int)
  /// A lag that leaves its dimension, without `outside`.
  case outsideDimension(String, in: String, offset: Int)
  /// `previous` outside of `then`, or of something that does not vary over the recursion's dimension.
  case previousWithoutRecursion(String, in: String, offset: Int)
  /// `previous` with as many steps as its dimension has labels, or more: no label is so far from the first.
  case previousBeyondDimension(
    String, steps: Int, dimension: String, count: Int, in: String, offset: Int)
  /// A known rate of discounting that is no rate per year: 1 or more, or −1 or less.
  case discountRate(Double, in: String, offset: Int)
  /// The second argument of `move` is not a table of transitions.
  case notTransition(String, in: String, offset: Int)
  /// A table of transitions used other than by `move`.
  case transitionAsValue(String, in: String, offset: Int)
  /// A transition row of `table` with more than one `rest`.
  case restTwice(table: String, row: String)
  /// Simpson's rule needs an odd number of labels.
  case simpsonNeedsOddCount(dimension: String, count: Int, in: String, offset: Int)
  /// More values than a run can hold.
  case tooManyLabels(String, limit: Int)
  case tooManySteps(limit: Int)
}
