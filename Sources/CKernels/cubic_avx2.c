// Utfall: draws from tables of cubics, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// See the AVX-512 kernel.
#define STRIP UTFALL_CUBIC_STRIP

// Two coefficients of one row, then two of another.
#define PAIR(a, b) _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(a)), _mm_load_pd(b), 1)

// The cubics of four cells, `place` bytes from `base`, at four points.
AVX2 INLINE __m256d cubic4(const char *base, const int64_t *place, __m256d v) {
#define ROW(k) ((const double *)(base + place[k]))
  const __m256d low02 = PAIR(ROW(0), ROW(2)), low13 = PAIR(ROW(1), ROW(3));
  const __m256d high02 = PAIR(ROW(0) + 2, ROW(2) + 2), high13 = PAIR(ROW(1) + 2, ROW(3) + 2);
#undef ROW
  const __m256d c0 = _mm256_unpacklo_pd(low02, low13), c1 = _mm256_unpackhi_pd(low02, low13);
  const __m256d c2 = _mm256_unpacklo_pd(high02, high13), c3 = _mm256_unpackhi_pd(high02, high13);
  __m256d y = _mm256_add_pd(_mm256_mul_pd(c3, v), c2);
  y = _mm256_add_pd(_mm256_mul_pd(y, v), c1);
  return _mm256_add_pd(_mm256_mul_pd(y, v), c0);
}

enum finish { NOTHING, LOCATION_AND_SCALE, ALL };

AVX2 INLINE uint64_t cubic_loop(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table,
    const enum finish finish) {
  // Where the row of index 0 would be: no such row is read.
  const char *base = (const char *)((intptr_t)table->cells - 32 * table->first);
  const __m256d sign = _mm256_set1_pd(-0.0);
  const __m256d two52 = _mm256_set1_pd(0x1p52);
  const __m256d least = _mm256_set1_pd(table->least);
  const __m256d location = _mm256_set1_pd(table->location);
  const __m256d scale = _mm256_set1_pd(table->scale);
  uint64_t suspects = 0;
  double distance[STRIP] __attribute__((aligned(32)));
  int64_t place[STRIP] __attribute__((aligned(32)));
  for (intptr_t first = 0; first < count; first += STRIP) {
    const intptr_t size = count - first < STRIP ? count - first : STRIP;
    for (intptr_t i = 0; i < size; i += 4) {
      const __m256i word = _mm256_loadu_si256((const __m256i *)(words + first + i));
      // The word's 52 bits as a double, less 2^52 where the word is negative: exact.
      const __m256d whole = _mm256_sub_pd(
          _mm256_castsi256_pd(
              _mm256_or_si256(_mm256_srli_epi64(word, 12), _mm256_castpd_si256(two52))),
          two52);
      __m256d v =
          _mm256_blendv_pd(whole, _mm256_sub_pd(whole, two52), _mm256_castsi256_pd(word));
      v = _mm256_or_pd(
          _mm256_max_pd(_mm256_andnot_pd(sign, v), least), _mm256_and_pd(sign, v));
      _mm256_store_pd(distance + i, v);
      const __m256i cell = _mm256_srli_epi64(_mm256_castpd_si256(v), 45);
      _mm256_store_si256((__m256i *)(place + i), _mm256_slli_epi64(cell, 5));
    }
    // NaN as soon as one of the values is.
    __m256d sum = _mm256_setzero_pd();
    for (intptr_t i = 0; i < size; i += 4) {
      __m256d y = cubic4(base, place + i, _mm256_load_pd(distance + i));
      sum = _mm256_add_pd(sum, y);
      if (finish == ALL) {
        for (int32_t k = 0; k < table->squarings; k++) y = _mm256_mul_pd(y, y);
      }
      // 0 + 1 * y is y: no cubic gives -0.
      if (finish != NOTHING) y = _mm256_add_pd(location, _mm256_mul_pd(scale, y));
      if (finish == ALL) {
        // max and min return their second operand when y is NaN.
        y = _mm256_max_pd(_mm256_set1_pd(table->low), y);
        y = _mm256_min_pd(_mm256_set1_pd(table->high), y);
      }
      _mm256_storeu_pd(out + first + i, y);
    }
    if (_mm256_movemask_pd(_mm256_cmp_pd(sum, sum, _CMP_UNORD_Q)) != 0) {
      suspects |= 1ull << (first / STRIP);
    }
  }
  return suspects;
}

AVX2 uint64_t utfall_cubic_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  if (table->squarings != 0 || table->keeps_range) {
    return cubic_loop(out, words, count, table, ALL);
  }
  if (table->location != 0 || table->scale != 1) {
    return cubic_loop(out, words, count, table, LOCATION_AND_SCALE);
  }
  return cubic_loop(out, words, count, table, NOTHING);
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

#endif
