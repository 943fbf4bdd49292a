// Utfall: windows of order statistics, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

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

#endif
