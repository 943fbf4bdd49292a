// Utfall: sums of a block, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

AVX2 void utfall_sums_avx2(const double *values, intptr_t count, struct utfall_sums *sums) {
  const __m256d zero = _mm256_setzero_pd();
  __m256d sum[4] = {zero, zero, zero, zero};
  __m256d least[2], greatest[2];
  __m256i positive[2];
  for (int k = 0; k < 2; k++) {
    least[k] = _mm256_set1_pd(__builtin_inf());
    greatest[k] = _mm256_set1_pd(-__builtin_inf());
    positive[k] = _mm256_setzero_si256();
  }
  for (intptr_t i = 0; i < count; i += 16) {
#pragma clang loop unroll(full)
    for (int k = 0; k < 4; k++) {
      const __m256d x = _mm256_loadu_pd(values + i + 4 * k);
      sum[k] = _mm256_add_pd(sum[k], x);
      least[k % 2] = _mm256_min_pd(x, least[k % 2]);
      greatest[k % 2] = _mm256_max_pd(x, greatest[k % 2]);
      positive[k % 2] = _mm256_sub_epi64(
          positive[k % 2], _mm256_castpd_si256(_mm256_cmp_pd(x, zero, _CMP_GT_OQ)));
    }
  }
  for (int k = 0; k < 4; k++) _mm256_storeu_pd(sums->lanes + 4 * k, sum[k]);
  double low[4], high[4];
  int64_t above[4];
  _mm256_storeu_pd(low, _mm256_min_pd(least[0], least[1]));
  _mm256_storeu_pd(high, _mm256_max_pd(greatest[0], greatest[1]));
  _mm256_storeu_si256((__m256i *)above, _mm256_add_epi64(positive[0], positive[1]));
  sums->least = low[0];
  sums->greatest = high[0];
  sums->positive = above[0];
  for (int k = 1; k < 4; k++) {
    if (low[k] < sums->least) sums->least = low[k];
    if (high[k] > sums->greatest) sums->greatest = high[k];
    sums->positive += above[k];
  }
}

AVX2 void utfall_deviations_avx2(
    const double *values, intptr_t count, double centre, double *deviations, double *squares) {
  const __m256d c = _mm256_set1_pd(centre);
  __m256d sum[4], square[4];
  for (int k = 0; k < 4; k++) sum[k] = square[k] = _mm256_setzero_pd();
  for (intptr_t i = 0; i < count; i += 16) {
#pragma clang loop unroll(full)
    for (int k = 0; k < 4; k++) {
      const __m256d d = _mm256_sub_pd(_mm256_loadu_pd(values + i + 4 * k), c);
      sum[k] = _mm256_add_pd(sum[k], d);
      square[k] = _mm256_add_pd(square[k], _mm256_mul_pd(d, d));
    }
  }
  for (int k = 0; k < 4; k++) {
    _mm256_storeu_pd(deviations + 4 * k, sum[k]);
    _mm256_storeu_pd(squares + 4 * k, square[k]);
  }
}

AVX2 bool utfall_is_finite_avx2(const double *values, intptr_t count) {
  // x * 0 is 0 for finite x alone.
  const __m256d zero = _mm256_setzero_pd();
  __m256d sum[4] = {zero, zero, zero, zero};
  for (intptr_t i = 0; i < count; i += 16) {
#pragma clang loop unroll(full)
    for (int k = 0; k < 4; k++) {
      sum[k] = _mm256_add_pd(sum[k], _mm256_mul_pd(_mm256_loadu_pd(values + i + 4 * k), zero));
    }
  }
  const __m256d all = _mm256_add_pd(_mm256_add_pd(sum[0], sum[1]), _mm256_add_pd(sum[2], sum[3]));
  return _mm256_movemask_pd(_mm256_cmp_pd(all, zero, _CMP_EQ_OQ)) == 15;
}

#endif
