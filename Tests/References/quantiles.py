# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference quantiles, correctly rounded to double.

Writes quantiles.csv.  Versions used: Python 3.11.7, mpmath 1.3.0, SciPy 1.17.1
(SciPy only supplies starting points).

Columns: family, shape1, shape2, k, quantile, density, cdf_below, cdf_above.
  normal     standard; shape1 and shape2 empty
  lognormal  shape1 = meanlog, shape2 = sdlog
  gamma      shape1 = shape, shape2 = scale (1)
  beta       shape1 = alpha, shape2 = beta
  k          the probability is u = (k + 0.5) / 2**52, exact in a double
  quantile   nearest double to the exact quantile; 5e-324 where that would be
             zero, and 0.9999999999999999 where that would be one (beta)
  density    density at the double in the column quantile (inf if > max double)
  cdf_below  P(X <= quantile) and
  cdf_above  P(X > quantile), both at the double in the column quantile
Parameters stand for the exact values of their doubles (0.1 is the double 0.1).

Method.  The incomplete gamma function is its ascending series
    P(a, x) = x^a e^-x / Gamma(a+1) * sum x^n / ((a+1)...(a+n)),
the incomplete beta function is
    I_x(a, b) = x^a (1-x)^b / (a B(a,b)) * sum x^n (a+b)...(a+b+n-1) /
                                                   ((a+1)...(a+n)),
evaluated on whichever of x and 1-x is at most a half.  All terms are
positive, so nothing cancels inside a series; it is summed in 400-bit
fixed-point integers.  One minus a sum loses at most 17 of 120 digits.  The
smaller tail is matched in logarithms by Newton's method to a residual below
1e-45, which is verified for every row.  Rounding to double goes through exact
rationals, so subnormal results are rounded once.
"""
import os
import random
import sys
from fractions import Fraction
from math import isfinite
from multiprocessing import Pool

import mpmath as mp
from scipy import special

HERE = os.path.dirname(os.path.abspath(__file__))
W = 400                      # fixed-point bits of the series
mp.mp.prec = 400
ONE = 1 << W
TOLERANCE = mp.mpf(10) ** -45
GRID = 1 << 52

GAMMA = [0.05, 0.1, 0.15, 0.3, 0.5, 0.9, 1.0, 1.5, 2.5, 5.0, 10.0,
         42.684444444444445, 100.0, 1000.0, 9000.0, 20000.0, 1e5, 1e6]
BETA = [(0.1, 0.1), (0.1, 3.0), (0.5, 0.5), (1.0, 1.0), (1.0, 3.0),
        (2.0, 5.0), (15.0, 985.0), (8.36, 270.3), (9.204, 13.806),
        (5.0, 995.0), (5.0, 9995.0), (5.0, 99995.0), (60.0, 50.0),
        (1000.0, 1000.0), (20000.0, 30000.0), (1e5, 1e5), (0.1, 1e5),
        (99995.0, 5.0)]
SDLOG = [0.05, 0.25, 0.5, 1.0986122886681098, 2.0]


def grid(case):
    levels = ["1e-14", "1e-12", "1e-10", "1e-8", "1e-6", "1e-5", "1e-4",
              "1e-3", "0.0025", "0.005", "0.01", "0.02", "0.025", "0.03",
              "0.05", "0.07"]
    levels = [Fraction(s) for s in levels]
    levels += [Fraction(10 + 3 * i, 100) for i in range(14)]    # 0.10 .. 0.49
    ks = {0, 1, 2, 4, GRID // 2 - 1}
    for level in levels:
        ks.add(round(level * GRID - Fraction(1, 2)))
    ks |= {GRID - 1 - k for k in ks}
    source = random.Random(7000 + case)
    ks |= {source.randrange(GRID) for _ in range(12)}
    return sorted(ks)


def fixed(v):
    """Fixed-point integer nearest below an mpf or float."""
    return int(mp.floor(mp.ldexp(mp.mpf(v), W)))


def fraction(v):
    sign, man, exp, _ = v._mpf_
    value = Fraction(man) * (Fraction(2) ** exp)
    return -value if sign else value


def to_double(v):
    """Correctly rounded double of an mpf, subnormals included."""
    try:
        return float(fraction(v))
    except OverflowError:
        return float("inf") if v > 0 else float("-inf")


class Gamma:
    def __init__(self, a):
        self.a = mp.mpf(a)
        self.afix = fixed(a)
        self.const = mp.loggamma(self.a + 1)
        self.lgamma = mp.loggamma(self.a)
        self.shape = a

    def lower(self, x):
        a, x_fix = self.afix, fixed(x)
        term, total, n = ONE, ONE, a
        while term > 0:
            n += ONE
            term = term * x_fix // n
            total += term
        return mp.exp(self.a * mp.log(x) - x - self.const) * \
            mp.ldexp(mp.mpf(total), -W)

    def tails(self, x):
        p = self.lower(x)
        return p, 1 - p

    def log_density(self, x):
        return (self.a - 1) * mp.log(x) - x - self.lgamma

    def start(self, u, upper):
        s = special.gammainccinv(self.shape, float(1 - u)) if upper else \
            special.gammaincinv(self.shape, float(u))
        if isfinite(s) and s > 1e-290:
            return mp.mpf(float(s))
        return mp.exp((mp.log(u) + self.const) / self.a)

    def solve(self, u):
        """Newton in z = log x on the logarithm of the smaller tail."""
        upper = u > 0.5
        target = mp.log(1 - u if upper else u)
        x = self.start(u, upper)
        for _ in range(60):
            p, q = self.tails(x)
            t = q if upper else p
            g = mp.log(t) - target
            if abs(g) < TOLERANCE:
                return x
            slope = x * mp.exp(self.log_density(x)) / t
            x *= mp.exp(g / slope if upper else -g / slope)
        raise ArithmeticError(("gamma", self.shape, u))


class Beta:
    """Points are pairs (x, y) with y = 1 - x, both to full precision."""

    def __init__(self, a, b):
        self.ab = (a, b)
        self.a, self.b = mp.mpf(a), mp.mpf(b)
        self.lbeta = mp.loggamma(self.a) + mp.loggamma(self.b) - \
            mp.loggamma(self.a + self.b)

    def series(self, a, b, x, y):
        """I_x(a, b) for x at most about a half."""
        x_fix, ab = fixed(x), fixed(a) + fixed(b)
        term, total, n = ONE, ONE, fixed(a)
        while term > 0:
            n += ONE
            term = ((term * ab) // n) * x_fix >> W
            ab += ONE
            total += term
        return mp.exp(a * mp.log(x) + b * mp.log(y) - self.lbeta) / a * \
            mp.ldexp(mp.mpf(total), -W)

    def tails(self, x, y):
        if x <= y:
            p = self.series(self.a, self.b, x, y)
            return p, 1 - p
        q = self.series(self.b, self.a, y, x)
        return 1 - q, q

    def log_density(self, x, y):
        return (self.a - 1) * mp.log(x) + (self.b - 1) * mp.log(y) - self.lbeta

    def solve(self, u):
        """Newton in z = log(x/y) on the logarithm of the smaller tail."""
        upper = u > 0.5
        small = 1 - u if upper else u
        # the tail of interest belongs to x (lower) or to y (upper)
        a, b = self.ab[::-1] if upper else self.ab
        s = float(special.betaincinv(a, b, float(small)))
        if isfinite(s) and 1e-290 < s < 0.9:
            s = mp.mpf(s)
        elif isfinite(s) and s >= 0.9:
            s = 1 - mp.mpf(float(special.betainccinv(b, a, float(small))))
        else:
            s = mp.exp((mp.log(small) + mp.log(a) + self.lbeta) / a)
        x, y = (1 - s, s) if upper else (s, 1 - s)
        target = mp.log(small)
        for _ in range(60):
            p, q = self.tails(x, y)
            t = q if upper else p
            g = mp.log(t) - target
            if abs(g) < TOLERANCE:
                return x, y
            slope = x * y * mp.exp(self.log_density(x, y)) / t
            odds = x / y * mp.exp(g / slope if upper else -g / slope)
            x, y = odds / (1 + odds), 1 / (1 + odds)
        raise ArithmeticError(("beta", self.ab, u))


def normal_tails(z):
    r = mp.sqrt(2)
    return mp.erfc(-z / r) / 2, mp.erfc(z / r) / 2


def normal_solve(u):
    upper = u > 0.5
    small = 1 - u if upper else u
    target, z = mp.log(small), mp.mpf(float(special.ndtri(float(small))))
    for _ in range(60):
        p = normal_tails(z)[0]
        g = mp.log(p) - target
        if abs(g) < TOLERANCE:
            return -z if upper else z
        z -= g * p / (mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi))
    raise ArithmeticError(("normal", u))


def rows_of(job):
    """All rows of one (case number, family, shape1, shape2)."""
    case, family, s1, s2 = job
    law = Gamma(s1) if family == "gamma" else \
        Beta(s1, s2) if family == "beta" else None
    out = []
    for k in grid(case):
        u = mp.mpf(2 * k + 1) / (2 * GRID)
        if family == "normal":
            d = to_double(normal_solve(u))
            z = mp.mpf(d)
            density = mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)
            below, above = normal_tails(z)
        elif family == "lognormal":
            d = to_double(mp.exp(mp.mpf(s1) + mp.mpf(s2) * normal_solve(u)))
            x = mp.mpf(d)
            z = (mp.log(x) - mp.mpf(s1)) / mp.mpf(s2)
            density = mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi) / (x * mp.mpf(s2))
            below, above = normal_tails(z)
        elif family == "gamma":
            d = max(to_double(law.solve(u)), 5e-324)
            x = mp.mpf(d)
            density = mp.exp(law.log_density(x))
            below, above = law.tails(x)
        else:
            x, y = law.solve(u)
            d = float(fraction(x)) if x <= y else float(1 - fraction(y))
            d = min(max(d, 5e-324), 0.9999999999999999)
            x = mp.mpf(d)
            y = 1 - x if x > mp.mpf(2) ** -W else mp.mpf(1)
            density = mp.exp(law.log_density(x, y))
            below, above = law.tails(x, y)
        out.append(",".join([
            family, "" if s1 is None else repr(s1),
            "" if s2 is None else repr(s2), str(k), repr(d),
            repr(to_double(density)), repr(to_double(below)),
            repr(to_double(above))]))
    return case, out


def main():
    cases = [("normal", None, None)]
    cases += [("lognormal", 0.0, s) for s in SDLOG]
    cases += [("gamma", a, 1.0) for a in GAMMA]
    cases += [("beta", a, b) for a, b in BETA]
    jobs = [(i, *c) for i, c in enumerate(cases)]
    done = {}
    # the expensive cases (large shapes) first, so both processes stay busy
    order = sorted(jobs, key=lambda j: -(j[2] or 0) - (j[3] or 0))
    with Pool(2) as pool:
        for case, rows in pool.imap_unordered(rows_of, order):
            done[case] = rows
            print(len(done), "of", len(jobs), cases[case], file=sys.stderr)
    with open(os.path.join(HERE, "quantiles.csv"), "w", newline="\n") as f:
        f.write("family,shape1,shape2,k,quantile,density,cdf_below,cdf_above\n")
        for case in range(len(jobs)):
            f.write("\n".join(done[case]) + "\n")
    print("quantiles.csv:", sum(map(len, done.values())), "rows")


if __name__ == "__main__":
    main()
