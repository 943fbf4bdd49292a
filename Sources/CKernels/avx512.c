// Utfall: vector kernels for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ckernels.h"

#if defined(__x86_64__)

#include <float.h>
#include <immintrin.h>

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF
#define AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))

bool utfall_has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

// ---- Philox4x32-10

#define XOR3(A, B, C) _mm512_ternarylogic_epi64(A, B, C, 0x96)

// What does not change from counter to counter while their high word stays: of the first two of the ten rounds
// only a product each is left.
struct philox_start {
  __m512i k0[10], k1[10];
  __m512i x1, x2, x3, c3;
};

AVX512 static struct philox_start philox_start(
    uint32_t high, uint32_t label, uint32_t draw, uint32_t key0, uint32_t key1) {
  struct philox_start start;
  for (int round = 0; round < 10; round++) {
    start.k0[round] = _mm512_set1_epi64((uint32_t)(key0 + (uint32_t)round * 0x9E3779B9u));
    start.k1[round] = _mm512_set1_epi64((uint32_t)(key1 + (uint32_t)round * 0xBB67AE85u));
  }
  const uint64_t first = (uint64_t)label * 0xCD9E8D57u;
  const uint64_t second = (uint64_t)((uint32_t)(first >> 32) ^ high ^ key0) * 0xD2511F53u;
  start.x1 = _mm512_set1_epi64(draw ^ key1);
  start.x2 = _mm512_set1_epi64((uint32_t)first ^ (uint32_t)(key0 + 0x9E3779B9u));
  start.x3 = _mm512_set1_epi64((uint32_t)(second >> 32) ^ (uint32_t)(key1 + 0xBB67AE85u));
  start.c3 = _mm512_set1_epi64((uint32_t)second);
  return start;
}

// Words for 8 counters, or for 32 in step, whose products don't wait for each other.
AVX512 static inline __attribute__((always_inline)) void philox_groups(
    uint64_t *words, uint64_t counter, const struct philox_start *start, const int groups) {
  const __m512i m0 = _mm512_set1_epi64(0xD2511F53);
  const __m512i m1 = _mm512_set1_epi64(0xCD9E8D57);
  const __m512i step = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
  // Pairs of words in the order of their counters, from even words in a and odd words in b.
  const __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
  const __m512i second = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
  __m512i c0[4], c1[4], c2[4], c3[4];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const __m512i n =
        _mm512_add_epi64(_mm512_set1_epi64((int64_t)(counter + 8 * (uint64_t)g)), step);
    // Products read the low halves only; the high halves of the state stay dirty.
    const __m512i p0 = _mm512_mul_epu32(n, m0);
    c2[g] = _mm512_xor_si512(_mm512_srli_epi64(p0, 32), start->x1);
    const __m512i p1 = _mm512_mul_epu32(c2[g], m1);
    c0[g] = _mm512_xor_si512(_mm512_srli_epi64(p1, 32), start->x2);
    c2[g] = _mm512_xor_si512(p0, start->x3);
    c1[g] = p1;
    c3[g] = start->c3;
  }
#pragma clang loop unroll(full)
  for (int round = 2; round < 10; round++) {
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      const __m512i p0 = _mm512_mul_epu32(c0[g], m0);
      const __m512i p1 = _mm512_mul_epu32(c2[g], m1);
      c0[g] = XOR3(_mm512_srli_epi64(p1, 32), c1[g], start->k0[round]);
      c2[g] = XOR3(_mm512_srli_epi64(p0, 32), c3[g], start->k1[round]);
      c1[g] = p1;
      c3[g] = p0;
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const __m512i even = _mm512_mask_blend_epi32(0xAAAA, c0[g], _mm512_slli_epi64(c1[g], 32));
    const __m512i odd = _mm512_mask_blend_epi32(0xAAAA, c2[g], _mm512_slli_epi64(c3[g], 32));
    _mm512_storeu_si512(words + 16 * g, _mm512_permutex2var_epi64(even, first, odd));
    _mm512_storeu_si512(words + 16 * g + 8, _mm512_permutex2var_epi64(even, second, odd));
  }
}

// Eight counters among which the high word changes: once in 2^32.
AVX512 static void philox_across(
    uint64_t *words, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  for (uint64_t i = 0; i < 8; i++) {
    uint64_t both[16];
    const uint64_t n = counter + i;
    const struct philox_start start =
        philox_start((uint32_t)(n >> 32), label, draw, key0, key1);
    // The words of n alone: the low half of n leads eight counters whose first is wanted.
    philox_groups(both, n, &start, 1);
    words[2 * i] = both[0];
    words[2 * i + 1] = both[1];
  }
}

AVX512 void utfall_philox_avx512(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  intptr_t done = 0;
  while (done < pairs) {
    const uint64_t n = counter + (uint64_t)done;
    // Counters up to the next high word.
    const uint64_t left = 0x100000000u - (uint32_t)n;
    const intptr_t end = left < (uint64_t)(pairs - done) ? done + (intptr_t)left : pairs;
    const struct philox_start start =
        philox_start((uint32_t)(n >> 32), label, draw, key0, key1);
    for (; done + 32 <= end; done += 32) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, 4);
    }
    for (; done + 8 <= end; done += 8) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, 1);
    }
    if (done < end) {
      philox_across(words + 2 * done, counter + (uint64_t)done, label, draw, key0, key1);
      done += 8;
    }
  }
}

// ---- Exponential and logistic function

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

// ---- Quantile tables

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

// ---- Tables of cubics

AVX512 static inline __attribute__((always_inline)) bool cubic_loop(
    double *out, const uint64_t *words, intptr_t count, struct utfall_cubic table,
    const bool bare) {
  // Where the cell of index 0 would be: no such cell is read.
  const double *c0 = (const double *)((intptr_t)table.cells - 8 * table.first);
  const double *c1 = (const double *)((intptr_t)c0 + 8 * table.stride);
  const double *c2 = (const double *)((intptr_t)c1 + 8 * table.stride);
  const __m512d least = _mm512_set1_pd(table.least);
  const __m512d middle = _mm512_set1_pd(0x1.01p0);
  const __m512d location = _mm512_set1_pd(table.location);
  const __m512d scale = _mm512_set1_pd(table.scale);
  // NaN as soon as one of the values is.
  __m512d sum = _mm512_setzero_pd();
#pragma clang loop unroll_count(2)
  for (intptr_t i = 0; i < count; i += 8) {
    const __m512i word = _mm512_loadu_si512(words + i);
    __m512d v = _mm512_cvtepi64_pd(_mm512_srai_epi64(word, 12));
    v = _mm512_range_pd(v, least, 0x3);  // the larger of both sizes, with the sign of v
    const __m512i bits = _mm512_castpd_si512(v);
    const __m512i cell = _mm512_srli_epi64(bits, 45);
    const __m512d a0 = _mm512_i64gather_pd(cell, c0, 8);
    const __m512d a1 = _mm512_i64gather_pd(cell, c1, 8);
    const __m512d a2 = _mm512_i64gather_pd(cell, c2, 8);
    const __m512d a3 = _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(a2), 38));
    // (bits and mask) or one
    const __m512i place = _mm512_ternarylogic_epi64(
        bits, _mm512_set1_epi64(0x1FFFFFFFFFFF), _mm512_set1_epi64(0x3FF0000000000000), 0xEA);
    const __m512d t = _mm512_sub_pd(_mm512_castsi512_pd(place), middle);
    __m512d y = _mm512_add_pd(_mm512_mul_pd(a3, t), a2);
    y = _mm512_add_pd(_mm512_mul_pd(y, t), a1);
    y = _mm512_add_pd(_mm512_mul_pd(y, t), a0);
    sum = _mm512_add_pd(sum, y);
    if (!bare) {
      for (int32_t k = 0; k < table.squarings; k++) y = _mm512_mul_pd(y, y);
    }
    __m512d x = _mm512_add_pd(location, _mm512_mul_pd(scale, y));
    if (!bare) {
      // max and min return their second operand when x is NaN.
      x = _mm512_max_pd(_mm512_set1_pd(table.low), x);
      x = _mm512_min_pd(_mm512_set1_pd(table.high), x);
    }
    _mm512_storeu_pd(out + i, x);
  }
  return _mm512_cmp_pd_mask(sum, sum, _CMP_UNORD_Q) != 0;
}

AVX512 bool utfall_cubic_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  const bool bare = table->squarings == 0 && !table->keeps_range;
  return bare ? cubic_loop(out, words, count, *table, true)
              : cubic_loop(out, words, count, *table, false);
}

// ---- Histograms

AVX512 void utfall_histogram_avx512(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells) {
  const __m512d power = _mm512_set1_pd(bins->power);
  const __m512d scaled_low = _mm512_set1_pd(bins->scaled_low);
  const __m512d bins_per_unit = _mm512_set1_pd(bins->bins_per_unit);
  const __m512d last = _mm512_set1_pd(bins->bin_count);
  const __m512d doubt = _mm512_set1_pd(bins->doubt);
  const __m512d two52 = _mm512_set1_pd(4503599627370496.0);
  const __m512i low_half = _mm512_set1_epi64(0xFFFFFFFF);
  const __m512i one = _mm512_set1_epi64(1);
  // See the AVX2 kernel.
  uint64_t cell[128] __attribute__((aligned(64)));
  for (intptr_t first = 0; first < count; first += 128) {
    const intptr_t size = count - first < 128 ? count - first : 128;
    for (intptr_t i = 0; i < size; i += 8) {
      const __m512d x = _mm512_loadu_pd(values + first + i);
      const __m512d position =
          _mm512_mul_pd(_mm512_sub_pd(_mm512_mul_pd(x, power), scaled_low), bins_per_unit);
      const __m512d shifted =
          _mm512_max_pd(_mm512_add_pd(_mm512_min_pd(position, last), two52), two52);
      const __m512i edge = _mm512_and_si512(_mm512_castpd_si512(shifted), low_half);
      const __m512d beyond = _mm512_sub_pd(position, _mm512_sub_pd(shifted, two52));
      const __mmask8 clear = _mm512_cmp_pd_mask(_mm512_abs_pd(beyond), doubt, _CMP_GT_OQ);
      __mmask8 reached = _mm512_cmp_pd_mask(beyond, _mm512_setzero_pd(), _CMP_GT_OQ);
      if (__builtin_expect(clear != 0xFF, 0)) {
        reached =
            _mm512_cmp_pd_mask(x, _mm512_i64gather_pd(edge, bins->limits, 8), _CMP_NLT_UQ);
      }
      _mm512_store_si512(cell + i, _mm512_mask_add_epi64(edge, reached, edge, one));
    }
    for (intptr_t i = 0; i < size; i += 4) {
      cells[cell[i]]++;
      cells[cell[i + 1]]++;
      cells[cell[i + 2]]++;
      cells[cell[i + 3]]++;
    }
  }
}

// ---- Arithmetic, step by step

// Doubles of a block taken at a time.
#define STRIP 64

#define OVER_STRIP(A, B, OPERATION) \
  for (intptr_t i = 0; i < size; i += 8) _mm512_storeu_pd(out + i, OPERATION(A, B));
#define STEP(OPERATION) \
  if (step->a_step && step->b_step) { \
    OVER_STRIP(_mm512_loadu_pd(a + i), _mm512_loadu_pd(b + i), OPERATION) \
  } else if (step->a_step) { \
    const __m512d fixed = _mm512_set1_pd(*b); \
    OVER_STRIP(_mm512_loadu_pd(a + i), fixed, OPERATION) \
  } else { \
    const __m512d fixed = _mm512_set1_pd(*a); \
    OVER_STRIP(fixed, _mm512_loadu_pd(b + i), OPERATION) \
  } \
  break;

AVX512 static inline __attribute__((always_inline)) void take_step(
    const struct utfall_step *step, intptr_t first, intptr_t size) {
  double *out = step->out + first;
  const double *a = step->a_step ? step->a + first : step->a;
  const double *b = step->b_step ? step->b + first : step->b;
  switch (step->operation) {
    case UTFALL_ADD: STEP(_mm512_add_pd)
    case UTFALL_SUBTRACT: STEP(_mm512_sub_pd)
    case UTFALL_MULTIPLY: STEP(_mm512_mul_pd)
    case UTFALL_DIVIDE: STEP(_mm512_div_pd)
    default: __builtin_trap();
  }
}

AVX512 void utfall_program_avx512(
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

// `height` rows of the matrix from i on, 16 columns from j on.
AVX512 static inline __attribute__((always_inline)) void cross_tile(
    double *matrix, const double *values, intptr_t size, intptr_t rows, intptr_t i, intptr_t j,
    int height) {
  const intptr_t left = size - j;
  const __mmask8 low = left >= 8 ? 0xFF : (__mmask8)((1 << left) - 1);
  const __mmask8 high = left >= 16 ? 0xFF : left > 8 ? (__mmask8)((1 << (left - 8)) - 1) : 0;
  __m512d sums[4][2];
  for (int h = 0; h < height; h++) {
    sums[h][0] = _mm512_maskz_loadu_pd(low, matrix + (i + h) * size + j);
    sums[h][1] = _mm512_maskz_loadu_pd(high, matrix + (i + h) * size + j + 8);
  }
  for (intptr_t row = 0; row < rows; row++) {
    const double *x = values + row * size;
    const __m512d a = _mm512_maskz_loadu_pd(low, x + j);
    const __m512d b = _mm512_maskz_loadu_pd(high, x + j + 8);
    for (int h = 0; h < height; h++) {
      const __m512d factor = _mm512_set1_pd(x[i + h]);
      sums[h][0] = _mm512_add_pd(sums[h][0], _mm512_mul_pd(factor, a));
      sums[h][1] = _mm512_add_pd(sums[h][1], _mm512_mul_pd(factor, b));
    }
  }
  for (int h = 0; h < height; h++) {
    _mm512_mask_storeu_pd(matrix + (i + h) * size + j, low, sums[h][0]);
    _mm512_mask_storeu_pd(matrix + (i + h) * size + j + 8, high, sums[h][1]);
  }
}

AVX512 void utfall_cross_products_avx512(
    double *matrix, const double *values, intptr_t size, intptr_t rows) {
  for (intptr_t first = 0; first < rows; first += PANEL) {
    const intptr_t count = rows - first < PANEL ? rows - first : PANEL;
    const double *panel = values + first * size;
    intptr_t i = 0;
    for (; i + 4 <= size; i += 4) {
      for (intptr_t j = 0; j < i + 4; j += 16) cross_tile(matrix, panel, size, count, i, j, 4);
    }
    for (; i < size; i++) {
      for (intptr_t j = 0; j <= i; j += 16) cross_tile(matrix, panel, size, count, i, j, 1);
    }
  }
}

#else

// Other processors: the Swift kernels run.
bool utfall_has_avx512(void) { return false; }

void utfall_philox_avx512(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  __builtin_trap();
}

void utfall_table_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish) {
  __builtin_trap();
}

bool utfall_cubic_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  __builtin_trap();
}

void utfall_cross_products_avx512(
    double *matrix, const double *values, intptr_t size, intptr_t rows) {
  __builtin_trap();
}

void utfall_histogram_avx512(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells) {
  __builtin_trap();
}

void utfall_program_avx512(const struct utfall_step *steps, intptr_t step_count, intptr_t count) {
  __builtin_trap();
}

#endif
