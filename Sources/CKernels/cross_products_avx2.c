// Utfall: cross products, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// Rows of values taken at a time: they stay in the first cache while all pairs of columns go over them.
#define PANEL 32

AVX2 static inline __m256i lanes_below(intptr_t count) {
  return _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_set_epi64x(3, 2, 1, 0));
}

// `height` rows of the matrix from i on, 8 columns from j on.
AVX2 INLINE void cross_tile(
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

#endif
