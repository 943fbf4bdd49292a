// Utfall: draws from quantile tables, for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

#include <float.h>

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF

// Counterpart: exp_core of the AVX2 kernels.
AVX512 static inline __m512d exp_core(__m512d x, __m512d *t) {
  const __m512d rounder = _mm512_set1_pd(0x1.8p52);
  *t = _mm512_add_pd(_mm512_mul_pd(x, _mm512_set1_pd(0x1.71547652b82fep+0)), rounder);
  const __m512d k = _mm512_sub_pd(*t, rounder);
  const __m512d r = _mm512_sub_pd(
      _mm512_sub_pd(x, _mm512_mul_pd(k, _mm512_set1_pd(0x1.62e42feep-1))),
      _mm512_mul_pd(k, _mm512_set1_pd(0x1.a39ef35793c76p-33)));
  const __m512d r2 = _mm512_mul_pd(r, r);
  const __m512d r4 = _mm512_mul_pd(r2, r2);
#define LINE(c0, c1) \
  _mm512_add_pd(_mm512_set1_pd(c0), _mm512_mul_pd(_mm512_set1_pd(c1), r))
  const __m512d p01 = LINE(0x1.0000000000001p-1, 0x1.5555555555556p-3);
  const __m512d p23 = LINE(0x1.5555555553d63p-5, 0x1.11111111109b3p-7);
  const __m512d p45 = LINE(0x1.6c16c1788bd90p-10, 0x1.a01a01a7c41d5p-13);
  const __m512d p67 = LINE(0x1.a019b90d2ae7ap-16, 0x1.71de0dae63bb3p-19);
  const __m512d p89 = LINE(0x1.289185613a3d6p-22, 0x1.af38a9b0ec855p-26);
#undef LINE
  const __m512d low = _mm512_add_pd(p01, _mm512_mul_pd(p23, r2));
  const __m512d high =
      _mm512_add_pd(_mm512_add_pd(p45, _mm512_mul_pd(p67, r2)), _mm512_mul_pd(p89, r4));
  const __m512d p = _mm512_add_pd(low, _mm512_mul_pd(high, r4));
  return _mm512_add_pd(_mm512_set1_pd(1.0), _mm512_add_pd(r, _mm512_mul_pd(r2, p)));
}

// Any x: subnormal results, 0, infinity and NaN among the eight.
AVX512 static __attribute__((noinline)) __m512d exp8_wide(__m512d x) {
  // max and min return their second operand when it is NaN: NaN passes.
  const __m512d y =
      _mm512_min_pd(_mm512_set1_pd(710.0), _mm512_max_pd(_mm512_set1_pd(-746.0), x));
  __m512d t;
  const __m512d e = exp_core(y, &t);
  const __m512i bias = _mm512_set1_epi64(1023);
  const __m512i bits = _mm512_castpd_si512(t);
  const __m512i half = _mm512_srli_epi64(bits, 1);
  const __m512d first = _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_add_epi64(half, bias), 52));
  const __m512d second = _mm512_castsi512_pd(
      _mm512_slli_epi64(_mm512_add_epi64(_mm512_sub_epi64(bits, half), bias), 52));
  return _mm512_mul_pd(_mm512_mul_pd(e, first), second);
}

// Counterpart: VectorExponential.exp, with the same operations in the same order.
AVX512 static inline __m512d exp8(__m512d x) {
  const __mmask8 inside =
      _mm512_cmp_pd_mask(_mm512_abs_pd(x), _mm512_set1_pd(708.0), _CMP_LE_OQ);
  if (__builtin_expect(inside != 0xFF, 0)) return exp8_wide(x);
  __m512d t;
  const __m512i e = _mm512_castpd_si512(exp_core(x, &t));
  return _mm512_castsi512_pd(
      _mm512_add_epi64(e, _mm512_slli_epi64(_mm512_castpd_si512(t), 52)));
}

// Counterpart: VectorExponential.logistic.
AVX512 static inline __m512d logistic8(__m512d x) {
  const __m512d one = _mm512_set1_pd(1.0);
  const __m512d e = exp8(_mm512_or_pd(x, _mm512_set1_pd(-0.0)));
  const __m512d small = _mm512_div_pd(e, _mm512_add_pd(one, e));
  const __mmask8 negative = _mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_LT_OQ);
  return _mm512_mask_blend_pd(negative, _mm512_sub_pd(one, small), small);
}

// ---- Tables

// Four coefficients of row `a`, then four of row `b`.
#define PAIR(a, b) \
  _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(a)), _mm256_load_pd(b), 1)
#define LANES(a, b, which) _mm512_shuffle_f64x2(a, b, which)

// The polynomials of eight rows at eight points.
AVX512 static inline __m512d rows8(const double *coefficients, __m512i cell, __m512d t) {
  int64_t place[8] __attribute__((aligned(64)));
  _mm512_store_si512(place, cell);
  // Rows are paired so that two shuffles bring each coefficient into the order of the points.
  const double *r0 = coefficients + place[0], *r1 = coefficients + place[1];
  const double *r2 = coefficients + place[2], *r3 = coefficients + place[3];
  const double *r4 = coefficients + place[4], *r5 = coefficients + place[5];
  const double *r6 = coefficients + place[6], *r7 = coefficients + place[7];
  const __m512d x02 = PAIR(r0, r2), x13 = PAIR(r1, r3);
  const __m512d x46 = PAIR(r4, r6), x57 = PAIR(r5, r7);
  const __m512d y02 = PAIR(r0 + 4, r2 + 4), y13 = PAIR(r1 + 4, r3 + 4);
  const __m512d y46 = PAIR(r4 + 4, r6 + 4), y57 = PAIR(r5 + 4, r7 + 4);
  const __m512d a = _mm512_unpacklo_pd(x02, x13), b = _mm512_unpacklo_pd(x46, x57);
  const __m512d c = _mm512_unpackhi_pd(x02, x13), d = _mm512_unpackhi_pd(x46, x57);
  const __m512d e = _mm512_unpacklo_pd(y02, y13), f = _mm512_unpacklo_pd(y46, y57);
  const __m512d g = _mm512_unpackhi_pd(y02, y13), h = _mm512_unpackhi_pd(y46, y57);
  const __m512d c0 = LANES(a, b, 0x88), c2 = LANES(a, b, 0xDD);
  const __m512d c1 = LANES(c, d, 0x88), c3 = LANES(c, d, 0xDD);
  const __m512d c4 = LANES(e, f, 0x88), c6 = LANES(e, f, 0xDD);
  const __m512d c5 = LANES(g, h, 0x88);
  const __m512d t2 = _mm512_mul_pd(t, t);
  const __m512d left = _mm512_add_pd(
      _mm512_add_pd(c0, _mm512_mul_pd(c1, t)),
      _mm512_mul_pd(_mm512_add_pd(c2, _mm512_mul_pd(c3, t)), t2));
  const __m512d right = _mm512_add_pd(
      _mm512_add_pd(c4, _mm512_mul_pd(c5, t)), _mm512_mul_pd(c6, t2));
  return _mm512_add_pd(left, _mm512_mul_pd(right, _mm512_mul_pd(t2, t2)));
}

// x = location + scale * f(inner_location + inner_scale * y), kept in range; see the AVX2 kernels.
AVX512 static inline __m512d finish8(__m512d y, struct utfall_finish finish, int kind) {
  if (kind != UTFALL_IDENTITY) {
    y = _mm512_add_pd(
        _mm512_set1_pd(finish.inner_location),
        _mm512_mul_pd(_mm512_set1_pd(finish.inner_scale), y));
    y = kind == UTFALL_EXP ? exp8(y) : logistic8(y);
  }
  __m512d x = _mm512_add_pd(
      _mm512_set1_pd(finish.location), _mm512_mul_pd(_mm512_set1_pd(finish.scale), y));
  // max and min return their second operand when x is NaN: NaN marks cells left to the solver.
  x = _mm512_max_pd(_mm512_set1_pd(finish.low), x);
  return _mm512_min_pd(_mm512_set1_pd(finish.high), x);
}

AVX512 static inline __m512d uniform_distance(__m512i bits) {
  return _mm512_sub_pd(
      _mm512_castsi512_pd(_mm512_or_si512(bits, _mm512_set1_epi64(0x4330000000000000))),
      _mm512_set1_pd(4503599627370495.5));
}

// Position in a cell, from the bits of q.
AVX512 static inline __m512d position8(__m512i bits, __m128i rest_shift) {
  // (shifted and mask) or one
  const __m512i place = _mm512_ternarylogic_epi64(
      _mm512_sll_epi64(bits, rest_shift), _mm512_set1_epi64(0xFFFFFFFFFFFFF),
      _mm512_set1_epi64(0x3FF0000000000000), 0xEA);
  return _mm512_sub_pd(_mm512_castsi512_pd(place), _mm512_set1_pd(1.5));
}

AVX512 static inline void table_loop(
    double *out, const uint64_t *words, intptr_t count, struct utfall_table table,
    struct utfall_finish finish) {
  const __m512i fold_mask = _mm512_set1_epi64(0x7FFFFFFFFFFFF);
  const __m512i first_cell = _mm512_set1_epi64((int64_t)((uint64_t)1022 << table.cell_bits));
  const __m512i side = _mm512_set1_epi64((int64_t)table.cells_per_side);
  const __m128i cell_shift = _mm_cvtsi32_si128((int)(52 - table.cell_bits));
  const __m128i rest_shift = _mm_cvtsi32_si128((int)table.cell_bits);
  for (intptr_t i = 0; i < count; i += 8) {
    const __m512i w = _mm512_loadu_si512(words + i);
    const __m512i upper = _mm512_srai_epi64(w, 63);
    // (word xor upper) and mask
    const __m512i folded =
        _mm512_ternarylogic_epi64(_mm512_srli_epi64(w, 12), upper, fold_mask, 0x28);
    const __m512i bits = _mm512_castpd_si512(uniform_distance(folded));
    __m512i cell = _mm512_sub_epi64(_mm512_srl_epi64(bits, cell_shift), first_cell);
    cell = _mm512_slli_epi64(_mm512_add_epi64(cell, _mm512_and_si512(upper, side)), 3);
    const __m512d y = rows8(table.coefficients, cell, position8(bits, rest_shift));
    _mm512_storeu_pd(out + i, finish8(y, finish, UTFALL_IDENTITY));
  }
}

// Tables in several segments: a segment is found by counting the splits that are reached. Up to eight
// segments are looked up in registers.
AVX512 static inline void split_loop(
    double *out, const uint64_t *words, intptr_t count, struct utfall_table table,
    struct utfall_finish finish, int in_registers) {
  const __m512i one = _mm512_set1_epi64(1);
  const __m512i first_cell = _mm512_set1_epi64((int64_t)((uint64_t)1022 << table.cell_bits));
  const __m512i side = _mm512_set1_epi64((int64_t)table.cells_per_side);
  const __m128i cell_shift = _mm_cvtsi32_si128((int)(52 - table.cell_bits));
  const __m128i rest_shift = _mm_cvtsi32_si128((int)table.cell_bits);
  double column[3][8] __attribute__((aligned(64))) = {{0}};
  for (intptr_t s = 0; in_registers && s < table.segment_count; s++) {
    for (int c = 0; c < 3; c++) column[c][s] = table.segments[4 * s + c];
  }
  const __m512d starts = _mm512_load_pd(column[0]);
  const __m512d ends = _mm512_load_pd(column[1]);
  const __m512d factors = _mm512_load_pd(column[2]);
  for (intptr_t i = 0; i < count; i += 8) {
    const __m512i w = _mm512_loadu_si512(words + i);
    const __m512d u = _mm512_mul_pd(
        uniform_distance(_mm512_srli_epi64(w, 12)), _mm512_set1_pd(0x1p-52));
    __m512i segment = _mm512_setzero_si512();
    for (intptr_t s = 1; s < table.segment_count; s++) {
      const __mmask8 reached =
          _mm512_cmp_pd_mask(u, _mm512_set1_pd(table.segments[4 * s]), _CMP_GE_OQ);
      segment = _mm512_mask_add_epi64(segment, reached, segment, one);
    }
    __m512d start, end, factor;
    if (in_registers) {
      start = _mm512_permutexvar_pd(segment, starts);
      end = _mm512_permutexvar_pd(segment, ends);
      factor = _mm512_permutexvar_pd(segment, factors);
    } else {
      const __m512i row = _mm512_slli_epi64(segment, 2);
      start = _mm512_i64gather_pd(row, table.segments, 8);
      end = _mm512_i64gather_pd(row, table.segments + 1, 8);
      factor = _mm512_i64gather_pd(row, table.segments + 2, 8);
    }
    const __m512d below = _mm512_sub_pd(u, start);
    const __m512d above = _mm512_sub_pd(end, u);
    const __mmask8 upper = _mm512_cmp_pd_mask(above, below, _CMP_LT_OQ);
    __m512d q = _mm512_mul_pd(_mm512_mask_blend_pd(upper, below, above), factor);
    q = _mm512_min_pd(
        _mm512_set1_pd(0x1.fffffffffffffp50), _mm512_max_pd(_mm512_set1_pd(0.5), q));
    const __m512i bits = _mm512_castpd_si512(q);
    __m512i cell = _mm512_sub_epi64(_mm512_srl_epi64(bits, cell_shift), first_cell);
    // Two sides for each segment before this one.
    __m512i sides = _mm512_add_epi64(segment, segment);
    sides = _mm512_mask_add_epi64(sides, upper, sides, one);
    cell = _mm512_slli_epi64(_mm512_add_epi64(cell, _mm512_mul_epu32(sides, side)), 3);
    const __m512d y = rows8(table.coefficients, cell, position8(bits, rest_shift));
    _mm512_storeu_pd(out + i, finish8(y, finish, UTFALL_IDENTITY));
  }
}

// Applies f and what goes round it to values in place. A loop of its own keeps its constants in registers.
AVX512 static inline void finish_loop(
    double *out, intptr_t count, struct utfall_finish finish, int kind) {
  for (intptr_t i = 0; i < count; i += 8) {
    _mm512_storeu_pd(out + i, finish8(_mm512_loadu_pd(out + i), finish, kind));
  }
}

AVX512 void utfall_table_avx512(
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
  if (table->segment_count > 8) {
    split_loop(out, words, count, *table, first, 0);
  } else if (table->segment_count > 1) {
    split_loop(out, words, count, *table, first, 1);
  } else {
    table_loop(out, words, count, *table, first);
  }
  if (finish->kind == UTFALL_EXP) finish_loop(out, count, *finish, UTFALL_EXP);
  if (finish->kind == UTFALL_LOGISTIC) finish_loop(out, count, *finish, UTFALL_LOGISTIC);
}

#endif
