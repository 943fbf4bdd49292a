// Utfall: draws from tables of cubics, for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF

// The cells of a strip are found before any of them is read: loads of a place that was just stored would wait for it.
#define STRIP UTFALL_CUBIC_STRIP

// Four coefficients of one row, then four of another.
#define PAIR(a, b) \
  _mm512_insertf64x4(_mm512_castpd256_pd512(_mm256_load_pd(a)), _mm256_load_pd(b), 1)
#define LANES(a, b, which) _mm512_shuffle_f64x2(a, b, which)

// The cubics of eight cells, `place` bytes from `base`, at eight points.
AVX512 INLINE __m512d cubic8(const char *base, const int64_t *place, __m512d v) {
#define ROW(k) ((const double *)(base + place[k]))
  // Rows are paired so that two shuffles bring each coefficient into the order of the points.
  const __m512d r02 = PAIR(ROW(0), ROW(2)), r13 = PAIR(ROW(1), ROW(3));
  const __m512d r46 = PAIR(ROW(4), ROW(6)), r57 = PAIR(ROW(5), ROW(7));
#undef ROW
  const __m512d a = _mm512_unpacklo_pd(r02, r13), b = _mm512_unpacklo_pd(r46, r57);
  const __m512d c = _mm512_unpackhi_pd(r02, r13), d = _mm512_unpackhi_pd(r46, r57);
  const __m512d c0 = LANES(a, b, 0x88), c2 = LANES(a, b, 0xDD);
  const __m512d c1 = LANES(c, d, 0x88), c3 = LANES(c, d, 0xDD);
  __m512d y = _mm512_add_pd(_mm512_mul_pd(c3, v), c2);
  y = _mm512_add_pd(_mm512_mul_pd(y, v), c1);
  return _mm512_add_pd(_mm512_mul_pd(y, v), c0);
}

enum finish { NOTHING, LOCATION_AND_SCALE, ALL };

AVX512 INLINE __m512d finish8(
    __m512d y, const struct utfall_cubic *table, __m512d location, __m512d scale,
    const enum finish finish) {
  // 0 + 1 * y is y: no cubic gives -0.
  if (finish == NOTHING) return y;
  if (finish == ALL) {
    for (int32_t k = 0; k < table->squarings; k++) y = _mm512_mul_pd(y, y);
  }
  __m512d x = _mm512_add_pd(location, _mm512_mul_pd(scale, y));
  if (finish == ALL) {
    // max and min return their second operand when x is NaN.
    x = _mm512_max_pd(_mm512_set1_pd(table->low), x);
    x = _mm512_min_pd(_mm512_set1_pd(table->high), x);
  }
  return x;
}

AVX512 INLINE uint64_t cubic_loop(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table,
    const enum finish finish) {
  // Where the row of index 0 would be: no such row is read.
  const char *base = (const char *)((intptr_t)table->cells - 32 * table->first);
  const __m512d least = _mm512_set1_pd(table->least);
  const __m512d location = _mm512_set1_pd(table->location);
  const __m512d scale = _mm512_set1_pd(table->scale);
  uint64_t suspects = 0;
  double distance[STRIP] __attribute__((aligned(64)));
  int64_t place[STRIP] __attribute__((aligned(64)));
  for (intptr_t first = 0; first < count; first += STRIP) {
    const intptr_t size = count - first < STRIP ? count - first : STRIP;
    for (intptr_t i = 0; i < size; i += 8) {
      const __m512i word = _mm512_loadu_si512(words + first + i);
      __m512d v = _mm512_cvtepi64_pd(_mm512_srai_epi64(word, 12));
      v = _mm512_range_pd(v, least, 0x3);  // the larger of both sizes, with the sign of v
      _mm512_store_pd(distance + i, v);
      const __m512i cell = _mm512_srli_epi64(_mm512_castpd_si512(v), 45);
      _mm512_store_si512(place + i, _mm512_slli_epi64(cell, 5));
    }
    // NaN as soon as one of the values is; as a number it has no meaning.
    __m512d sum = _mm512_setzero_pd();
    double *target = out + first;
    intptr_t i = 0;
    for (; i + 16 <= size; i += 16) {
      const __m512d y0 = cubic8(base, place + i, _mm512_load_pd(distance + i));
      const __m512d y1 = cubic8(base, place + i + 8, _mm512_load_pd(distance + i + 8));
      sum = _mm512_fmadd_pd(y0, y1, sum);
      _mm512_storeu_pd(target + i, finish8(y0, table, location, scale, finish));
      _mm512_storeu_pd(target + i + 8, finish8(y1, table, location, scale, finish));
    }
    if (i < size) {
      const __m512d y = cubic8(base, place + i, _mm512_load_pd(distance + i));
      sum = _mm512_add_pd(sum, y);
      _mm512_storeu_pd(target + i, finish8(y, table, location, scale, finish));
    }
    if (_mm512_cmp_pd_mask(sum, sum, _CMP_UNORD_Q) != 0) suspects |= 1ull << (first / STRIP);
  }
  return suspects;
}

AVX512 uint64_t utfall_cubic_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  if (table->squarings != 0 || table->keeps_range) {
    return cubic_loop(out, words, count, table, ALL);
  }
  if (table->location != 0 || table->scale != 1) {
    return cubic_loop(out, words, count, table, LOCATION_AND_SCALE);
  }
  return cubic_loop(out, words, count, table, NOTHING);
}

#endif
