// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Tests of minutes run only when asked for: `make test-slow` sets the variable.
enum SlowSuite {
  static let isEnabled = ProcessInfo.processInfo.environment["UTFALL_SLOW_TESTS"] == "1"
  static let comment: Comment = "slow: run with make test-slow"
  static let count = 1_000_000
}
