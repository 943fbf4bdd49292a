// Utfall: random words for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

#define XOR3(A, B, C) _mm512_ternarylogic_epi64(A, B, C, 0x96)

// Groups of eight counters that go through the rounds in step, so that their products don't wait for each other. As
// many as the registers hold.
#define GROUPS 6

// What does not change from counter to counter while their high word stays: of the first two of the ten rounds
// only a product each is left.
struct philox_start {
  __m512i k0[10], k1[10];
  __m512i x1, x2, x3, c3;
};

AVX512 static struct philox_start philox_start(
    uint32_t high, uint32_t label, uint32_t draw, uint32_t key0, uint32_t key1) {
  struct philox_start start;
  for (int round = 0; round < 10; round++) {
    start.k0[round] = _mm512_set1_epi64((uint32_t)(key0 + (uint32_t)round * 0x9E3779B9u));
    start.k1[round] = _mm512_set1_epi64((uint32_t)(key1 + (uint32_t)round * 0xBB67AE85u));
  }
  const uint64_t first = (uint64_t)label * 0xCD9E8D57u;
  const uint64_t second = (uint64_t)((uint32_t)(first >> 32) ^ high ^ key0) * 0xD2511F53u;
  start.x1 = _mm512_set1_epi64(draw ^ key1);
  start.x2 = _mm512_set1_epi64((uint32_t)first ^ (uint32_t)(key0 + 0x9E3779B9u));
  start.x3 = _mm512_set1_epi64((uint32_t)(second >> 32) ^ (uint32_t)(key1 + 0xBB67AE85u));
  start.c3 = _mm512_set1_epi64((uint32_t)second);
  return start;
}

// The high halves of products, moved down. Two ports do all vector work, and products, exclusive ors and shifts fill
// them; a load that copies high halves down goes through another. Assembler, since the compiler would see that the
// memory is only a detour. Three of four products go this way: stores have a limit too.
AVX512 INLINE __m512i high_by_load(__m512i product, __m512i *room) {
  __m512i high;
  _mm512_store_si512(room, product);
  __asm__("vmovshdup %1, %0" : "=v"(high) : "m"(*room));
  return high;
}

// Words for `groups` times eight counters.
AVX512 INLINE void philox_groups(
    uint64_t *words, uint64_t counter, const struct philox_start *start, const int groups) {
  const __m512i m0 = _mm512_set1_epi64(0xD2511F53);
  const __m512i m1 = _mm512_set1_epi64(0xCD9E8D57);
  // Counters in the order in which unpacking the last step brings their words back into line.
  const __m512i step = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
  __m512i room[2][GROUPS];
  __m512i c0[GROUPS], c1[GROUPS], c2[GROUPS], c3[GROUPS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const __m512i n =
        _mm512_add_epi64(_mm512_set1_epi64((int64_t)(counter + 8 * (uint64_t)g)), step);
    // Products read the low halves only; the high halves of the state stay dirty.
    const __m512i p0 = _mm512_mul_epu32(n, m0);
    c2[g] = _mm512_xor_si512(_mm512_srli_epi64(p0, 32), start->x1);
    const __m512i p1 = _mm512_mul_epu32(c2[g], m1);
    c0[g] = _mm512_xor_si512(high_by_load(p1, &room[0][g]), start->x2);
    c2[g] = _mm512_xor_si512(p0, start->x3);
    c1[g] = p1;
    c3[g] = start->c3;
  }
#pragma clang loop unroll(full)
  for (int round = 2; round < 9; round++) {
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      const __m512i p0 = _mm512_mul_epu32(c0[g], m0);
      const __m512i p1 = _mm512_mul_epu32(c2[g], m1);
      c0[g] = XOR3(high_by_load(p1, &room[0][g]), c1[g], start->k0[round]);
      const __m512i h0 = g % 2 ? high_by_load(p0, &room[1][g]) : _mm512_srli_epi64(p0, 32);
      c2[g] = XOR3(h0, c3[g], start->k1[round]);
      c1[g] = p1;
      c3[g] = p0;
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const __m512i p0 = _mm512_mul_epu32(c0[g], m0);
    const __m512i p1 = _mm512_mul_epu32(c2[g], m1);
    // The last round's words as they leave: in the high half the product's low one, in the low half its high one with
    // what is added to it.
    const __m512i even = _mm512_mask_ternarylogic_epi32(
        _mm512_ror_epi64(p1, 32), 0x5555, c1[g], start->k0[9], 0x96);
    const __m512i odd = _mm512_mask_ternarylogic_epi32(
        _mm512_ror_epi64(p0, 32), 0x5555, c3[g], start->k1[9], 0x96);
    _mm512_storeu_si512(words + 16 * g, _mm512_unpacklo_epi64(even, odd));
    _mm512_storeu_si512(words + 16 * g + 8, _mm512_unpackhi_epi64(even, odd));
  }
}

// Eight counters among which the high word changes: once in 2^32.
AVX512 static void philox_across(
    uint64_t *words, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  for (uint64_t i = 0; i < 8; i++) {
    uint64_t both[16];
    const uint64_t n = counter + i;
    const struct philox_start start =
        philox_start((uint32_t)(n >> 32), label, draw, key0, key1);
    // The words of n alone: the low half of n leads eight counters whose first is wanted.
    philox_groups(both, n, &start, 1);
    words[2 * i] = both[0];
    words[2 * i + 1] = both[1];
  }
}

AVX512 void utfall_philox_avx512(
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
    for (; done + 8 * GROUPS <= end; done += 8 * GROUPS) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, GROUPS);
    }
    // What a block leaves.
    for (; done + 32 <= end; done += 32) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, 4);
    }
    for (; done + 8 <= end; done += 8) {
      philox_groups(words + 2 * done, counter + (uint64_t)done, &start, 1);
    }
    if (done < end) {
      philox_across(words + 2 * done, counter + (uint64_t)done, label, draw, key0, key1);
      done += 8;
    }
  }
}

#endif
