// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

/// Quantile tables by the standard distribution they invert, shared between parameters and plans. Each is built once,
/// whichever thread asks first; another that asks meanwhile waits for it.
public final class TableStore: Sendable {
  private struct Key: Hashable {
    let family: String
    let identity: [NamedValue]
  }

  private struct CubicKey: Hashable {
    let table: ObjectIdentifier
    let kind: QuantileTable.Transform
    let innerLocation: Double
    let innerScale: Double
  }

  /// Tables of cubics, `nil` where none could be had, and the memory they share.
  private struct Cubics {
    var tables: [CubicKey: BuiltOnce<CubicTable?>] = [:]
    var free: [(arena: CubicArena, slot: Int)] = []
  }

  /// The most threads that a plan may build its tables on.
  let workers: Int
  private let tables = Mutex<[Key: BuiltOnce<QuantileTable>]>([:])
  private let cubics = Mutex(Cubics())
  private let discreteTables = Mutex<[Key: BuiltOnce<DiscreteTable>]>([:])

  /// - Parameter workers: the most threads that a plan may build its tables on.
  public init(workers: Int = 1) { self.workers = workers }

  /// The table of `standard`, built at the first request.
  public func table(for standard: any Distribution) -> QuantileTable {
    let key = Key(family: type(of: standard).family.name, identity: standard.identity)
    return tables.withLock { Self.entry(key, in: &$0) }.value {
      QuantileTableBuilder.build(standard)
    }
  }

  /// The cubics of what `finish` makes of the table's value, before its own location and scale; `nil` where cubics
  /// are not right enough.
  func cubics(for table: QuantileTable, _ finish: TableFinish) -> CubicTable? {
    let key = CubicKey(
      table: ObjectIdentifier(table), kind: finish.kind, innerLocation: finish.innerLocation,
      innerScale: finish.innerScale)
    return cubics.withLock { Self.entry(key, in: &$0.tables) }.value {
      let (arena, slot) = takeSlot()
      let built = CubicTableBuilder(source: table, finish: finish)
        .build(in: arena.slot(slot), of: arena)
      if built == nil { cubics.withLock { $0.free.append((arena, slot)) } }
      return built
    }
  }

  private func takeSlot() -> (arena: CubicArena, slot: Int) {
    cubics.withLock { cubics in
      if cubics.free.isEmpty {
        let arena = CubicArena()
        cubics.free = (0..<CubicArena.slots).reversed().map { (arena, $0) }
      }
      return cubics.free.removeLast()
    }
  }

  /// The discrete table of `law`, built at the first request.
  func table(for law: any DiscreteDistribution, _ build: () -> DiscreteTable) -> DiscreteTable {
    let key = Key(family: type(of: law).family.name, identity: law.identity)
    return discreteTables.withLock { Self.entry(key, in: &$0) }.value(build)
  }

  private static func entry<Name: Hashable, Table: Sendable>(
    _ key: Name, in tables: inout [Name: BuiltOnce<Table>]
  ) -> BuiltOnce<Table> {
    if let known = tables[key] { return known }
    let entry = BuiltOnce<Table>()
    tables[key] = entry
    return entry
  }

  /// Number of different tables built.
  public var count: Int { tables.withLock { $0.count } + discreteTables.withLock { $0.count } }
}

/// Something that the first who asks for it builds.
private final class BuiltOnce<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  func value(_ build: () -> Value) -> Value {
    known.withLock { known in
      if let known { return known }
      let built = build()
      known = built
      return built
    }
  }
}
