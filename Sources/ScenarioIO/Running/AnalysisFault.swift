// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// A fault of a model in draws that are none of the run's iterations, with the words for which ones they are.
public struct AnalysisFault: Error {
  let error: RunError
  /// In place of `iteration 7`.
  let place: String

  public func message(_ scenario: Scenario) -> String {
    switch error {
    case .nonFinite(let fault): NonFiniteReport.message(fault, scenario, place: place)
    case .impossible(let check, let iteration):
      ImpossibleReport.message(check, iteration: iteration, scenario, place: place)
    case .cancelled, .recording: "\(error)"
    }
  }
}

extension RunError {
  /// The same fault told by its place in an analysis; others as they are.
  ///
  /// - Parameter place: words for an iteration, counted from 0.
  func told(_ place: (_ iteration: Int) -> String) -> any Error {
    switch self {
    case .nonFinite(let fault): AnalysisFault(error: self, place: place(fault.iteration))
    case .impossible(_, let iteration): AnalysisFault(error: self, place: place(iteration))
    case .cancelled, .recording: self
    }
  }
}
