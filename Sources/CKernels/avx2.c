// Utfall: vector kernels for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ckernels.h"

#if defined(__x86_64__)

#include <float.h>
#include <immintrin.h>

// The target names no FMA, so that no product and sum can be fused: fused bits would differ.
#define AVX2 __attribute__((target("avx2")))

bool utfall_has_avx2(void) { return __builtin_cpu_supports("avx2"); }

// ---- Philox4x32-10

struct philox_keys {
  __m256i k0[10], k1[10];
};

AVX2 static inline void philox_block(
    uint64_t *words, __m256i c0, __m256i c1, __m256i c2, __m256i c3,
    const struct philox_keys *keys) {
  const __m256i m0 = _mm256_set1_epi64x(0xD2511F53);
  const __m256i m1 = _mm256_set1_epi64x(0xCD9E8D57);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    // Products read the low halves only; the high halves of the state stay dirty.
    const __m256i p0 = _mm256_mul_epu32(c0, m0);
    const __m256i p1 = _mm256_mul_epu32(c2, m1);
    const __m256i n0 =
        _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c1), keys->k0[round]);
    const __m256i n2 =
        _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c3), keys->k1[round]);
    c1 = p1;
    c3 = p0;
    c0 = n0;
    c2 = n2;
  }
  // Even words: low halves of c0 and c1; odd words: of c2 and c3.
  const __m256i even = _mm256_blend_epi32(c0, _mm256_slli_epi64(c1, 32), 0xAA);
  const __m256i odd = _mm256_blend_epi32(c2, _mm256_slli_epi64(c3, 32), 0xAA);
  const __m256i low = _mm256_unpacklo_epi64(even, odd);
  const __m256i high = _mm256_unpackhi_epi64(even, odd);
  _mm256_storeu_si256((__m256i *)words, _mm256_permute2x128_si256(low, high, 0x20));
  _mm256_storeu_si256((__m256i *)(words + 4), _mm256_permute2x128_si256(low, high, 0x31));
}

AVX2 void utfall_philox_avx2(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  struct philox_keys keys;
  for (int round = 0; round < 10; round++) {
    keys.k0[round] = _mm256_set1_epi64x((uint32_t)(key0 + (uint32_t)round * 0x9E3779B9u));
    keys.k1[round] = _mm256_set1_epi64x((uint32_t)(key1 + (uint32_t)round * 0xBB67AE85u));
  }
  const __m256i c2 = _mm256_set1_epi64x(label);
  const __m256i c3 = _mm256_set1_epi64x(draw);
  const __m256i step = _mm256_set_epi64x(3, 2, 1, 0);
  for (intptr_t done = 0; done < pairs; done += 4) {
    const __m256i n =
        _mm256_add_epi64(_mm256_set1_epi64x((int64_t)(counter + (uint64_t)done)), step);
    philox_block(words + 2 * done, n, _mm256_srli_epi64(n, 32), c2, c3, &keys);
  }
}

// ---- Exponential and logistic function

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

// ---- Quantile tables

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

// ---- Tables of cubics

AVX2 static inline __attribute__((always_inline)) bool cubic_loop(
    double *out, const uint64_t *words, intptr_t count, struct utfall_cubic table,
    const bool bare) {
  // Where the cell of index 0 would be: no such cell is read.
  const double *c0 = (const double *)((intptr_t)table.cells - 8 * table.first);
  const double *c1 = (const double *)((intptr_t)c0 + 8 * table.stride);
  const double *c2 = (const double *)((intptr_t)c1 + 8 * table.stride);
  const __m256d sign = _mm256_set1_pd(-0.0);
  const __m256d least = _mm256_set1_pd(table.least);
  const __m256d middle = _mm256_set1_pd(0x1.01p0);
  const __m256d location = _mm256_set1_pd(table.location);
  const __m256d scale = _mm256_set1_pd(table.scale);
  const __m256d two52 = _mm256_set1_pd(0x1p52);
  // See the AVX-512 kernel.
  __m256d sum = _mm256_setzero_pd();
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256i word = _mm256_loadu_si256((const __m256i *)(words + i));
    // The word's 52 bits as a double, less 2^52 where the word is negative: exact.
    const __m256d whole = _mm256_sub_pd(
        _mm256_castsi256_pd(
            _mm256_or_si256(_mm256_srli_epi64(word, 12), _mm256_castpd_si256(two52))),
        two52);
    __m256d v = _mm256_blendv_pd(whole, _mm256_sub_pd(whole, two52), _mm256_castsi256_pd(word));
    v = _mm256_or_pd(
        _mm256_max_pd(_mm256_andnot_pd(sign, v), least), _mm256_and_pd(sign, v));
    const __m256i bits = _mm256_castpd_si256(v);
    const __m256i cell = _mm256_srli_epi64(bits, 45);
    const __m256d a0 = _mm256_i64gather_pd(c0, cell, 8);
    const __m256d a1 = _mm256_i64gather_pd(c1, cell, 8);
    const __m256d a2 = _mm256_i64gather_pd(c2, cell, 8);
    const __m256d a3 = _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(a2), 38));
    const __m256i place = _mm256_or_si256(
        _mm256_and_si256(bits, _mm256_set1_epi64x(0x1FFFFFFFFFFF)),
        _mm256_set1_epi64x(0x3FF0000000000000));
    const __m256d t = _mm256_sub_pd(_mm256_castsi256_pd(place), middle);
    __m256d y = _mm256_add_pd(_mm256_mul_pd(a3, t), a2);
    y = _mm256_add_pd(_mm256_mul_pd(y, t), a1);
    y = _mm256_add_pd(_mm256_mul_pd(y, t), a0);
    sum = _mm256_add_pd(sum, y);
    if (!bare) {
      for (int32_t k = 0; k < table.squarings; k++) y = _mm256_mul_pd(y, y);
    }
    __m256d x = _mm256_add_pd(location, _mm256_mul_pd(scale, y));
    if (!bare) {
      x = _mm256_max_pd(_mm256_set1_pd(table.low), x);
      x = _mm256_min_pd(_mm256_set1_pd(table.high), x);
    }
    _mm256_storeu_pd(out + i, x);
  }
  return _mm256_movemask_pd(_mm256_cmp_pd(sum, sum, _CMP_UNORD_Q)) != 0;
}

AVX2 intptr_t utfall_find_nan_avx2(const double *values, intptr_t count, int64_t *places) {
  intptr_t found = 0;
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256d x = _mm256_loadu_pd(values + i);
    unsigned mask = (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, x, _CMP_UNORD_Q));
    for (; mask != 0; mask &= mask - 1) places[found++] = i + __builtin_ctz(mask);
  }
  return found;
}

AVX2 bool utfall_cubic_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  const bool bare = table->squarings == 0 && !table->keeps_range;
  return bare ? cubic_loop(out, words, count, *table, true)
              : cubic_loop(out, words, count, *table, false);
}

// ---- Windows of order statistics

// Edges are taken in groups that leave room in the registers for their counters.
#define EDGES_AT_ONCE 6

AVX2 static inline void count_edges(
    const double *values, intptr_t count, const double *edges, int edge_count, int64_t *at_least,
    __m256d *odd) {
  __m256d edge[EDGES_AT_ONCE];
  __m256i total[EDGES_AT_ONCE];
  for (int e = 0; e < edge_count; e++) {
    edge[e] = _mm256_set1_pd(edges[e]);
    total[e] = _mm256_setzero_si256();
  }
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256d x = _mm256_loadu_pd(values + i);
    __m256d parity = odd[i / 4];
#pragma clang loop unroll(full)
    for (int e = 0; e < edge_count; e++) {
      const __m256d reached = _mm256_cmp_pd(x, edge[e], _CMP_GE_OQ);
      total[e] = _mm256_sub_epi64(total[e], _mm256_castpd_si256(reached));
      parity = _mm256_xor_pd(parity, reached);
    }
    odd[i / 4] = parity;
  }
  for (int e = 0; e < edge_count; e++) {
    int64_t lanes[4];
    _mm256_storeu_si256((__m256i *)lanes, total[e]);
    at_least[e] += lanes[0] + lanes[1] + lanes[2] + lanes[3];
  }
}

AVX2 intptr_t utfall_classify_avx2(
    const double *values, intptr_t count, const double *edges, intptr_t edge_count,
    int64_t *at_least, double *inside) {
  __m256d odd[1024];
  for (intptr_t i = 0; i < count / 4; i++) odd[i] = _mm256_setzero_pd();
  intptr_t done = 0;
  while (done < edge_count) {
    const intptr_t left = edge_count - done;
    // A constant number of edges in each call keeps the counters in registers.
    if (left >= 6) {
      count_edges(values, count, edges + done, 6, at_least + done, odd);
      done += 6;
    } else if (left >= 4) {
      count_edges(values, count, edges + done, 4, at_least + done, odd);
      done += 4;
    } else if (left >= 2) {
      count_edges(values, count, edges + done, 2, at_least + done, odd);
      done += 2;
    } else {
      count_edges(values, count, edges + done, 1, at_least + done, odd);
      done += 1;
    }
  }
  intptr_t kept = 0;
  for (intptr_t i = 0; i < count / 4; i++) {
    // Few values are inside a window as a rule: most groups of four are skipped at once.
    int mask = _mm256_movemask_pd(odd[i]);
    while (mask) {
      inside[kept++] = values[4 * i + __builtin_ctz((unsigned)mask)];
      mask &= mask - 1;
    }
  }
  return kept;
}

// ---- Histograms

AVX2 void utfall_histogram_avx2(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells) {
  const __m256d power = _mm256_set1_pd(bins->power);
  const __m256d scaled_low = _mm256_set1_pd(bins->scaled_low);
  const __m256d bins_per_unit = _mm256_set1_pd(bins->bins_per_unit);
  const __m256d last = _mm256_set1_pd(bins->bin_count);
  const __m256d doubt = _mm256_set1_pd(bins->doubt);
  const __m256d two52 = _mm256_set1_pd(4503599627370496.0);
  const __m256d sign = _mm256_set1_pd(-0.0);
  const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
  // Cells go through memory some way ahead of the counting, so that neither waits for the other.
  uint64_t cell[128] __attribute__((aligned(64)));
  for (intptr_t first = 0; first < count; first += 128) {
    const intptr_t size = count - first < 128 ? count - first : 128;
    for (intptr_t i = 0; i < size; i += 4) {
      const __m256d x = _mm256_loadu_pd(values + first + i);
      const __m256d position =
          _mm256_mul_pd(_mm256_sub_pd(_mm256_mul_pd(x, power), scaled_low), bins_per_unit);
      // Operand order matters: for NaN both give their second operand, as the Swift form does.
      const __m256d shifted =
          _mm256_max_pd(_mm256_add_pd(_mm256_min_pd(position, last), two52), two52);
      const __m256i edge = _mm256_and_si256(_mm256_castpd_si256(shifted), low_half);
      const __m256d beyond = _mm256_sub_pd(position, _mm256_sub_pd(shifted, two52));
      const __m256d clear = _mm256_cmp_pd(_mm256_andnot_pd(sign, beyond), doubt, _CMP_GT_OQ);
      __m256d reached = _mm256_cmp_pd(beyond, _mm256_setzero_pd(), _CMP_GT_OQ);
      if (__builtin_expect(_mm256_movemask_pd(clear) != 15, 0)) {
        reached = _mm256_cmp_pd(x, _mm256_i64gather_pd(bins->limits, edge, 8), _CMP_NLT_UQ);
      }
      _mm256_store_si256(
          (__m256i *)(cell + i), _mm256_sub_epi64(edge, _mm256_castpd_si256(reached)));
    }
    for (intptr_t i = 0; i < size; i += 4) {
      cells[cell[i]]++;
      cells[cell[i + 1]]++;
      cells[cell[i + 2]]++;
      cells[cell[i + 3]]++;
    }
  }
}

// ---- Arithmetic of blocks

// An intrinsic load before every store, so that a result may take the place of an operand.
#define LOOP(A, B, OPERATION) \
  for (intptr_t i = 0; i < count; i += 4) \
    _mm256_storeu_pd(out + i, OPERATION(A, B));
#define BLOCKS(OPERATION) \
  if (a_step && b_step) { \
    LOOP(_mm256_loadu_pd(a + i), _mm256_loadu_pd(b + i), OPERATION) \
  } else if (a_step) { \
    const __m256d fixed = _mm256_set1_pd(*b); \
    LOOP(_mm256_loadu_pd(a + i), fixed, OPERATION) \
  } else { \
    const __m256d fixed = _mm256_set1_pd(*a); \
    LOOP(fixed, _mm256_loadu_pd(b + i), OPERATION) \
  }

AVX2 void utfall_arithmetic_avx2(
    int32_t operation, double *out, const double *a, intptr_t a_step, const double *b, intptr_t b_step,
    intptr_t count) {
  switch (operation) {
    case UTFALL_ADD: BLOCKS(_mm256_add_pd) break;
    case UTFALL_SUBTRACT: BLOCKS(_mm256_sub_pd) break;
    case UTFALL_MULTIPLY: BLOCKS(_mm256_mul_pd) break;
    case UTFALL_DIVIDE: BLOCKS(_mm256_div_pd) break;
    default: __builtin_trap();
  }
}

// ---- Arithmetic, step by step

// Doubles of a block taken at a time.
#define STRIP 64

#define OVER_STRIP(A, B, OPERATION) \
  for (intptr_t i = 0; i < size; i += 4) _mm256_storeu_pd(out + i, OPERATION(A, B));
#define STEP(OPERATION) \
  if (step->a_step && step->b_step) { \
    OVER_STRIP(_mm256_loadu_pd(a + i), _mm256_loadu_pd(b + i), OPERATION) \
  } else if (step->a_step) { \
    const __m256d fixed = _mm256_set1_pd(*b); \
    OVER_STRIP(_mm256_loadu_pd(a + i), fixed, OPERATION) \
  } else { \
    const __m256d fixed = _mm256_set1_pd(*a); \
    OVER_STRIP(fixed, _mm256_loadu_pd(b + i), OPERATION) \
  } \
  break;

AVX2 static inline __attribute__((always_inline)) void take_step(
    const struct utfall_step *step, intptr_t first, intptr_t size) {
  double *out = step->out + first;
  const double *a = step->a_step ? step->a + first : step->a;
  const double *b = step->b_step ? step->b + first : step->b;
  switch (step->operation) {
    case UTFALL_ADD: STEP(_mm256_add_pd)
    case UTFALL_SUBTRACT: STEP(_mm256_sub_pd)
    case UTFALL_MULTIPLY: STEP(_mm256_mul_pd)
    case UTFALL_DIVIDE: STEP(_mm256_div_pd)
    default: __builtin_trap();
  }
}

AVX2 void utfall_program_avx2(
    const struct utfall_step *steps, intptr_t step_count, intptr_t count) {
  intptr_t first = 0;
  // A constant length, so that the loops over a strip are unrolled.
  for (; first + STRIP <= count; first += STRIP) {
    for (intptr_t s = 0; s < step_count; s++) take_step(steps + s, first, STRIP);
  }
  for (intptr_t s = 0; first < count && s < step_count; s++) {
    take_step(steps + s, first, count - first);
  }
}

// ---- Cross products

// Rows of values taken at a time: they stay in the first cache while all pairs of columns go over them.
#define PANEL 32

AVX2 static inline __m256i lanes_below(intptr_t count) {
  return _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_set_epi64x(3, 2, 1, 0));
}

// `height` rows of the matrix from i on, 8 columns from j on.
AVX2 static inline __attribute__((always_inline)) void cross_tile(
    double *matrix, const double *values, intptr_t size, intptr_t rows, intptr_t i, intptr_t j,
    int height) {
  const __m256i low = lanes_below(size - j), high = lanes_below(size - j - 4);
  __m256d sums[4][2];
  for (int h = 0; h < height; h++) {
    sums[h][0] = _mm256_maskload_pd(matrix + (i + h) * size + j, low);
    sums[h][1] = _mm256_maskload_pd(matrix + (i + h) * size + j + 4, high);
  }
  for (intptr_t row = 0; row < rows; row++) {
    const double *x = values + row * size;
    const __m256d a = _mm256_maskload_pd(x + j, low);
    const __m256d b = _mm256_maskload_pd(x + j + 4, high);
    for (int h = 0; h < height; h++) {
      const __m256d factor = _mm256_set1_pd(x[i + h]);
      sums[h][0] = _mm256_add_pd(sums[h][0], _mm256_mul_pd(factor, a));
      sums[h][1] = _mm256_add_pd(sums[h][1], _mm256_mul_pd(factor, b));
    }
  }
  for (int h = 0; h < height; h++) {
    _mm256_maskstore_pd(matrix + (i + h) * size + j, low, sums[h][0]);
    _mm256_maskstore_pd(matrix + (i + h) * size + j + 4, high, sums[h][1]);
  }
}

AVX2 void utfall_cross_products_avx2(
    double *matrix, const double *values, intptr_t size, intptr_t rows) {
  for (intptr_t first = 0; first < rows; first += PANEL) {
    const intptr_t count = rows - first < PANEL ? rows - first : PANEL;
    const double *panel = values + first * size;
    intptr_t i = 0;
    for (; i + 4 <= size; i += 4) {
      for (intptr_t j = 0; j < i + 4; j += 8) cross_tile(matrix, panel, size, count, i, j, 4);
    }
    for (; i < size; i++) {
      for (intptr_t j = 0; j <= i; j += 8) cross_tile(matrix, panel, size, count, i, j, 1);
    }
  }
}

#else

// Other processors: the Swift kernels run.
bool utfall_has_avx2(void) { return false; }

void utfall_philox_avx2(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  __builtin_trap();
}

bool utfall_cubic_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  __builtin_trap();
}

intptr_t utfall_find_nan_avx2(const double *values, intptr_t count, int64_t *places) {
  __builtin_trap();
}

void utfall_table_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish) {
  __builtin_trap();
}

intptr_t utfall_classify_avx2(
    const double *values, intptr_t count, const double *edges, intptr_t edge_count,
    int64_t *at_least, double *inside) {
  __builtin_trap();
}

void utfall_histogram_avx2(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells) {
  __builtin_trap();
}

void utfall_arithmetic_avx2(
    int32_t operation, double *out, const double *a, intptr_t a_step, const double *b, intptr_t b_step,
    intptr_t count) {
  __builtin_trap();
}

void utfall_cross_products_avx2(
    double *matrix, const double *values, intptr_t size, intptr_t rows) {
  __builtin_trap();
}

void utfall_program_avx2(const struct utfall_step *steps, intptr_t step_count, intptr_t count) {
  __builtin_trap();
}

#endif
