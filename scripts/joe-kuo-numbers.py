#!/usr/bin/env python3
# Utfall: writes Sources/CKernels/joe_kuo.c from the table that SciPy ships.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Made with Python 3.11.7, NumPy and SciPy 1.17.1 (scipy/stats/_sobol_direction_numbers.npz, which holds the set
# new-joe-kuo-6.21201). Usage: scripts/joe-kuo-numbers.py > Sources/CKernels/joe_kuo.c
import os

import numpy
import scipy

DIMENSIONS = 1024

table = numpy.load(os.path.join(os.path.dirname(scipy.__file__), "stats", "_sobol_direction_numbers.npz"))
print("""\
// Utfall: primitive polynomials and initial direction numbers of the Sobol' sequence.
// SPDX-License-Identifier: BSD-3-Clause
//
// Data: Copyright (c) 2008, Frances Y. Kuo and Stephen Joe. All rights reserved. Licence and disclaimer:
// THIRD-PARTY-NOTICES. Set D(6) (new-joe-kuo-6.21201), dimensions 2 to %d: S. Joe and F. Y. Kuo (2008),
// Constructing Sobol sequences with better two-dimensional projections, doi:10.1137/070709359.
//
// Written by scripts/joe-kuo-numbers.py. Each row: degree s, inner coefficients a of the polynomial, m_1 ... m_s.
#include "ckernels.h"

static const uint16_t rows[] = {""" % DIMENSIONS)
for dimension in range(1, DIMENSIONS):
    polynomial = int(table["poly"][dimension])
    degree = polynomial.bit_length() - 1
    inner = (polynomial >> 1) & ((1 << (degree - 1)) - 1)
    numbers = [int(m) for m in table["vinit"][dimension][:degree]]
    assert polynomial & 1 and all(m & 1 and m < 2 << i for i, m in enumerate(numbers))
    print("    " + ", ".join(str(x) for x in [degree, inner, *numbers]) + ",")
print("""\
};

const uint16_t *utfall_joe_kuo_rows(void) { return rows; }""")
