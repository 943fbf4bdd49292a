# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference values of the exponential and the logistic function, correctly rounded.

Writes exponential.csv: x, exp, logistic.  Versions used: Python 3.11.7, mpmath
1.3.0.  Points: a grid over the whole range with results from the least double to
the largest, random points, halves of ln 2 (where the reduction changes its
multiple) and their neighbours, and points next to 0.
"""
import os
import random
from math import inf, nextafter

import mpmath as mp

from quantiles import HERE, to_double

mp.mp.prec = 300


def main():
    source = random.Random(5)
    xs = [float(x) for x in range(-745, 710, 5)]
    xs += [source.uniform(-745, 709.7) for _ in range(400)]
    xs += [source.uniform(-1, 1) for _ in range(400)] + [source.uniform(-40, 40) for _ in range(400)]
    for k in range(-1070, 1024, 37):
        x = float((k + mp.mpf(1) / 2) * mp.log(2))
        xs += [nextafter(x, -inf), x, nextafter(x, inf)]
    xs += [s * 2.0 ** -k for k in range(1, 60, 4) for s in (-1, 1)] + [0.0]
    with open(os.path.join(HERE, "exponential.csv"), "w", newline="\n") as f:
        f.write("x,exp,logistic\n")
        for x in sorted(set(xs)):
            e = mp.exp(mp.mpf(x))
            f.write(f"{x!r},{to_double(e)!r},{to_double(e / (1 + e))!r}\n")


if __name__ == "__main__":
    main()
