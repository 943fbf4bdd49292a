# SPDX-License-Identifier: GPL-3.0-or-later
"""Mean and sample standard deviation of numerically hard sequences.

Writes moments_accuracy.csv.  Versions used: Python 3.11.7, mpmath 1.3.0.

Columns: sequence, kind, n, first, pattern, offset, multiplier, modulus,
scale, mean, sd, certified_mean, certified_sd.

  kind "cycle"    value 0 is the column first; value i (i >= 1) is entry
                  (i - 1) mod length of pattern, a list parted by semicolons
  kind "modular"  value i (i >= 0) is offset + scale * ((multiplier * i) mod
                  modulus); the product in brackets is a 64-bit integer, scale
                  is a power of two, so the only rounding is in the addition

mean and sd (divisor n - 1) are those of the doubles, in 1200-digit arithmetic
rounded once.  certified_mean and certified_sd, where given, are the values
for the decimal numbers as published with the NIST univariate data sets; they
differ from mean and sd because the decimals are not exact doubles.  Each
result is compared with the same in exact rational arithmetic.
"""
import os
from fractions import Fraction

import mpmath as mp

HERE = os.path.dirname(os.path.abspath(__file__))
mp.mp.dps = 1200

CYCLES = [  # name, n, first, pattern, certified mean, certified sd
    ("NumAcc1", 3, 10000001.0, [10000003.0, 10000002.0], "10000002.0", "1.0"),
    ("NumAcc2", 1001, 1.2, [1.1, 1.3], "1.2", "0.1"),
    ("NumAcc3", 1001, 1000000.2, [1000000.1, 1000000.3], "1000000.2", "0.1"),
    ("NumAcc4", 1001, 10000000.2, [10000000.1, 10000000.3],
     "10000000.2", "0.1"),
    ("constant", 1000, 0.1, [0.1], "", ""),
    ("offset_1e9", 100000, 1e9, [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16],
     "", ""),
    ("cancelling", 4001, 1.0, [1e15, 1.5, -1e15, 0.25], "", ""),
    ("one_outlier", 10000, 1e8, [1e-8, 2e-8, 3e-8], "", ""),
    ("huge", 999, 1e150, [2e150, 3e150, -1e150], "", ""),
    ("tiny", 999, 1e-150, [2e-150, 3e-150, -1e-150], "", ""),
    ("two", 2, 1e16, [1e16 + 2], "", ""),
]
MODULAR = [  # name, n, offset, multiplier, modulus, scale
    ("modular_plain", 100000, 0.0, 7919, 65537, 2.0 ** -16),
    ("modular_1e6", 100000, 1e6, 7919, 65537, 2.0 ** -16),
    ("modular_minus_1e9", 100000, -1e9, 48271, 2147483647, 2.0 ** -31),
    ("modular_1e12", 50000, 1e12, 48271, 2147483647, 2.0 ** -31),
]


def results(values):
    n = len(values)
    exact = [mp.mpf(v) for v in values]
    mean = mp.fsum(exact) / n
    sd = mp.sqrt(mp.fsum((v - mean) ** 2 for v in exact) / (n - 1))
    # second way: rational sums of powers, counting equal values once
    counts = {}
    for v in values:
        counts[v] = counts.get(v, 0) + 1
    one = sum(Fraction(v) * c for v, c in counts.items())
    two = sum(Fraction(v) ** 2 * c for v, c in counts.items())
    assert float(one / n) == float(mean)
    variance = (two - one * one / n) / (n - 1)
    check = mp.sqrt(mp.mpf(variance.numerator) / variance.denominator)
    assert abs(check - sd) <= abs(sd) * mp.mpf(10) ** -500
    assert float(check) == float(sd)
    return repr(float(mean)), repr(float(sd))


def main():
    rows = []
    for name, n, first, pattern, cm, cs in CYCLES:
        values = [first] + [pattern[i % len(pattern)] for i in range(n - 1)]
        mean, sd = results(values)
        rows.append((name, "cycle", str(n), repr(first),
                     ";".join(map(repr, pattern)), "", "", "", "",
                     mean, sd, cm, cs))
    for name, n, offset, multiplier, modulus, scale in MODULAR:
        values = [offset + scale * ((multiplier * i) % modulus)
                  for i in range(n)]
        mean, sd = results(values)
        rows.append((name, "modular", str(n), "", "", repr(offset),
                     str(multiplier), str(modulus), repr(scale),
                     mean, sd, "", ""))
    with open(os.path.join(HERE, "moments_accuracy.csv"), "w",
              newline="\n") as f:
        f.write("sequence,kind,n,first,pattern,offset,multiplier,modulus,"
                "scale,mean,sd,certified_mean,certified_sd\n")
        for r in rows:
            f.write(",".join(r) + "\n")
    print("moments_accuracy.csv:", len(rows), "rows")


if __name__ == "__main__":
    main()
