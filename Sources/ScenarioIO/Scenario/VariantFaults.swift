// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with parameters as a variant reads their ranges: told once, at the variant, with the names
/// of all parameters that share a fault.
struct VariantFaults {
  private struct Fault {
    let found: String
    let expected: String
    let advice: String
    var names: [String]
  }

  private let variant: String
  private var faults: [Fault] = []

  init(_ variant: String) { self.variant = variant }

  /// - Parameter advice: in place of the errors' own, which may name keys of the file.
  mutating func add(_ errors: [Diagnostic], of parameter: String, advice: String?) {
    for error in errors {
      let advice = advice ?? error.advice
      let known = faults.firstIndex {
        ($0.found, $0.expected, $0.advice) == (error.found, error.expected, advice)
      }
      if let known {
        if faults[known].names.last != parameter { faults[known].names.append(parameter) }
      } else {
        faults.append(
          Fault(found: error.found, expected: error.expected, advice: advice, names: [parameter]))
      }
    }
  }

  func report(at place: SourcePosition, to problems: inout DiagnosticCollector) {
    for fault in faults {
      let names = Excerpt.quoted(fault.names.joined(separator: ", "))
      problems.report(
        place, "in the variant \(Excerpt.quoted(variant)), for \(names), \(fault.found)",
        expected: fault.expected, advice: fault.advice)
    }
  }
}
