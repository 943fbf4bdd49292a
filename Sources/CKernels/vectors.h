// Utfall: what the vector kernels share.
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef UTFALL_VECTORS_H
#define UTFALL_VECTORS_H

#include "ckernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// What a function is compiled for. AVX2 alone has no fused multiply-add, so that no product and sum can be fused: fused
// bits would differ.
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))
#define INLINE static inline __attribute__((always_inline))

#endif

#endif
