// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CKernels

/// The door to the C kernels. Each does a multiple of four or eight elements and returns how many; the rest,
/// and everything on other processors, is done by the Swift form that calls it.
enum VectorKernels {
  /// Counterpart of `PhiloxKernel`. Returns the number of counters done.
  static func philox(
    _ words: UnsafeMutablePointer<UInt64>, pairs: Int, counter: UInt64, label: UInt32,
    draw: UInt32, key: SIMD2<UInt32>, path: VectorPath
  ) -> Int {
    switch path {
    case .portable: return 0
    case .avx2:
      let done = pairs & ~3
      utfall_philox_avx2(words, done, counter, label, draw, key[0], key[1])
      return done
    case .avx512:
      let done = pairs & ~7
      utfall_philox_avx512(words, done, counter, label, draw, key[0], key[1])
      return done
    }
  }

  /// Counterpart of `QuantileKernel`. Returns the number of values done.
  static func table(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ table: QuantileTable, _ finish: TableFinish, path: VectorPath
  ) -> Int {
    guard path != .portable, let target = out.baseAddress else { return 0 }
    var cells = utfall_table(
      coefficients: table.coefficients, segments: table.segments,
      segment_count: table.segmentCount,
      cells_per_side: UInt64(QuantileTable.cellsPerSide(cellBits: table.cellBits)),
      cell_bits: UInt32(table.cellBits))
    let kind =
      switch finish.kind {
      case .identity: UTFALL_IDENTITY
      case .log: UTFALL_EXP
      case .logit: UTFALL_LOGISTIC
      }
    var rest = utfall_finish(
      inner_location: finish.innerLocation, inner_scale: finish.innerScale,
      location: finish.location, scale: finish.scale, low: finish.low, high: finish.high,
      kind: Int32(truncatingIfNeeded: kind))
    if path == .avx512 {
      let done = out.count & ~7
      utfall_table_avx512(target, words, done, &cells, &rest)
      return done
    }
    let done = out.count & ~3
    utfall_table_avx2(target, words, done, &cells, &rest)
    return done
  }

  /// Draws among which `cubic` tells of NaN.
  static let cubicStrip = Int(UTFALL_CUBIC_STRIP)

  /// Counterpart of `CubicKernel`, at most 64 strips. Returns the number of values done and, bit by bit, the strips
  /// that may hold NaN.
  static func cubic(
    _ out: UnsafeMutableBufferPointer<Double>, _ words: UnsafePointer<UInt64>,
    _ draw: TableDraw, _ rows: CubicTable.Rows, path: VectorPath
  ) -> (done: Int, suspects: UInt64) {
    guard path != .portable, let target = out.baseAddress else { return (0, 0) }
    var table = utfall_cubic(
      cells: rows.cells, first: CubicTable.firstIndex, least: CubicTable.least,
      location: draw.finish.location, scale: draw.finish.scale, low: draw.finish.low,
      high: draw.finish.high, squarings: Int32(truncatingIfNeeded: rows.squarings),
      keeps_range: draw.keepsRange)
    let done = out.count & ~7
    let suspects =
      path == .avx512
      ? utfall_cubic_avx512(target, words, done, &table)
      : utfall_cubic_avx2(target, words, done, &table)
    return (done, suspects)
  }

  /// Places of NaN among the values. Returns the number of values looked at and of places found.
  static func findNaN(
    _ values: UnsafeMutableBufferPointer<Double>, into places: UnsafeMutablePointer<Int64>,
    path: VectorPath
  ) -> (done: Int, found: Int) {
    guard path != .portable, let source = values.baseAddress else { return (0, 0) }
    let done = values.count & ~3
    return (done, utfall_find_nan_avx2(source, done, places))
  }

  /// Counterpart of `BlockSums`. Returns the number of values done, their sums in lanes, extremes, and how many are above 0.
  static func sums(_ values: UnsafePointer<Double>, _ count: Int, path: VectorPath)
    -> (done: Int, lanes: SIMD16<Double>, least: Double, greatest: Double, positive: Int)
  {
    guard path != .portable else { return (0, .zero, .infinity, -.infinity, 0) }
    let done = count & ~15
    var sums = utfall_sums()
    if path == .avx512 {
      utfall_sums_avx512(values, done, &sums)
    } else {
      utfall_sums_avx2(values, done, &sums)
    }
    return (
      done, unsafeBitCast(sums.lanes, to: SIMD16<Double>.self), sums.least, sums.greatest,
      Int(sums.positive)
    )
  }

  /// Counterpart of `BlockSums`. Returns the number of values done, and sums of deviations and of their squares in lanes.
  static func deviations(
    _ values: UnsafePointer<Double>, _ count: Int, from centre: Double, path: VectorPath
  ) -> (done: Int, sums: SIMD16<Double>, squares: SIMD16<Double>) {
    var (sums, squares) = (SIMD16<Double>.zero, SIMD16<Double>.zero)
    guard path != .portable else { return (0, sums, squares) }
    let done = count & ~15
    withUnsafeMutablePointer(to: &sums) { sums in
      withUnsafeMutablePointer(to: &squares) { squares in
        sums.withMemoryRebound(to: Double.self, capacity: 16) { sums in
          squares.withMemoryRebound(to: Double.self, capacity: 16) { squares in
            if path == .avx512 {
              utfall_deviations_avx512(values, done, centre, sums, squares)
            } else {
              utfall_deviations_avx2(values, done, centre, sums, squares)
            }
          }
        }
      }
    }
    return (done, sums, squares)
  }

  /// Counterpart of `FiniteCheck`. Returns the number of values looked at and whether all of them are finite.
  static func isFinite(_ values: UnsafePointer<Double>, _ count: Int, path: VectorPath)
    -> (done: Int, isFinite: Bool)
  {
    let done = count & ~15
    switch path {
    case .portable: return (0, true)
    case .avx2: return (done, utfall_is_finite_avx2(values, done))
    case .avx512: return (done, utfall_is_finite_avx512(values, done))
    }
  }

  /// Counterpart of `WindowClassifier`: adds to the numbers of values that reach each edge, appends
  /// values inside windows at `target`. Returns the number of values done and of values appended.
  static func classify(
    _ values: UnsafePointer<Double>, _ count: Int, edges: UnsafeBufferPointer<Double>,
    atLeast: UnsafeMutablePointer<Int64>, into target: UnsafeMutablePointer<Double>,
    path: VectorPath
  ) -> (done: Int, kept: Int) {
    guard path != .portable, let edge = edges.baseAddress else { return (0, 0) }
    // The kernel's own scratch memory holds 4096 values.
    let done = min(count, 4096) & ~3
    let kept = utfall_classify_avx2(values, done, edge, edges.count, atLeast, target)
    return (done, kept)
  }

  /// Counterpart of `HistogramIndexer`: counts values in their cells. Returns the number done.
  static func histogram(
    _ values: UnsafePointer<Double>, _ count: Int, _ indexer: HistogramIndexer,
    limits: UnsafeBufferPointer<Double>, cells: UnsafeMutableBufferPointer<UInt64>,
    path: VectorPath
  ) -> Int {
    guard path != .portable, let limit = limits.baseAddress, let cell = cells.baseAddress else {
      return 0
    }
    var bins = utfall_bins(
      power: indexer.powerOfTwo, scaled_low: indexer.scaledLow,
      bins_per_unit: indexer.binsPerUnit, bin_count: indexer.binCount, doubt: indexer.doubt,
      limits: limit)
    if path == .avx512 {
      let done = count & ~7
      utfall_histogram_avx512(values, done, &bins, cell)
      return done
    }
    let done = count & ~3
    utfall_histogram_avx2(values, done, &bins, cell)
    return done
  }

  /// Counterpart of `BlockArithmetic`. An operand with step 0 is one constant. Returns the number of values
  /// done.
  static func arithmetic(
    _ operation: BlockArithmetic, _ out: UnsafeMutablePointer<Double>,
    _ a: (values: UnsafePointer<Double>, step: Int),
    _ b: (values: UnsafePointer<Double>, step: Int), _ count: Int, path: VectorPath
  ) -> Int {
    guard path != .portable, a.step + b.step > 0 else { return 0 }
    let done = count & ~3
    utfall_arithmetic_avx2(
      code(operation), out, a.values, a.step, b.values, b.step, done)
    return done
  }

  /// Counterpart of `BlockArithmetic`, many steps at a time. Returns the number of values done.
  static func program(
    _ steps: UnsafePointer<utfall_step>, _ stepCount: Int, _ count: Int, path: VectorPath
  ) -> Int {
    let done = count & ~7
    switch path {
    case .portable: return 0
    case .avx2: utfall_program_avx2(steps, stepCount, done)
    case .avx512: utfall_program_avx512(steps, stepCount, done)
    }
    return done
  }

  static func code(_ operation: BlockArithmetic) -> Int32 {
    let code =
      switch operation {
      case .add: UTFALL_ADD
      case .subtract: UTFALL_SUBTRACT
      case .multiply: UTFALL_MULTIPLY
      case .divide: UTFALL_DIVIDE
      }
    return Int32(truncatingIfNeeded: code)
  }

  /// Counterpart of `CrossProducts`: the lower triangle; what it writes above it has no meaning. False when
  /// nothing was done.
  static func crossProducts(
    _ matrix: UnsafeMutablePointer<Double>, _ values: UnsafePointer<Double>, size: Int, rows: Int,
    path: VectorPath
  ) -> Bool {
    switch path {
    case .portable: return false
    case .avx2: utfall_cross_products_avx2(matrix, values, size, rows)
    case .avx512: utfall_cross_products_avx512(matrix, values, size, rows)
    }
    return true
  }
}
