// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

/// Quantile tables by the standard distribution they invert, shared between parameters and plans.
public final class TableStore: Sendable {
  private struct Key: Hashable {
    let family: String
    let identity: [NamedValue]
  }

  private let tables = Mutex<[Key: QuantileTable]>([:])
  private struct CubicKey: Hashable {
    let table: ObjectIdentifier
    let kind: QuantileTable.Transform
    let innerLocation: Double
    let innerScale: Double
  }

  /// Tables of cubics, `nil` where none could be had, and the memory they share.
  private struct Cubics {
    var tables: [CubicKey: CubicTable?] = [:]
    var arena: CubicArena?
    var taken = 0
  }

  private let cubics = Mutex(Cubics())
  private let discreteTables = Mutex<[Key: DiscreteTable]>([:])

  public init() {}

  /// The table of `standard`, built at the first request.
  public func table(for standard: any Distribution) -> QuantileTable {
    let key = Key(family: type(of: standard).family.name, identity: standard.identity)
    if let known = tables.withLock({ $0[key] }) { return known }
    let built = QuantileTableBuilder.build(standard)
    return tables.withLock { tables in
      if let known = tables[key] { return known }
      tables[key] = built
      return built
    }
  }

  /// The cubics of what `finish` makes of the table's value, before its own location and scale; `nil` where cubics
  /// are not right enough.
  func cubics(for table: QuantileTable, _ finish: TableFinish) -> CubicTable? {
    let key = CubicKey(
      table: ObjectIdentifier(table), kind: finish.kind, innerLocation: finish.innerLocation,
      innerScale: finish.innerScale)
    return cubics.withLock { cubics in
      if let known = cubics.tables[key] { return known }
      if cubics.arena == nil || cubics.taken == CubicArena.slots {
        cubics.arena = CubicArena()
        cubics.taken = 0
      }
      guard let arena = cubics.arena else { return nil }
      let built = CubicTableBuilder(source: table, finish: finish)
        .build(in: arena.slot(cubics.taken), of: arena)
      if built != nil { cubics.taken += 1 }
      cubics.tables[key] = .some(built)
      return built
    }
  }

  /// The discrete table of `law`, built at the first request.
  func table(for law: any DiscreteDistribution, _ build: () -> DiscreteTable) -> DiscreteTable {
    let key = Key(family: type(of: law).family.name, identity: law.identity)
    if let known = discreteTables.withLock({ $0[key] }) { return known }
    let built = build()
    return discreteTables.withLock { tables in
      if let known = tables[key] { return known }
      tables[key] = built
      return built
    }
  }

  /// Number of different tables built.
  public var count: Int { tables.withLock { $0.count } + discreteTables.withLock { $0.count } }
}
