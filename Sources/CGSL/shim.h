// Utfall: the part of the GNU Scientific Library that the engine calls.
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef UTFALL_CGSL_SHIM_H
#define UTFALL_CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_version.h>

// `gsl_version` is a C global, which Swift 6 refuses as shared mutable state.
static inline const char *utfall_gsl_version(void) { return gsl_version; }

// `gsl_rng_mt19937` is a C global pointer: the same reason. Used by benchmarks, as a peer.
static inline const gsl_rng_type *utfall_gsl_rng_mt19937(void) { return gsl_rng_mt19937; }

#endif
