// Utfall: random words for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

#define XOR3(A, B, C) _mm256_xor_si256(A, _mm256_xor_si256(B, C))

// Groups of four counters in step, see the AVX-512 kernel. There, loads bring high halves down; here three ports do
// vector work, and shifts are faster.
#define GROUPS 4
#define BATCH (4 * GROUPS)

// See the AVX-512 kernel.
struct philox_start {
  __m256i k0[10], k1[10];
  __m256i x1, x2, x3, c3;
};

AVX2 static struct philox_start philox_start(
    uint32_t high, uint32_t label, uint32_t draw, uint32_t key0, uint32_t key1) {
  struct philox_start start;
  for (int round = 0; round < 10; round++) {
    start.k0[round] = _mm256_set1_epi64x((uint32_t)(key0 + (uint32_t)round * 0x9E3779B9u));
    start.k1[round] = _mm256_set1_epi64x((uint32_t)(key1 + (uint32_t)round * 0xBB67AE85u));
  }
  const uint64_t first = (uint64_t)label * 0xCD9E8D57u;
  const uint64_t second = (uint64_t)((uint32_t)(first >> 32) ^ high ^ key0) * 0xD2511F53u;
  start.x1 = _mm256_set1_epi64x(draw ^ key1);
  start.x2 = _mm256_set1_epi64x((uint32_t)first ^ (uint32_t)(key0 + 0x9E3779B9u));
  start.x3 = _mm256_set1_epi64x((uint32_t)(second >> 32) ^ (uint32_t)(key1 + 0xBB67AE85u));
  start.c3 = _mm256_set1_epi64x((uint32_t)second);
  return start;
}

// Words for `groups` times four counters.
AVX2 INLINE void philox_groups(
    uint64_t *words, uint64_t counter, const struct philox_start *start, const int groups) {
  const __m256i m0 = _mm256_set1_epi64x(0xD2511F53);
  const __m256i m1 = _mm256_set1_epi64x(0xCD9E8D57);
  // Counters in the order in which unpacking the words brings them back into line.
  const __m256i step = _mm256_set_epi64x(3, 1, 2, 0);
  __m256i c0[GROUPS], c1[GROUPS], c2[GROUPS], c3[GROUPS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const __m256i n =
        _mm256_add_epi64(_mm256_set1_epi64x((int64_t)(counter + 4 * (uint64_t)g)), step);
    // Products read the low halves only; the high halves of the state stay dirty.
    const __m256i p0 = _mm256_mul_epu32(n, m0);
    c2[g] = _mm256_xor_si256(_mm256_srli_epi64(p0, 32), start->x1);
    const __m256i p1 = _mm256_mul_epu32(c2[g], m1);
    c0[g] = _mm256_xor_si256(_mm256_srli_epi64(p1, 32), start->x2);
    c2[g] = _mm256_xor_si256(p0, start->x3);
    c1[g] = p1;
    c3[g] = start->c3;
  }
#pragma clang loop unroll(full)
  for (int round = 2; round < 10; round++) {
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      const __m256i p0 = _mm256_mul_epu32(c0[g], m0);
      const __m256i p1 = _mm256_mul_epu32(c2[g], m1);
      c0[g] = XOR3(_mm256_srli_epi64(p1, 32), c1[g], start->k0[round]);
      c2[g] = XOR3(_mm256_srli_epi64(p0, 32), c3[g], start->k1[round]);
      c1[g] = p1;
      c3[g] = p0;
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    // Even words: low halves of c0 and c1; odd words: of c2 and c3.
    const __m256i even = _mm256_blend_epi32(c0[g], _mm256_slli_epi64(c1[g], 32), 0xAA);
    const __m256i odd = _mm256_blend_epi32(c2[g], _mm256_slli_epi64(c3[g], 32), 0xAA);
    _mm256_storeu_si256((__m256i *)(words + 8 * g), _mm256_unpacklo_epi64(even, odd));
    _mm256_storeu_si256((__m256i *)(words + 8 * g + 4), _mm256_unpackhi_epi64(even, odd));
  }
}

// Four counters among which the high word changes: once in 2^32.
AVX2 static void philox_across(
    uint64_t *words, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  for (uint64_t i = 0; i < 4; i++) {
    uint64_t both[8];
    const uint64_t n = counter + i;
    const struct philox_start start =
        philox_start((uint32_t)(n >> 32), label, draw, key0, key1);
    // The words of n alone: the low half of n leads four counters whose first is wanted.
    philox_groups(both, n, &start, 1);
    words[2 * i] = both[0];
    words[2 * i + 1] = both[1];
  }
}

AVX2 void utfall_philox_avx2(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  intptr_t done = 0;
  while (done < pairs) {
    const uint64_t n = counter + (uint64_t)done;
    // Counters up to the next high word.
    const uint64_t left = 0x100000000u - (uint32_t)n;
    const intptr_t end = left < (uint64_t)(pairs - done) ? done + (intptr_t)left : pairs;
    const struct philox_start start =
        philox_start((uint32_t)(n >> 32), label, draw, key0, key1);
    for (; done + BATCH <= end; done += BATCH) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, GROUPS);
    }
    for (; done + 4 <= end; done += 4) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, 1);
    }
    if (done < end) {
      philox_across(words + 2 * done, counter + (uint64_t)done, label, draw, key0, key1);
      done += 4;
    }
  }
}

#endif
