// Utfall: histogram counts, for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF

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

#endif
