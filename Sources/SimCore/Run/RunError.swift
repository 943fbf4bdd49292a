// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a run ended without a result.
public enum RunError: Error, Sendable {
  case cancelled
  case nonFinite(NonFiniteValue)
  /// A check of the model failed; iterations count from 0.
  case impossible(ModelCheck, iteration: Int)
  /// The recorder of draws failed, for instance because the disk is full.
  case recording(any Error)
}

/// A NaN or an infinity in an output, traced to where it arose.
public struct NonFiniteValue: Error, Sendable {
  public let output: String
  public let labels: [LabelChoice]
  /// Index of the case in the model.
  public let modelCase: Int
  /// The definition that gave the value from finite inputs: a variable, or the output itself.
  public let origin: String
  public let originLabels: [LabelChoice]
  public let value: Double
  /// Counted from 0; the first in the run.
  public let iteration: Int
  /// What the formula of `origin` used in that iteration, in order of appearance.
  public let inputs: [NamedValue]
}
