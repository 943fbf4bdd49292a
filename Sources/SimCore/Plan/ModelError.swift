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
  /// A parameter in two correlation groups, or twice in one.
  case correlatedTwice(String)
  case noOutputs
}
