// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which definition needs which. Walks keep their own stack: a chain may be long.
struct DependencyGraph {
  private var order: [String] = []
  private var needs: [String: [String]] = [:]

  mutating func add(_ name: String, needs names: [String] = []) {
    if needs[name] == nil { order.append(name) }
    needs[name, default: []].append(contentsOf: names)
  }

  /// Everything that the given names need, with themselves.
  func reachable(from names: [String]) -> Set<String> {
    var found = Set(names)
    var waiting = names
    while let next = waiting.popLast() {
      for name in needs[next] ?? [] where found.insert(name).inserted { waiting.append(name) }
    }
    return found
  }

  /// Circles found by one depth-first walk, each once: enough to break every circle after repair.
  func cycles() -> [[String]] {
    enum Mark { case open, done }
    var marks: [String: Mark] = [:]
    var cycles: [[String]] = []
    for start in order where marks[start] == nil {
      var path: [(name: String, next: Int)] = [(start, 0)]
      marks[start] = .open
      while let (name, next) = path.last {
        let names = needs[name] ?? []
        guard next < names.count else {
          marks[name] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let child = names[next]
        switch marks[child] {
        case .done: break
        case .open:
          if cycles.count >= 20 { break }
          let from = path.firstIndex { $0.name == child } ?? 0
          let cycle = path[from...].map(\.name)
          if !cycles.contains(where: { Set($0) == Set(cycle) }) {
            cycles.append(cycle)
          }
        case nil:
          marks[child] = .open
          path.append((child, 0))
        }
      }
    }
    return cycles
  }
}
