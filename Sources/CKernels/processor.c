// Utfall: which vector kernels this processor can run.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ckernels.h"

#if defined(__x86_64__)

bool utfall_has_avx2(void) { return __builtin_cpu_supports("avx2"); }

bool utfall_has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

#endif
