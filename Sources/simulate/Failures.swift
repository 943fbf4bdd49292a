// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import Economics
internal import ScenarioIO
internal import SimCore

/// Turns errors into messages on standard error and exit codes.
enum Failures {
  static let badScenario = ExitCode(65)
  static let cannotRead = ExitCode(66)
  static let badValue = ExitCode(70)
  static let cannotWrite = ExitCode(74)
  static let interrupted = ExitCode(130)

  /// Runs `body`; an error is printed and becomes its exit code.
  static func reported<R>(in scenario: Scenario? = nil, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let errors as ScenarioErrors {
      for error in errors.errors { Terminal.printError(error.description) }
      throw errors.errors.contains { $0.isUnreadable } ? cannotRead : badScenario
    } catch let error as ScenarioError {
      Terminal.printError(error.description)
      throw error.isUnreadable ? cannotRead : badScenario
    } catch let error as OutputError {
      Terminal.printError(error.description)
      throw cannotWrite
    } catch RunError.cancelled {
      let name = scenario.map { " for \($0.name)" } ?? ""
      Terminal.printError("interrupted: nothing was written\(name)")
      throw interrupted
    } catch RunError.nonFinite(let fault) {
      guard let scenario else { throw RunError.nonFinite(fault) }
      Terminal.printError(NonFiniteReport.message(fault, scenario))
      throw badValue
    } catch RunError.impossible(let check, let iteration) {
      guard let scenario else { throw RunError.impossible(check, iteration: iteration) }
      Terminal.printError(ImpossibleReport.message(check, iteration: iteration, scenario))
      throw badValue
    } catch let fault as AnalysisFault {
      guard let scenario else { throw fault }
      Terminal.printError(fault.message(scenario))
      throw badValue
    } catch let error as DecisionError {
      // In a scenario the numbers of a run, in `analyse` those of the table.
      guard let scenario, let position = scenario.decision?.position else {
        Terminal.printError("error: \(error)")
        throw badScenario
      }
      Terminal.printError(
        "\(scenario.file):\(position.line):\(position.column): error: in this decision, \(error)")
      throw badValue
    } catch let error as ValueOfInformationError {
      Terminal.printError("error: \(InformationReport.message(error))")
      throw badScenario
    } catch let error as BaseFault {
      Terminal.printError(error.description)
      throw badValue
    } catch let error as PointFault {
      Terminal.printError(error.description)
      throw badValue
    } catch let error as UnsummarisedOutput {
      Terminal.printError(error.message)
      throw badValue
    }
  }
}

extension ScenarioError {
  fileprivate var isUnreadable: Bool {
    if case .unreadable = self { return true }
    return false
  }
}
