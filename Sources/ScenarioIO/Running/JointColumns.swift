// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SimCore

/// The columns of draws that belong to parameters whose labels are drawn together.
struct JointColumns {
  /// For each such parameter the columns that say all of it, in their order.
  let groups: [[String]]
  /// Columns that follow from the others of their row, since it has a fixed sum.
  let implied: Set<String>
  let all: Set<String>

  init(_ parameters: [ScenarioParameter]) {
    var order: [String] = []
    var byName: [String: [String]] = [:]
    var implied: Set<String> = []
    var row: [ScenarioParameter] = []
    for parameter in parameters where parameter.joint != nil && !parameter.isConstant {
      if byName[parameter.name] == nil { order.append(parameter.name) }
      byName[parameter.name, default: []].append(parameter.fullName)
      // The last uncertain label of a row.
      if let before = row.last, Self.row(before) == Self.row(parameter) {
        implied.remove(before.fullName)
      }
      if parameter.joint?.hasFixedSum == true { implied.insert(parameter.fullName) }
      row = [parameter]
    }
    self.implied = implied
    groups = order.map { (byName[$0] ?? []).filter { !implied.contains($0) } }
    all = Set(byName.values.joined())
  }

  /// A parameter with all labels but the last one.
  private static func row(_ parameter: ScenarioParameter) -> String {
    parameter.name + parameter.labels.dropLast().text
  }
}
