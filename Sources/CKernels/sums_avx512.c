// Utfall: sums of a block, for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF

AVX512 void utfall_sums_avx512(const double *values, intptr_t count, struct utfall_sums *sums) {
  const __m512d zero = _mm512_setzero_pd();
  const __m512i one = _mm512_set1_epi64(1);
  __m512d sum0 = zero, sum1 = zero;
  __m512d least0 = _mm512_set1_pd(__builtin_inf()), least1 = least0;
  __m512d greatest0 = _mm512_set1_pd(-__builtin_inf()), greatest1 = greatest0;
  __m512i positive0 = _mm512_setzero_si512(), positive1 = positive0;
  for (intptr_t i = 0; i < count; i += 16) {
    const __m512d x0 = _mm512_loadu_pd(values + i), x1 = _mm512_loadu_pd(values + i + 8);
    sum0 = _mm512_add_pd(sum0, x0);
    sum1 = _mm512_add_pd(sum1, x1);
    least0 = _mm512_min_pd(x0, least0);
    least1 = _mm512_min_pd(x1, least1);
    greatest0 = _mm512_max_pd(x0, greatest0);
    greatest1 = _mm512_max_pd(x1, greatest1);
    positive0 = _mm512_mask_add_epi64(
        positive0, _mm512_cmp_pd_mask(x0, zero, _CMP_GT_OQ), positive0, one);
    positive1 = _mm512_mask_add_epi64(
        positive1, _mm512_cmp_pd_mask(x1, zero, _CMP_GT_OQ), positive1, one);
  }
  _mm512_storeu_pd(sums->lanes, sum0);
  _mm512_storeu_pd(sums->lanes + 8, sum1);
  sums->least = _mm512_reduce_min_pd(_mm512_min_pd(least0, least1));
  sums->greatest = _mm512_reduce_max_pd(_mm512_max_pd(greatest0, greatest1));
  sums->positive = _mm512_reduce_add_epi64(_mm512_add_epi64(positive0, positive1));
}

AVX512 void utfall_deviations_avx512(
    const double *values, intptr_t count, double centre, double *deviations, double *squares) {
  const __m512d c = _mm512_set1_pd(centre);
  __m512d sum0 = _mm512_setzero_pd(), sum1 = sum0, square0 = sum0, square1 = sum0;
  for (intptr_t i = 0; i < count; i += 16) {
    const __m512d d0 = _mm512_sub_pd(_mm512_loadu_pd(values + i), c);
    const __m512d d1 = _mm512_sub_pd(_mm512_loadu_pd(values + i + 8), c);
    sum0 = _mm512_add_pd(sum0, d0);
    sum1 = _mm512_add_pd(sum1, d1);
    square0 = _mm512_add_pd(square0, _mm512_mul_pd(d0, d0));
    square1 = _mm512_add_pd(square1, _mm512_mul_pd(d1, d1));
  }
  _mm512_storeu_pd(deviations, sum0);
  _mm512_storeu_pd(deviations + 8, sum1);
  _mm512_storeu_pd(squares, square0);
  _mm512_storeu_pd(squares + 8, square1);
}

AVX512 bool utfall_is_finite_avx512(const double *values, intptr_t count) {
  // x * 0 is 0 for finite x alone.
  const __m512d zero = _mm512_setzero_pd();
  __m512d sum0 = zero, sum1 = zero;
  for (intptr_t i = 0; i < count; i += 16) {
    sum0 = _mm512_fmadd_pd(_mm512_loadu_pd(values + i), zero, sum0);
    sum1 = _mm512_fmadd_pd(_mm512_loadu_pd(values + i + 8), zero, sum1);
  }
  return _mm512_cmp_pd_mask(_mm512_add_pd(sum0, sum1), zero, _CMP_EQ_OQ) == 0xFF;
}

#endif
