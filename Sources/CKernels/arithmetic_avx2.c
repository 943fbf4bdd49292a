// Utfall: arithmetic of blocks, for processors with AVX2.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "vectors.h"

#if defined(__x86_64__)

// An intrinsic load before every store, so that a result may take the place of an operand.
#define LOOP(A, B, OPERATION) \
  for (intptr_t i = 0; i < count; i += 4) \
    _mm256_storeu_pd(out + i, OPERATION(A, B));
#define BLOCKS(OPERATION) \
  if (a_step && b_step) { \
    LOOP(_mm256_loadu_pd(a + i), _mm256_loadu_pd(b + i), OPERATION) \
  } else if (a_step) { \
    const __m256d fixed = _mm256_set1_pd(*b); \
    LOOP(_mm256_loadu_pd(a + i), fixed, OPERATION) \
  } else { \
    const __m256d fixed = _mm256_set1_pd(*a); \
    LOOP(fixed, _mm256_loadu_pd(b + i), OPERATION) \
  }

AVX2 void utfall_arithmetic_avx2(
    int32_t operation, double *out, const double *a, intptr_t a_step, const double *b, intptr_t b_step,
    intptr_t count) {
  switch (operation) {
    case UTFALL_ADD: BLOCKS(_mm256_add_pd) break;
    case UTFALL_SUBTRACT: BLOCKS(_mm256_sub_pd) break;
    case UTFALL_MULTIPLY: BLOCKS(_mm256_mul_pd) break;
    case UTFALL_DIVIDE: BLOCKS(_mm256_div_pd) break;
    default: __builtin_trap();
  }
}

// ---- Step by step

// Doubles of a block taken at a time.
#define STRIP 64

#define OVER_STRIP(A, B, OPERATION) \
  for (intptr_t i = 0; i < size; i += 4) _mm256_storeu_pd(out + i, OPERATION(A, B));
#define STEP(OPERATION) \
  if (step->a_step && step->b_step) { \
    OVER_STRIP(_mm256_loadu_pd(a + i), _mm256_loadu_pd(b + i), OPERATION) \
  } else if (step->a_step) { \
    const __m256d fixed = _mm256_set1_pd(*b); \
    OVER_STRIP(_mm256_loadu_pd(a + i), fixed, OPERATION) \
  } else { \
    const __m256d fixed = _mm256_set1_pd(*a); \
    OVER_STRIP(fixed, _mm256_loadu_pd(b + i), OPERATION) \
  } \
  break;

AVX2 INLINE void take_step(
    const struct utfall_step *step, intptr_t first, intptr_t size) {
  double *out = step->out + first;
  const double *a = step->a_step ? step->a + first : step->a;
  const double *b = step->b_step ? step->b + first : step->b;
  switch (step->operation) {
    case UTFALL_ADD: STEP(_mm256_add_pd)
    case UTFALL_SUBTRACT: STEP(_mm256_sub_pd)
    case UTFALL_MULTIPLY: STEP(_mm256_mul_pd)
    case UTFALL_DIVIDE: STEP(_mm256_div_pd)
    default: __builtin_trap();
  }
}

AVX2 void utfall_program_avx2(
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
