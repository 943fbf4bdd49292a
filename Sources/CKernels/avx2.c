// Utfall: vector kernels for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ckernels.h"

#if defined(__x86_64__)

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

// ---- Quantile tables

AVX2 void utfall_table_avx2(
    double *out, const uint64_t *words, intptr_t count, const double *coefficients,
    uint32_t cell_bits, uint64_t cells_per_side, double location, double scale, double low,
    double high) {
  const __m256i fold_mask = _mm256_set1_epi64x(0x7FFFFFFFFFFFF);
  const __m256i two52_bits = _mm256_set1_epi64x(0x4330000000000000);
  const __m256d two52_less_half = _mm256_set1_pd(4503599627370495.5);
  const __m256i mantissa = _mm256_set1_epi64x(0xFFFFFFFFFFFFF);
  const __m256i one_bits = _mm256_set1_epi64x(0x3FF0000000000000);
  const __m256d one_and_half = _mm256_set1_pd(1.5);
  const __m256i first_cell = _mm256_set1_epi64x((int64_t)((uint64_t)1022 << cell_bits));
  const __m256i side = _mm256_set1_epi64x((int64_t)cells_per_side);
  const __m128i cell_shift = _mm_cvtsi32_si128((int)(52 - cell_bits));
  const __m128i rest_shift = _mm_cvtsi32_si128((int)cell_bits);
  const __m256d location4 = _mm256_set1_pd(location);
  const __m256d scale4 = _mm256_set1_pd(scale);
  const __m256d low4 = _mm256_set1_pd(low);
  const __m256d high4 = _mm256_set1_pd(high);
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256i w = _mm256_loadu_si256((const __m256i *)(words + i));
    const __m256i upper = _mm256_cmpgt_epi64(_mm256_setzero_si256(), w);
    const __m256i folded =
        _mm256_and_si256(_mm256_xor_si256(_mm256_srli_epi64(w, 12), upper), fold_mask);
    const __m256d q = _mm256_sub_pd(
        _mm256_castsi256_pd(_mm256_or_si256(folded, two52_bits)), two52_less_half);
    const __m256i bits = _mm256_castpd_si256(q);
    __m256i cell = _mm256_sub_epi64(_mm256_srl_epi64(bits, cell_shift), first_cell);
    cell = _mm256_slli_epi64(_mm256_add_epi64(cell, _mm256_and_si256(upper, side)), 3);
    const __m256d t = _mm256_sub_pd(
        _mm256_castsi256_pd(_mm256_or_si256(
            _mm256_and_si256(_mm256_sll_epi64(bits, rest_shift), mantissa), one_bits)),
        one_and_half);
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
    const __m256d y = _mm256_add_pd(left, _mm256_mul_pd(right, _mm256_mul_pd(t2, t2)));
    __m256d x = _mm256_add_pd(location4, _mm256_mul_pd(scale4, y));
    // max and min return their second operand when x is NaN: NaN marks cells left to the solver.
    x = _mm256_max_pd(low4, x);
    x = _mm256_min_pd(high4, x);
    _mm256_storeu_pd(out + i, x);
  }
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
    const double *values, intptr_t count, double power, double scaled_low, double bins_per_unit,
    double bin_count, const double *limits, uint64_t *cells) {
  const __m256d power4 = _mm256_set1_pd(power);
  const __m256d scaled_low4 = _mm256_set1_pd(scaled_low);
  const __m256d bins_per_unit4 = _mm256_set1_pd(bins_per_unit);
  const __m256d last = _mm256_set1_pd(bin_count);
  const __m256d two52 = _mm256_set1_pd(4503599627370496.0);
  const __m256i low_half = _mm256_set1_epi64x(0xFFFFFFFF);
  for (intptr_t i = 0; i < count; i += 4) {
    const __m256d x = _mm256_loadu_pd(values + i);
    const __m256d position = _mm256_mul_pd(
        _mm256_sub_pd(_mm256_mul_pd(x, power4), scaled_low4), bins_per_unit4);
    // Operand order matters: for NaN both give their second operand, as the Swift form does.
    const __m256d shifted = _mm256_add_pd(_mm256_min_pd(position, last), two52);
    const __m256i edge = _mm256_and_si256(
        _mm256_castpd_si256(_mm256_max_pd(shifted, two52)), low_half);
    const __m128i edge01 = _mm256_castsi256_si128(edge);
    const __m128i edge23 = _mm256_extracti128_si256(edge, 1);
    const int64_t e0 = _mm_cvtsi128_si64(edge01);
    const int64_t e1 = _mm_extract_epi64(edge01, 1);
    const int64_t e2 = _mm_cvtsi128_si64(edge23);
    const int64_t e3 = _mm_extract_epi64(edge23, 1);
    cells[e0 + 1 - (values[i] < limits[e0])]++;
    cells[e1 + 1 - (values[i + 1] < limits[e1])]++;
    cells[e2 + 1 - (values[i + 2] < limits[e2])]++;
    cells[e3 + 1 - (values[i + 3] < limits[e3])]++;
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

void utfall_table_avx2(
    double *out, const uint64_t *words, intptr_t count, const double *coefficients,
    uint32_t cell_bits, uint64_t cells_per_side, double location, double scale, double low,
    double high) {
  __builtin_trap();
}

intptr_t utfall_classify_avx2(
    const double *values, intptr_t count, const double *edges, intptr_t edge_count,
    int64_t *at_least, double *inside) {
  __builtin_trap();
}

void utfall_histogram_avx2(
    const double *values, intptr_t count, double power, double scaled_low, double bins_per_unit,
    double bin_count, const double *limits, uint64_t *cells) {
  __builtin_trap();
}

#endif
