# SPDX-License-Identifier: GPL-3.0-or-later
"""Method-of-moments fits, PERT shapes and triangular moments.

Writes moments.csv.  Versions used: Python 3.11.7, mpmath 1.3.0.

Columns: family, given, param1_name, param1, param2_name, param2.  The numbers
in "given" stand for the exact values of their doubles; the parameters follow
from those in 60-digit arithmetic and are rounded to double once.

  given "mean=..;sd=.."          gamma (shape, scale), beta (alpha, beta),
                                 lognormal (meanlog, sdlog), normal (mean, sd)
  given "mean=..;low=..;high=.." the same with sd = (high - low) / (2 z),
                                 z the double 1.959963984540054; the
                                 subtraction and division are not rounded
  given "min=..;mode=..;max=.."  pert (alpha, beta), pert_moments (mean, sd)
                                 and triangular (mean, sd)

Each fit is put back into the formulas for mean and variance of its family,
and each closed form for PERT and triangular is compared with quadrature of
the density.
"""
import os

import mpmath as mp

HERE = os.path.dirname(os.path.abspath(__file__))
mp.mp.dps = 60
Z = mp.mpf(1.959963984540054)
SMALL = mp.mpf(10) ** -40
NAMES = {"gamma": ("shape", "scale"), "beta": ("alpha", "beta"),
         "lognormal": ("meanlog", "sdlog"), "normal": ("mean", "sd")}


def fit(family, m, s):
    if family == "gamma":
        return (m / s) ** 2, s * s / m
    if family == "beta":
        total = m * (1 - m) / (s * s) - 1
        return m * total, (1 - m) * total
    if family == "lognormal":
        v = mp.log1p((s / m) ** 2)
        return mp.log(m) - v / 2, mp.sqrt(v)
    return m, s


def back(family, a, b):
    """Mean and variance of the fitted law, written out separately."""
    if family == "gamma":
        return a * b, a * b * b
    if family == "beta":
        return a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))
    if family == "lognormal":
        return mp.exp(a + b * b / 2), mp.expm1(b * b) * mp.exp(2 * a + b * b)
    return a, b * b


def add_fit(rows, family, given, m, s):
    a, b = fit(family, m, s)
    mean, variance = back(family, a, b)
    assert abs(mean / m - 1) < SMALL and abs(variance / s ** 2 - 1) < SMALL
    n1, n2 = NAMES[family]
    rows.append((family, given, n1, repr(float(a)), n2, repr(float(b))))


def add_range(rows, family, mean, low, high):
    """One row from the range, and one from the sd rounded to a double."""
    m, s = mp.mpf(mean), (mp.mpf(high) - mp.mpf(low)) / (2 * Z)
    add_fit(rows, family, f"mean={mean!r};low={low!r};high={high!r}", m, s)
    rounded = float(s)
    add_fit(rows, family, f"mean={mean!r};sd={rounded!r}", m, mp.mpf(rounded))


def quadrature(density, points):
    def integral(power):
        return mp.quad(lambda x: x ** power * density(x), points)
    total, first, second = integral(0), integral(1), integral(2)
    assert abs(total - 1) < mp.mpf(10) ** -12
    return first, mp.sqrt(second - first ** 2)


def add_three_point(rows, low, mode, high):
    given = f"min={low!r};mode={mode!r};max={high!r}"
    lo, md, hi = mp.mpf(low), mp.mpf(mode), mp.mpf(high)
    width = hi - lo
    a, b = 1 + 4 * (md - lo) / width, 1 + 4 * (hi - md) / width
    m = (lo + 4 * md + hi) / 6
    s = width * mp.sqrt(a * b / (a + b + 1)) / (a + b)

    def pert(x):
        t = (x - lo) / width
        return t ** (a - 1) * (1 - t) ** (b - 1) / mp.beta(a, b) / width
    qm, qs = quadrature(pert, [lo, md, hi] if lo < md < hi else [lo, hi])
    assert abs(qm - m) < 1e-9 * width and abs(qs - s) < 1e-9 * width
    rows.append(("pert", given, "alpha", repr(float(a)), "beta", repr(float(b))))
    rows.append(("pert_moments", given, "mean", repr(float(m)),
                 "sd", repr(float(s))))
    m = (lo + md + hi) / 3
    s = mp.sqrt((lo * lo + md * md + hi * hi
                 - lo * md - lo * hi - md * hi) / 18)

    def triangle(x):
        if x < md:
            return 2 * (x - lo) / (width * (md - lo))
        return 2 * (hi - x) / (width * (hi - md)) if hi > md else 2 / width
    qm, qs = quadrature(triangle, [lo, md, hi] if lo < md < hi else [lo, hi])
    assert abs(qm - m) < 1e-9 * width and abs(qs - s) < 1e-9 * width
    rows.append(("triangular", given, "mean", repr(float(m)),
                 "sd", repr(float(s))))


def main():
    rows = []
    for case in [("gamma", 1.0, 0.7, 1.3), ("gamma", 6.0, 2.0, 12.0),
                 ("gamma", 12.0, 6.0, 18.0), ("beta", 0.03, 0.01, 0.05),
                 ("beta", 0.4, 0.2, 0.6), ("gamma", 1.0, 0.0, 2.0)]:
        add_range(rows, *case)
    for family, mean, sd in [
            ("gamma", 1250.0, 430.0), ("gamma", 0.002, 0.004),
            ("beta", 0.85, 0.05), ("beta", 0.0005, 0.0002),
            ("lognormal", 1.4, 0.3), ("lognormal", 25000.0, 40000.0),
            ("lognormal", 1.0, 1e-9), ("normal", -3.5, 12.25),
            ("normal", 0.72, 0.08)]:
        add_fit(rows, family, f"mean={mean!r};sd={sd!r}",
                mp.mpf(mean), mp.mpf(sd))
    for three in [(0.0, 0.5, 1.0), (2.0, 6.0, 12.0), (0.01, 0.03, 0.05),
                  (-10.0, -10.0, 5.0), (100.0, 400.0, 400.0),
                  (0.7, 1.0, 1.3), (1e6, 1000001.0, 1000005.0)]:
        add_three_point(rows, *three)
    with open(os.path.join(HERE, "moments.csv"), "w", newline="\n") as f:
        f.write("family,given,param1_name,param1,param2_name,param2\n")
        for r in rows:
            f.write(",".join(r) + "\n")
    print("moments.csv:", len(rows), "rows")


if __name__ == "__main__":
    main()
