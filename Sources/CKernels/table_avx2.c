// Utfall: draws from quantile tables, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

#include <float.h>

// 1 + (r + r2 p(r)) for x = k ln 2 + r, and the rounded quotient k in the low bits of t.
AVX2 static inline __m256d exp_core(__m256d x, __m256d *t) {
  const __m256d rounder = _mm256_set1_pd(0x1.8p52);
  *t = _mm256_add_pd(_mm256_mul_pd(x, _mm256_set1_pd(0x1.71547652b82fep+0)), rounder);
  const __m256d k = _mm256_sub_pd(*t, rounder);
  const __m256d r = _mm256_sub_pd(
      _mm256_sub_pd(x, _mm256_mul_pd(k, _mm256_set1_pd(0x1.62e42feep-1))),
      _mm256_mul_pd(k, _mm256_set1_pd(0x1.a39ef35793c76p-33)));
  const __m256d r2 = _mm256_mul_pd(r, r);
  const __m256d r4 = _mm256_mul_pd(r2, r2);
#define LINE(c0, c1) \
  _mm256_add_pd(_mm256_set1_pd(c0), _mm256_mul_pd(_mm256_set1_pd(c1), r))
  const __m256d p01 = LINE(0x1.0000000000001p-1, 0x1.5555555555556p-3);
  const __m256d p23 = LINE(0x1.5555555553d63p-5, 0x1.11111111109b3p-7);
  const __m256d p45 = LINE(0x1.6c16c1788bd90p-10, 0x1.a01a01a7c41d5p-13);
  const __m256d p67 = LINE(0x1.a019b90d2ae7ap-16, 0x1.71de0dae63bb3p-19);
  const __m256d p89 = LINE(0x1.289185613a3d6p-22, 0x1.af38a9b0ec855p-26);
#undef LINE
  const __m256d low = _mm256_add_pd(p01, _mm256_mul_pd(p23, r2));
  const __m256d high =
      _mm256_add_pd(_mm256_add_pd(p45, _mm256_mul_pd(p67, r2)), _mm256_mul_pd(p89, r4));
  const __m256d p = _mm256_add_pd(low, _mm256_mul_pd(high, r4));
  return _mm256_add_pd(_mm256_set1_pd(1.0), _mm256_add_pd(r, _mm256_mul_pd(r2, p)));
}

// Any x: subnormal results, 0, infinity and NaN among the four.
AVX2 static __attribute__((noinline)) __m256d exp4_wide(__m256d x) {
  // max and min return their second operand when it is NaN: NaN passes.
  const __m256d y =
      _mm256_min_pd(_mm256_set1_pd(710.0), _mm256_max_pd(_mm256_set1_pd(-746.0), x));
  __m256d t;
  const __m256d e = exp_core(y, &t);
  const __m256i bias = _mm256_set1_epi64x(1023);
  const __m256i bits = _mm256_castpd_si256(t);
  const __m256i half = _mm256_srli_epi64(bits, 1);
  const __m256d first = _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_add_epi64(half, bias), 52));
  const __m256d second = _mm256_castsi256_pd(
      _mm256_slli_epi64(_mm256_add_epi64(_mm256_sub_epi64(bits, half), bias), 52));
  return _mm256_mul_pd(_mm256_mul_pd(e, first), second);
}

// Counterpart: VectorExponential.exp, with the same operations in the same order. A normal result is scaled
// exactly either way: adding k to the exponent gives the bits of the two multiplications.
AVX2 static inline __m256d exp4(__m256d x) {
  const __m256d size = _mm256_andnot_pd(_mm256_set1_pd(-0.0), x);
  const __m256d inside = _mm256_cmp_pd(size, _mm256_set1_pd(708.0), _CMP_LE_OQ);
  if (__builtin_expect(_mm256_movemask_pd(inside) != 15, 0)) return exp4_wide(x);
  __m256d t;
  const __m256i e = _mm256_castpd_si256(exp_core(x, &t));
  return _mm256_castsi256_pd(
      _mm256_add_epi64(e, _mm256_slli_epi64(_mm256_castpd_si256(t), 52)));
}

// Counterpart: VectorExponential.logistic.
AVX2 static inline __m256d logistic4(__m256d x) {
  const __m256d sign = _mm256_set1_pd(-0.0);
  const __m256d one = _mm256_set1_pd(1.0);
  const __m256d e = exp4(_mm256_or_pd(x, sign));
  const __m256d small = _mm256_div_pd(e, _mm256_add_pd(one, e));
  const __m256d negative = _mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_LT_OQ);
  return _mm256_blendv_pd(_mm256_sub_pd(one, small), small, negative);
}

// ---- Tables

// The polynomials of four rows at four points.
AVX2 static inline __m256d rows4(const double *coefficients, __m256i cell, __m256d t) {
  // Rows are loaded whole and transposed: faster than gathering each coefficient.
  const __m128i cells01 = _mm256_castsi256_si128(cell);
  const __m128i cells23 = _mm256_extracti128_si256(cell, 1);
  const double *r0 = coefficients + _mm_cvtsi128_si64(cells01);
  const double *r1 = coefficients + _mm_extract_epi64(cells01, 1);
  const double *r2 = coefficients + _mm_cvtsi128_si64(cells23);
  const double *r3 = coefficients + _mm_extract_epi64(cells23, 1);
  // 128-bit halves joined by loads: r0|r2 and r1|r3, so that one unpack each finishes the job.
  const __m256d a01 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r0)), _mm_load_pd(r2), 1);
  const __m256d b01 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r1)), _mm_load_pd(r3), 1);
  const __m256d a23 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r0 + 2)), _mm_load_pd(r2 + 2), 1);
  const __m256d b23 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r1 + 2)), _mm_load_pd(r3 + 2), 1);
  const __m256d a45 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r0 + 4)), _mm_load_pd(r2 + 4), 1);
  const __m256d b45 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r1 + 4)), _mm_load_pd(r3 + 4), 1);
  const __m256d a6 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r0 + 6)), _mm_load_pd(r2 + 6), 1);
  const __m256d b6 = _mm256_insertf128_pd(
      _mm256_castpd128_pd256(_mm_load_pd(r1 + 6)), _mm_load_pd(r3 + 6), 1);
  const __m256d c0 = _mm256_unpacklo_pd(a01, b01);
  const __m256d c1 = _mm256_unpackhi_pd(a01, b01);
  const __m256d c2 = _mm256_unpacklo_pd(a23, b23);
  const __m256d c3 = _mm256_unpackhi_pd(a23, b23);
  const __m256d c4 = _mm256_unpacklo_pd(a45, b45);
  const __m256d c5 = _mm256_unpackhi_pd(a45, b45);
  const __m256d c6 = _mm256_unpacklo_pd(a6, b6);
  const __m256d t2 = _mm256_mul_pd(t, t);
  const __m256d left = _mm256_add_pd(
      _mm256_add_pd(c0, _mm256_mul_pd(c1, t)),
      _mm256_mul_pd(_mm256_add_pd(c2, _mm256_mul_pd(c3, t)), t2));
  const __m256d right = _mm256_add_pd(
      _mm256_add_pd(c4, _mm256_mul_pd(c5, t)), _mm256_mul_pd(c6, t2));
  return _mm256_add_pd(left, _mm256_mul_pd(right, _mm256_mul_pd(t2, t2)));
}

// x = location + scale * f(inner_location + inner_scale * y), kept in range. The kind of f is a constant
// wherever this is called, so that nothing is decided in the loop; copies of both structures keep their
// members in registers.
AVX2 static inline __m256d finish4(__m256d y, struct utfall_finish finish, int kind) {
  if (kind != UTFALL_IDENTITY) {
    y = _mm256_add_pd(
        _mm256_set1_pd(finish.inner_location),
        _mm256_mul_pd(_mm256_set1_pd(finish.inner_scale), y));
    y = kind == UTFALL_EXP ? exp4(y) : logistic4(y);
  }
  __m256d x = _mm256_add_pd(
      _mm256_set1_pd(finish.location), _mm256_mul_pd(_mm256_set1_pd(finish.scale), y));
  // max and min return their second operand when x is NaN: NaN marks cells left to the solver.
  x = _mm256_max_pd(_mm256_set1_pd(finish.low), x);
  return _mm256_min_pd(_mm256_set1_pd(finish.high), x);
}

AVX2 static inline __m256d uniform_distance(__m256i bits) {
  return _mm256_sub_pd(
      _mm256_castsi256_pd(_mm256_or_si256(bits, _mm256_set1_epi64x(0x4330000000000000))),
      _mm256_set1_pd(4503599627370495.5));
}

// Position in a cell, from the bits of q.
AVX2 static inline __m256d position4(__m256i bits, __m128i rest_shift) {
  return _mm256_sub_pd(
      _mm256_castsi256_pd(_mm256_or_si256(
          _mm256_and_si256(
              _mm256_sll_epi64(bits, rest_shift), _mm256_set1_epi64x(0xFFFFFFFFFFFFF)),
          _mm256_set1_epi64x(0x3FF0000000000000))),
      _mm256_set1_pd(1.5));
}

AVX2 static inline void table_loop(
    double *out, const uint64_t *words, intptr_t count, struct utfall_table table,
    struct utfall_finish finish) {
  const __m256i fold_mask = _mm256_set1_epi64x(0x7FFFFFFFFFFFF);
  const __m256i first_cell = _mm256_set1_epi64x((int64_t)((uint64_t)1022 << table.cell_bits));
  const __m256i side = _mm256_set1_epi64x((int64_t)table.cells_per_side);
  const __m128i cell_shift = _mm_cvtsi32_si128((int)(52 - table.cell_bits));
  const __m128i rest_shift = _mm_cvtsi32_si128((int)table.cell_bits);
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256i w = _mm256_loadu_si256((const __m256i *)(words + i));
    const __m256i upper = _mm256_cmpgt_epi64(_mm256_setzero_si256(), w);
    const __m256i folded =
        _mm256_and_si256(_mm256_xor_si256(_mm256_srli_epi64(w, 12), upper), fold_mask);
    const __m256i bits = _mm256_castpd_si256(uniform_distance(folded));
    __m256i cell = _mm256_sub_epi64(_mm256_srl_epi64(bits, cell_shift), first_cell);
    cell = _mm256_slli_epi64(_mm256_add_epi64(cell, _mm256_and_si256(upper, side)), 3);
    const __m256d y = rows4(table.coefficients, cell, position4(bits, rest_shift));
    _mm256_storeu_pd(out + i, finish4(y, finish, UTFALL_IDENTITY));
  }
}

// Tables in several segments: a segment is found by counting the splits that are reached.
AVX2 static inline void split_loop(
    double *out, const uint64_t *words, intptr_t count, struct utfall_table table,
    struct utfall_finish finish) {
  const __m256i first_cell = _mm256_set1_epi64x((int64_t)((uint64_t)1022 << table.cell_bits));
  const __m256i side = _mm256_set1_epi64x((int64_t)table.cells_per_side);
  const __m128i cell_shift = _mm_cvtsi32_si128((int)(52 - table.cell_bits));
  const __m128i rest_shift = _mm_cvtsi32_si128((int)table.cell_bits);
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256i w = _mm256_loadu_si256((const __m256i *)(words + i));
    const __m256d u = _mm256_mul_pd(
        uniform_distance(_mm256_srli_epi64(w, 12)), _mm256_set1_pd(0x1p-52));
    __m256i segment = _mm256_setzero_si256();
    for (intptr_t s = 1; s < table.segment_count; s++) {
      const __m256d start = _mm256_set1_pd(table.segments[4 * s]);
      segment = _mm256_sub_epi64(
          segment, _mm256_castpd_si256(_mm256_cmp_pd(u, start, _CMP_GE_OQ)));
    }
    const __m128i s01 = _mm256_castsi256_si128(segment);
    const __m128i s23 = _mm256_extracti128_si256(segment, 1);
    const __m256d r0 = _mm256_load_pd(table.segments + 4 * _mm_cvtsi128_si64(s01));
    const __m256d r1 = _mm256_load_pd(table.segments + 4 * _mm_extract_epi64(s01, 1));
    const __m256d r2 = _mm256_load_pd(table.segments + 4 * _mm_cvtsi128_si64(s23));
    const __m256d r3 = _mm256_load_pd(table.segments + 4 * _mm_extract_epi64(s23, 1));
    const __m256d a = _mm256_permute2f128_pd(r0, r2, 0x20);
    const __m256d b = _mm256_permute2f128_pd(r1, r3, 0x20);
    const __m256d start = _mm256_unpacklo_pd(a, b);
    const __m256d end = _mm256_unpackhi_pd(a, b);
    const __m256d factor = _mm256_unpacklo_pd(
        _mm256_permute2f128_pd(r0, r2, 0x31), _mm256_permute2f128_pd(r1, r3, 0x31));
    const __m256d below = _mm256_sub_pd(u, start);
    const __m256d above = _mm256_sub_pd(end, u);
    const __m256d upper = _mm256_cmp_pd(above, below, _CMP_LT_OQ);
    __m256d q = _mm256_mul_pd(_mm256_blendv_pd(below, above, upper), factor);
    q = _mm256_min_pd(
        _mm256_set1_pd(0x1.fffffffffffffp50), _mm256_max_pd(_mm256_set1_pd(0.5), q));
    const __m256i bits = _mm256_castpd_si256(q);
    __m256i cell = _mm256_sub_epi64(_mm256_srl_epi64(bits, cell_shift), first_cell);
    // Two sides for each segment before this one. Low halves hold all of both factors.
    const __m256i sides = _mm256_sub_epi64(
        _mm256_add_epi64(segment, segment), _mm256_castpd_si256(upper));
    cell = _mm256_slli_epi64(_mm256_add_epi64(cell, _mm256_mul_epu32(sides, side)), 3);
    const __m256d y = rows4(table.coefficients, cell, position4(bits, rest_shift));
    _mm256_storeu_pd(out + i, finish4(y, finish, UTFALL_IDENTITY));
  }
}

// Applies f and what goes round it to values in place. A loop of its own keeps its constants in registers.
AVX2 static inline void finish_loop(
    double *out, intptr_t count, struct utfall_finish finish, int kind) {
  for (intptr_t i = 0; i < count; i += 4) {
    _mm256_storeu_pd(out + i, finish4(_mm256_loadu_pd(out + i), finish, kind));
  }
}

AVX2 void utfall_table_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish) {
  struct utfall_finish first = *finish;
  if (finish->kind != UTFALL_IDENTITY) {
    // The polynomial's value itself: adding 0 and multiplying by 1 change no bit that matters.
    first.location = 0;
    first.scale = 1;
    first.low = -DBL_MAX;
    first.high = DBL_MAX;
  }
  if (table->segment_count > 1) {
    split_loop(out, words, count, *table, first);
  } else {
    table_loop(out, words, count, *table, first);
  }
  if (finish->kind == UTFALL_EXP) finish_loop(out, count, *finish, UTFALL_EXP);
  if (finish->kind == UTFALL_LOGISTIC) finish_loop(out, count, *finish, UTFALL_LOGISTIC);
}

#endif
