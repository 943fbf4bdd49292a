// Utfall: vector kernels where there are none. The Swift forms run; nothing here is called.
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ckernels.h"

#if !defined(__x86_64__)

bool utfall_has_avx2(void) { return false; }

bool utfall_has_avx512(void) { return false; }

void utfall_philox_avx2(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  __builtin_trap();
}

uint64_t utfall_cubic_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  __builtin_trap();
}

intptr_t utfall_find_nan_avx2(const double *values, intptr_t count, int64_t *places) {
  __builtin_trap();
}

void utfall_table_avx2(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish) {
  __builtin_trap();
}

intptr_t utfall_classify_avx2(
    const double *values, intptr_t count, const double *edges, intptr_t edge_count,
    int64_t *at_least, double *inside) {
  __builtin_trap();
}

void utfall_histogram_avx2(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells) {
  __builtin_trap();
}

void utfall_arithmetic_avx2(
    int32_t operation, double *out, const double *a, intptr_t a_step, const double *b, intptr_t b_step,
    intptr_t count) {
  __builtin_trap();
}

void utfall_cross_products_avx2(
    double *matrix, const double *values, intptr_t size, intptr_t rows) {
  __builtin_trap();
}

void utfall_program_avx2(const struct utfall_step *steps, intptr_t step_count, intptr_t count) {
  __builtin_trap();
}

void utfall_philox_avx512(
    uint64_t *words, intptr_t pairs, uint64_t counter, uint32_t label, uint32_t draw, uint32_t key0,
    uint32_t key1) {
  __builtin_trap();
}

void utfall_table_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_table *table,
    const struct utfall_finish *finish) {
  __builtin_trap();
}

uint64_t utfall_cubic_avx512(
    double *out, const uint64_t *words, intptr_t count, const struct utfall_cubic *table) {
  __builtin_trap();
}

void utfall_cross_products_avx512(
    double *matrix, const double *values, intptr_t size, intptr_t rows) {
  __builtin_trap();
}

void utfall_histogram_avx512(
    const double *values, intptr_t count, const struct utfall_bins *bins, uint64_t *cells) {
  __builtin_trap();
}

void utfall_program_avx512(const struct utfall_step *steps, intptr_t step_count, intptr_t count) {
  __builtin_trap();
}

void utfall_sums_avx2(const double *values, intptr_t count, struct utfall_sums *sums) {
  __builtin_trap();
}

void utfall_deviations_avx2(
    const double *values, intptr_t count, double centre, double *deviations, double *squares) {
  __builtin_trap();
}

bool utfall_is_finite_avx2(const double *values, intptr_t count) { __builtin_trap(); }

void utfall_sums_avx512(const double *values, intptr_t count, struct utfall_sums *sums) {
  __builtin_trap();
}

void utfall_deviations_avx512(
    const double *values, intptr_t count, double centre, double *deviations, double *squares) {
  __builtin_trap();
}

bool utfall_is_finite_avx512(const double *values, intptr_t count) { __builtin_trap(); }

#endif
