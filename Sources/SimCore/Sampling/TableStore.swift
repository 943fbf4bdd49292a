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
