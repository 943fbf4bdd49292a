// Utfall: vector kernels of the block loop, chosen at run time.
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Swift has no way to compile one function for a newer instruction set than the rest of the program.
// Each function here does exactly what its Swift counterpart in SimCore does, operation by operation,
// and gives the same bits; the Swift form is the reference and runs wherever these can't.
#ifndef UTFALL_CKERNELS_H
#define UTFALL_CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

// Whether this processor and build have the AVX2 kernels. The others below may be called only then.
bool utfall_has_avx2(void);

// Whether this processor has the AVX-512 kernels too. Those do a multiple of eight where the AVX2 ones do a
// multiple of four, and are otherwise the same.
bool utfall_has_avx512(void);

// Philox4x32-10 words for `pairs` counters from `counter` on; `pairs` is a multiple of 4.
// Counterpart: PhiloxKernel.
void utfall_philox_avx2(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1);

void utfall_philox_avx512(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1);

// A table of polynomials: `cells_per_side` rows of 8 coefficients for each side of each segment.
// `segments` has rows of start, end, 2^52/(end - start) and a filler; 32-byte aligned.
struct utfall_table {
  const double *coefficients;
  const double *segments;
  intptr_t segment_count;
  uint64_t cells_per_side;
  uint32_t cell_bits;
};

// What is done to the polynomial's value y: location + scale * f(inner_location + inner_scale * y), kept in
// low ... high. f is the identity, which leaves the inner numbers out, exp or the logistic function.
enum { UTFALL_IDENTITY = 0, UTFALL_EXP = 1, UTFALL_LOGISTIC = 2 };
struct utfall_finish {
  double inner_location, inner_scale, location, scale, low, high;
  int32_t kind;
};

// out[i] = the finished value for words[i]; `count` is a multiple of 4. Counterpart: QuantileKernel.
void utfall_table_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish);

void utfall_table_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish);

// A table of cubics over narrow cells: rows of c0, c1, c2, c3, 32-byte aligned. The row of a draw is found by its signed
// distance v from the nearer end, in units of 2^-52: sign, exponent and seven bits of the mantissa, one after the other
// in the bits of v, are its index. So the rows of the upper side lie 2^18 rows beyond those of the lower. `cells` has the
// index `first`. Distances below `least` are taken as `least`, whose row, `first`, holds NaN.
// y = c0 + c1 v + c2 v^2 + c3 v^3,  x = location + scale * y^(2^squarings), kept in low ... high where that is asked for.
struct utfall_cubic {
  const void *cells;
  intptr_t first;
  double least, location, scale, low, high;
  int32_t squarings;
  bool keeps_range;
};

// Draws whose cells are found before any of them is read, and among which NaN is told.
#define UTFALL_CUBIC_STRIP 256

// out[i] = the value for words[i]; `count` is a multiple of 8, at most 64 strips. Bit k of the result is set when a value
// of strip k may be NaN, and to be had otherwise. Counterpart: CubicKernel.
uint64_t utfall_cubic_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table);

uint64_t utfall_cubic_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table);

// Writes the places of NaN among the values to `places`, which has room for `count`, and returns their number.
// `count` is a multiple of 4. Counterpart: CubicKernel.
intptr_t utfall_find_nan_avx2(const double *values, intptr_t count, int64_t *places);

// Sums of a block in 16 lanes, value i in lane i mod 16, and its extremes and number of values above 0; `count` is a
// multiple of 16. Counterpart: BlockSums.
struct utfall_sums {
  double lanes[16];
  double least, greatest;
  int64_t positive;
};
void utfall_sums_avx2(const double *values, intptr_t count, struct utfall_sums *sums);

void utfall_sums_avx512(const double *values, intptr_t count, struct utfall_sums *sums);

// Sums of x - centre and of their squares, in 16 lanes each; `count` is a multiple of 16. Counterpart: BlockSums.
void utfall_deviations_avx2(
    const double *values, intptr_t count, double centre, double *deviations, double *squares);

void utfall_deviations_avx512(
    const double *values, intptr_t count, double centre, double *deviations, double *squares);

// Whether all values are finite; `count` is a multiple of 16. Counterpart: FiniteCheck.
bool utfall_is_finite_avx2(const double *values, intptr_t count);

bool utfall_is_finite_avx512(const double *values, intptr_t count);

// Adds to at_least[e] the number of values >= edges[e], and appends the values that are >= an odd
// number of edges to `inside`, in order. `count` is a multiple of 4, at most 4096. `inside` has room
// for `count` values. Returns how many were appended. Counterpart: WindowClassifier.
intptr_t utfall_classify_avx2(
    const double *values, intptr_t count, const double *edges, intptr_t edge_count,
    int64_t *at_least, double *inside);

// Counts every value in its cell: g + 1 - (value < limits[g]), with g the number of the edge nearest in
// position, (value * power - scaled_low) * bins_per_unit, held in 0 ... bin_count. Positions further than
// `doubt` from g settle the comparison. `count` is a multiple of 4, or of 8. Counterpart: HistogramIndexer.
struct utfall_bins {
  double power, scaled_low, bins_per_unit, bin_count, doubt;
  const double *limits;
};
void utfall_histogram_avx2(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells);

void utfall_histogram_avx512(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells);

// out[i] = a[i] op b[i]; `count` is a multiple of 4. An operand with step 0 is one constant, with step 1 a
// block. `out` may be one of the blocks. Counterpart: BlockArithmetic.
enum { UTFALL_ADD = 0, UTFALL_SUBTRACT = 1, UTFALL_MULTIPLY = 2, UTFALL_DIVIDE = 3 };
void utfall_arithmetic_avx2(
    int32_t operation, double *out, const double *a, intptr_t a_step, const double *b, intptr_t b_step,
    intptr_t count);

// Steps of arithmetic one after the other, a strip of the blocks at a time: what one step makes is still in the
// first cache when another reads it. An operand with step 0 is one constant. `count` is a multiple of 8.
// Counterpart: BlockArithmetic.
struct utfall_step {
  double *out;
  const double *a, *b;
  int32_t operation;
  int8_t a_step, b_step;
};
void utfall_program_avx2(const struct utfall_step *steps, intptr_t step_count, intptr_t count);

void utfall_program_avx512(const struct utfall_step *steps, intptr_t step_count, intptr_t count);

// matrix[i][j] += sum over rows of values[row][i] * values[row][j], one row after the other, for j <= i; numbers above
// the diagonal may be written too and have no meaning. Both are stored row by row, `size` numbers a row.
// Counterpart: CrossProducts.
void utfall_cross_products_avx2(
    double *matrix, const double *values, intptr_t size, intptr_t rows);

void utfall_cross_products_avx512(
    double *matrix, const double *values, intptr_t size, intptr_t rows);

// Rows of degree s, inner coefficients of the polynomial and s initial numbers, one for each dimension of the
// Sobol' sequence from the second to the last.
#define UTFALL_JOE_KUO_DIMENSIONS 1024
const uint16_t *utfall_joe_kuo_rows(void);

#endif
