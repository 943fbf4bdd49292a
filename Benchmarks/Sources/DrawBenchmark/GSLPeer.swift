// Utfall: benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

/// GSL's own samplers on the Mersenne twister, as a user of the library would call them.
final class GSLPeer {
  private let generator: UnsafeMutablePointer<gsl_rng>

  init() {
    gsl_set_error_handler_off()
    generator = gsl_rng_alloc(utfall_gsl_rng_mt19937())
  }

  deinit { gsl_rng_free(generator) }

  func fill(
    _ out: UnsafeMutableBufferPointer<Double>,
    _ draw: (UnsafeMutablePointer<gsl_rng>) -> Double
  ) {
    for i in out.indices { out[i] = draw(generator) }
  }
}
