// Utfall: arithmetic of blocks, step by step, for processors with AVX-512.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// This target has fused multiply-add, whose bits would differ: nothing may be contracted.
#pragma STDC FP_CONTRACT OFF

// Doubles of a block taken at a time.
#define STRIP 64

#define OVER_STRIP(A, B, OPERATION) \
  for (intptr_t i = 0; i < size; i += 8) _mm512_storeu_pd(out + i, OPERATION(A, B));
#define STEP(OPERATION) \
  if (step->a_step && step->b_step) { \
    OVER_STRIP(_mm512_loadu_pd(a + i), _mm512_loadu_pd(b + i), OPERATION) \
  } else if (step->a_step) { \
    const __m512d fixed = _mm512_set1_pd(*b); \
    OVER_STRIP(_mm512_loadu_pd(a + i), fixed, OPERATION) \
  } else { \
    const __m512d fixed = _mm512_set1_pd(*a); \
    OVER_STRIP(fixed, _mm512_loadu_pd(b + i), OPERATION) \
  } \
  break;

AVX512 INLINE void take_step(
    const struct utfall_step *step, intptr_t first, intptr_t size) {
  double *out = step->out + first;
  const double *a = step->a_step ? step->a + first : step->a;
  const double *b = step->b_step ? step->b + first : step->b;
  switch (step->operation) {
    case UTFALL_ADD: STEP(_mm512_add_pd)
    case UTFALL_SUBTRACT: STEP(_mm512_sub_pd)
    case UTFALL_MULTIPLY: STEP(_mm512_mul_pd)
    case UTFALL_DIVIDE: STEP(_mm512_div_pd)
    default: __builtin_trap();
  }
}

AVX512 void utfall_program_avx512(
    const struct utfall_step *steps, intptr_t step_count, intptr_t count) {
  intptr_t first = 0;
  // A constant length, so that the loops over a strip are unrolled.
  for (; first + STRIP <= count; first += STRIP) {
    for (intptr_t s = 0; s < step_count; s++) take_step(steps + s, first, STRIP);
  }
  for (intptr_t s = 0; first < count && s < step_count; s++) {
    take_step(steps + s, first, count - first);
  }
}

#endif
