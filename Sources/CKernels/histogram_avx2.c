// Utfall: histogram counts, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

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

#endif
