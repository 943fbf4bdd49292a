# SPDX-License-Identifier: GPL-3.0-or-later
"""Type-7 sample quantiles and distribution-free intervals for quantiles.

Writes order_statistics_samples.csv (sample, position, value; position starts
at 1, the samples are not sorted), order_statistics.csv (sample, p, quantile)
and rank_intervals.csv (n, p, lower_rank, upper_rank).
Versions used: Python 3.11.7, NumPy 2.4.6, SciPy 1.17.1.

The quantile is numpy.quantile with method "linear".  It is compared with the
same definition in exact rational arithmetic (p taken as the decimal written),
with a tolerance of four units in the last place of the largest value used.

Ranks are 1-based: the interval is [x_(lower_rank), x_(upper_rank)], where
lower_rank is the largest l with P(Bin(n, p) <= l - 1) <= 0.025 and upper_rank
the smallest u with P(Bin(n, p) <= u - 1) >= 0.975.  An empty field means that
l < 1 or u > n.  The ranks are found with scipy.stats.binom.cdf around its ppf,
and proved again with binomial sums in integer arithmetic.
"""
import math
import os
import random
from fractions import Fraction

import numpy as np
from scipy.stats import binom

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = ["0", "0.025", "0.05", "0.25", "0.5", "0.75", "0.95", "0.975", "1"]
RANK_N = [10, 39, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]
RANK_P = ["0.025", "0.05", "0.25", "0.5", "0.75", "0.95", "0.975", "0.999"]


def samples():
    source = random.Random(1750)
    return {
        "one": [42.5],
        "two": [3.0, -1.0],
        "five": [2.0, -7.5, 2.0, 11.25, 0.0],
        "ten": [4.0, 4.0, -3.0, 0.5, 9.0, 9.0, 9.0, -12.75, 1e-3, 6.0],
        "ten_equal": [-1.1] * 10,
        "hundred_one": [round(source.gauss(15440.0, 13220.0), 2)
                        for _ in range(101)],
        "hundred_one_ties": [float(source.randrange(-4, 5))
                             for _ in range(101)],
        "seven_wide": [1e16, -1e16, 1.0, -1.0, 1e-300, 3.0, 0.1],
    }


def exact_type7(values, p):
    x = sorted(map(Fraction, values))
    h = (len(x) - 1) * p
    i = math.floor(h)
    if i == len(x) - 1:
        return x[i], abs(x[i])
    return x[i] + (h - i) * (x[i + 1] - x[i]), max(abs(x[i]), abs(x[i + 1]))


def scipy_ranks(n, p):
    lower = int(binom.ppf(0.025, n, p))          # near l - 1
    while binom.cdf(lower, n, p) > 0.025:
        lower -= 1
        if lower < 0:
            break
    while binom.cdf(lower + 1, n, p) <= 0.025:
        lower += 1
    upper = int(binom.ppf(0.975, n, p))          # near u - 1
    while upper > 0 and binom.cdf(upper - 1, n, p) >= 0.975:
        upper -= 1
    while binom.cdf(upper, n, p) < 0.975:
        upper += 1
    return lower + 1, upper + 1


BITS = 256


def binomial_tail(n, p, j):
    """P(Bin(n, p) <= j), p rational, in 256-bit integer arithmetic.

    The weights relative to the mode are summed over the whole range where
    they do not vanish, so no logarithm or gamma function is needed.
    """
    a, b = p.numerator, p.denominator - p.numerator
    mode = math.floor((n + 1) * p)
    mode = min(mode, n)
    below = total = 0
    w, i = 1 << BITS, mode
    while i >= 0 and w:
        total += w
        if i <= j:
            below += w
        w = w * (i * b) // ((n - i + 1) * a)
        i -= 1
    w, i = (1 << BITS) * ((n - mode) * a) // ((mode + 1) * b), mode + 1
    while i <= n and w:
        total += w
        if i <= j:
            below += w
        w = w * ((n - i) * a) // ((i + 1) * b)
        i += 1
    return Fraction(below, total)


def main():
    data = samples()
    with open(os.path.join(HERE, "order_statistics_samples.csv"), "w",
              newline="\n") as f:
        f.write("sample,position,value\n")
        for name, values in data.items():
            for i, v in enumerate(values, 1):
                f.write(f"{name},{i},{v!r}\n")
    count = 0
    with open(os.path.join(HERE, "order_statistics.csv"), "w",
              newline="\n") as f:
        f.write("sample,p,quantile\n")
        for name, values in data.items():
            for level in LEVELS:
                q = float(np.quantile(np.array(values), float(level),
                                      method="linear"))
                exact, scale = exact_type7(values, Fraction(level))
                assert abs(Fraction(q) - exact) <= \
                    4 * Fraction(math.ulp(float(scale))), (name, level)
                f.write(f"{name},{float(level)!r},{q!r}\n")
                count += 1
    print("order_statistics.csv:", count, "rows")
    count, closest = 0, 1.0
    low, high = Fraction(25, 1000), Fraction(975, 1000)
    with open(os.path.join(HERE, "rank_intervals.csv"), "w",
              newline="\n") as f:
        f.write("n,p,lower_rank,upper_rank\n")
        for n in RANK_N:
            for p in RANK_P:
                l, u = scipy_ranks(n, float(p))
                r = Fraction(p)
                cdf = [binomial_tail(n, r, j) for j in (l - 1, l, u - 2, u - 1)]
                assert cdf[0] <= low < cdf[1], (n, p, l)
                assert cdf[2] < high <= cdf[3], (n, p, u)
                closest = min(closest, *(float(abs(c - t)) for c, t in
                                         zip(cdf, (low, low, high, high))))
                f.write(f"{n},{float(p)!r},{l if l >= 1 else ''},"
                        f"{u if u <= n else ''}\n")
                count += 1
    print("rank_intervals.csv:", count, "rows; closest call", closest)


if __name__ == "__main__":
    main()
