#!/usr/bin/env python3
# Utfall: unscrambled Sobol' points by SciPy, in the plain order of their numbers.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Made with Python 3.11.7, NumPy and SciPy 1.17.1. Usage: python3 sobol.py > sobol.csv
# SciPy gives points in the order of the Gray code: its i-th is point i XOR (i >> 1).
from scipy.stats import qmc

DIMENSIONS = 1024
SHOWN = [1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 50, 100, 200, 500, 1000, 1024]

print("dimension,point,digits")


def show(first, count, dimensions):
    sobol = qmc.Sobol(d=DIMENSIONS, scramble=False, bits=32)
    if first:
        sobol.fast_forward(first)
    points = sobol.random(count)
    for i in range(count):
        number = (first + i) ^ ((first + i) >> 1)
        for d in dimensions:
            digits = points[i, d - 1] * 2**32
            assert digits == int(digits)
            print(f"{d},{number},{int(digits)}")


show(0, 64, SHOWN)
show(1_000_003, 1, range(1, DIMENSIONS + 1))
