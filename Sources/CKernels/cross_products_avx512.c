// Utfall: cross products, for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF

// Rows of values taken at a time: they stay in the first cache while all pairs of columns go over them.
#define PANEL 32

// `height` rows of the matrix from i on, 16 columns from j on.
AVX512 INLINE void cross_tile(
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

#endif
