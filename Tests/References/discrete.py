# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference quantiles, masses, tails and moments of the discrete families.

Writes discrete.csv and discrete_moments.csv.  Versions used: Python 3.11.7,
mpmath 1.3.0, SciPy 1.17.1 (SciPy only for the second way).

discrete.csv: family, parameters, k, quantile, mass, cdf_below, cdf_above.
quantile is the least x with P(X <= x) >= u for u = (k + 0.5) / 2^52; mass,
cdf_below = P(X <= x) and cdf_above = P(X > x) belong to that x.  A restricted
law has the family of its base with a prefix, truncated:poisson, and lower and
upper as last parameters (empty when open; values at a limit are kept).  A
categorical law lists value:weight pairs.
discrete_moments.csv: family, parameters, mean, variance.

Method.  Masses from one logarithm of gamma functions and exact ratios of
neighbouring masses, in 200-bit arithmetic, outwards from the most likely value
until they are below 1e-45 of it; tails are their sums from either end.  The sum
of all masses must be 1 within 1e-30.  Two negative binomial laws with too many
values for sums have their tails from regularised incomplete beta functions, and
geometric and uniform laws have closed forms.

Second way: SciPy's distributions, where they are right, row by row: tails
within 1e-9 relative or 1e-13, as SciPy allows.
"""
import os
import random
import sys
from fractions import Fraction
from math import ceil, floor, inf
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

from quantiles import GRID, HERE, to_double

mp.mp.prec = 200
LEAST = mpf("1e-45")


def grid(case):
    levels = ["1e-15", "1e-14", "1e-12", "1e-10", "1e-8", "1e-6", "1e-5", "1e-4",
              "1e-3", "0.005", "0.01", "0.025", "0.05", "0.1", "0.15", "0.2",
              "0.25", "0.3", "0.35", "0.4", "0.45", "0.49"]
    ks = {0, 1, GRID // 2 - 1}
    for level in levels:
        ks.add(round(Fraction(level) * GRID - Fraction(1, 2)))
    ks |= {GRID - 1 - k for k in ks}
    source = random.Random(9000 + case)
    ks |= {source.randrange(GRID) for _ in range(6)}
    return sorted(ks)


def log_binomial(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


class Swept:
    """Values start ... with masses and both tails, from mass(k) and ratio(k)."""

    def __init__(self, mass, up, mode, low, high, lower=None, upper=None):
        self.whole = lower is None and upper is None
        low = max(low, ceil(lower)) if lower is not None else low
        high = min(high, floor(upper)) if upper is not None else high
        mode = min(max(mode, low), high)
        first = mass(mode)
        ups, downs = [], []
        k, term = mode, first
        while k < high and term > LEAST * first:
            term = term * up(k)
            k += 1
            ups.append(term)
        k, term = mode, first
        while k > low and term > LEAST * first:
            k -= 1
            term = term / up(k)
            downs.append(term)
        self.set(list(range(mode - len(downs), mode + len(ups) + 1)), downs[::-1] + [first] + ups)

    def set(self, values, masses):
        total = sum(masses)
        if self.whole:
            assert abs(total - 1) < mpf("1e-30"), mp.nstr(total - 1)
        masses = [m / total for m in masses]
        self.values, self.masses = values, masses
        self.below, s = [], mpf(0)
        for m in masses:
            s += m
            self.below.append(s)
        self.above, s = [], mpf(0)
        for m in masses[::-1]:
            self.above.append(s)
            s += m
        self.above.reverse()

    def at(self, u):
        lo, hi = 0, len(self.values) - 1
        lower = u <= 0.5
        v = 1 - u
        while lo < hi:
            mid = (lo + hi) // 2
            if (self.below[mid] >= u) if lower else (self.above[mid] <= v):
                hi = mid
            else:
                lo = mid + 1
        return self.values[lo], self.masses[lo], self.below[lo], self.above[lo]

    def moments(self):
        mean = sum(m * x for m, x in zip(self.masses, self.values))
        return mean, sum(m * (x - mean) ** 2 for m, x in zip(self.masses, self.values))


class Listed(Swept):
    def __init__(self, pairs):
        self.whole = False
        pairs = sorted((x, w) for x, w in pairs if w > 0)
        values = sorted({x for x, _ in pairs})
        self.set([mpf(x) for x in values],
                 [sum(mpf(w) for y, w in pairs if y == x) for x in values])


class Closed:
    """A law by tails at any whole k, inverted by bisection."""

    def __init__(self, low, high, mass, below, above, mean, variance):
        self.low, self.high, self.mass = low, high, mass
        self.below, self.above, self.mv = below, above, (mean, variance)

    def at(self, u):
        lo, hi = self.low - 1, self.low + 1
        reach = (lambda k: k >= self.high or self.below(k) >= u) if u <= 0.5 else (
            lambda k: k >= self.high or self.above(k) <= 1 - u)
        while not reach(hi):
            lo, hi = hi, self.low + 2 * (hi - self.low)
        while hi - lo > 1:
            mid = (lo + hi) // 2
            if reach(mid):
                hi = mid
            else:
                lo = mid
        end = hi == self.high
        return (hi, self.mass(hi), mpf(1) if end else self.below(hi),
                mpf(0) if end else self.above(hi))

    def moments(self):
        return self.mv


def binomial(n, p, lower=None, upper=None):
    n, q = int(n), mpf(1) - mpf(p)
    p = mpf(p)
    odds = p / q
    return Swept(lambda k: mp.exp(log_binomial(n, k) + k * mp.log(p) + (n - k) * mp.log(q)),
                 lambda k: odds * (n - k) / (k + 1), int((n + 1) * p), 0, n, lower, upper)


def poisson(mean, lower=None, upper=None):
    mean = mpf(mean)
    return Swept(lambda k: mp.exp(k * mp.log(mean) - mean - mp.loggamma(k + 1)),
                 lambda k: mean / (k + 1), int(mean), 0, inf, lower, upper)


def negative_binomial(mean, size, lower=None, upper=None):
    mean, size = mpf(mean), mpf(size)
    p, q = size / (size + mean), mean / (size + mean)
    mass = lambda k: mp.exp(mp.loggamma(k + size) - mp.loggamma(k + 1) - mp.loggamma(size)
                            + size * mp.log(p) + k * mp.log(q))
    if mean > 1e5 and size < 1000:
        def tail(k, above):
            with mp.workprec(400):
                below = beta_series(p, size, mpf(k + 1))
            return 1 - below if above else below
        return Closed(0, inf, mass, lambda k: tail(k, False), lambda k: tail(k, True), mean,
                      mean / p)
    mode = int((size - 1) * q / p) if size > 1 else 0
    return Swept(mass, lambda k: q * (k + size) / (k + 1), mode, 0, inf, lower, upper)


def beta_series(x, a, b):
    """I_x(a, b) for tiny x: DLMF 8.17.8, all terms of one sign."""
    term = mp.exp(a * mp.log(x) + b * mp.log1p(-x) - mp.log(a) - mp.log(mp.beta(a, b)))
    total, j = mpf(0), 0
    while term > total * mpf("1e-60"):
        total += term
        term *= x * (a + b + j) / (a + 1 + j)
        j += 1
    return total


def geometric(p):
    p = mpf(p)
    q, log_q = 1 - p, mp.log1p(-p) if p < 1 else mpf("-inf")
    if p == 1:
        return Listed([(0, 1.0)])
    return Closed(0, inf, lambda k: p * mp.exp(k * log_q), lambda k: -mp.expm1((k + 1) * log_q),
                  lambda k: mp.exp((k + 1) * log_q), q / p, q / p ** 2)


def hypergeometric(n, s, d, lower=None, upper=None):
    n, s, d = int(n), int(s), int(d)
    def mass(k):
        return mp.exp(log_binomial(s, k) + log_binomial(n - s, d - k) - log_binomial(n, d))
    return Swept(mass, lambda k: mpf((s - k) * (d - k)) / ((k + 1) * (n - s - d + k + 1)),
                 (d + 1) * (s + 1) // (n + 2), max(0, d - (n - s)), min(d, s), lower, upper)


def uniform(low, high):
    low, high = int(low), int(high)
    n = mpf(high - low + 1)
    return Closed(low, high, lambda k: 1 / n, lambda k: (k - low + 1) / n, lambda k: (high - k) / n,
                  mpf(low + high) / 2, (n * n - 1) / 12)


def bernoulli(p):
    return Listed([(0, mpf(1) - mpf(p)), (1, mpf(p))])


def categorical(*pairs):
    return Listed(pairs)


LAWS = {"binomial": (binomial, "n p"), "poisson": (poisson, "mean"),
        "negative-binomial": (negative_binomial, "mean size"), "geometric": (geometric, "p"),
        "hypergeometric": (hypergeometric, "population successes draws"),
        "discrete-uniform": (uniform, "min max"), "bernoulli": (bernoulli, "p"),
        "categorical": (categorical, "")}
CASES = []


def cases(family, *values):
    for v in values:
        CASES.append((family, v if isinstance(v, tuple) else (v,)))


cases("bernoulli", 0.5, 0.3, 1e-6, 1e-15, 0.999999999, 0.0, 1.0)
cases("binomial", (1, 0.5), (10, 0.3), (50, 1e-9), (999, 0.5), (1000, 0.5), (1000, 0.001),
      (2000, 0.7), (100000, 1e-5), (1000000, 0.999999), (1000000000, 1e-8),
      (1000000000, 0.5), (1000000000, 0.37), (300, 0.9999))
cases("poisson", 1e-5, 0.5, 3.7, 50.0, 98.9, 1000.0, 1e5, 1e8)
cases("negative-binomial", (3.0, 0.5), (10.0, 0.01), (100.0, 2.5), (2.0, 1e6), (10000.0, 10.0),
      (0.001, 0.1), (1e5, 1e9), (700.0, 500.0), (1e6, 0.5), (1e9, 1.0), (1e7, 0.01))
cases("geometric", 0.5, 0.01, 0.999999, 1e-4, 1e-9, 1e-12, 1.0)
cases("hypergeometric", (50, 5, 10), (1000, 500, 100), (1000000, 10, 100000),
      (1000000000, 500000000, 500000000), (1000000000, 100000, 10000000), (100, 99, 50),
      (10, 10, 3), (1000000, 999990, 500000), (5000, 4900, 4950))
cases("discrete-uniform", (1, 6), (0, 1), (-5, 5), (0, 1000000000), (7, 7), (1, 1000003),
      (-1000000000000000, 1000000000000000))
cases("categorical", ((0.0, 0.6), (100.0, 0.3), (2500.5, 0.1)), ((-1.5, 1.0), (1e300, 1e-300)),
      ((3.0, 7.0),), ((1.0, 1e-14), (2.0, 1.0), (3.0, 1e-14)),
      ((5.0, 2.0), (1.0, 3.0), (5.0, 1.0), (2.0, 0.0)),
      tuple((float(i), 1.0 + i % 7) for i in range(60)))
cases("truncated:poisson", (3.0, 1, None), (3.0, 20, None), (1.0, 150, None), (1000.0, 900, 950),
      (4.2, 2.5, 2.9 + 1))
cases("truncated:binomial", (10, 0.3, None, 1), (100000, 1e-5, 1, 8), (1000000, 0.5, 502000, None))
cases("truncated:negative-binomial", (3.0, 0.5, 1, None), (100.0, 2.5, 5, 40))
cases("truncated:hypergeometric", (1000, 500, 100, 60, None))


def law_of(family, values):
    return LAWS[family.removeprefix("truncated:")][0](*values)


def text(family, values):
    if family == "categorical":
        return ";".join(f"{x!r}:{w!r}" for x, w in values)
    names = LAWS[family.removeprefix("truncated:")][1].split()
    names += ["lower", "upper"] if family.startswith("truncated:") else []
    return ";".join(f"{n}={'' if v is None else repr(v)}" for n, v in zip(names, values))


def rows_of(case):
    family, values = CASES[case]
    law = law_of(family, values)
    out = []
    for k in grid(case):
        x, mass, below, above = law.at(mpf(2 * k + 1) / (2 * GRID))
        out.append(",".join([family, text(family, values), str(k)]
                            + [repr(to_double(mpf(v))) for v in (x, mass, below, above)]))
    return case, out, ",".join([family, text(family, values)]
                               + [repr(to_double(mpf(v))) for v in law.moments()])


def scipy_law(family, values):
    from scipy import stats
    make = {"bernoulli": lambda p: stats.bernoulli(p), "binomial": lambda n, p: stats.binom(n, p),
            "poisson": lambda m: stats.poisson(m),
            "negative-binomial": lambda m, s: stats.nbinom(s, s / (s + m)),
            "geometric": lambda p: stats.geom(p, loc=-1),
            "hypergeometric": lambda n, s, d: stats.hypergeom(n, s, d),
            "discrete-uniform": lambda a, b: stats.randint(a, b + 1)}.get(family)
    return make(*values) if make else None


def second_way(case, rows):
    """SciPy's tails; returns the number compared and the worst disagreements."""
    family, values = CASES[case]
    law = scipy_law(family, values)
    # SciPy's own limits: hypergeometric sums of 1e9, Poisson means of 1e8, ranges beyond int32.
    if law is None or any(abs(v) > 2e9 for v in values) or (
            family == "hypergeometric" and values[0] > 1e6) or (
            family == "poisson" and values[0] > 1e6):
        return 0, 0.0
    worst = 0.0
    for row in rows:
        _, _, _, x, mass, below, above = row.split(",")
        for found, expected in ((law.cdf(float(x)), float(below)), (law.sf(float(x)), float(above)),
                                (law.pmf(float(x)), float(mass))):
            if abs(found - expected) > 1e-13:
                worst = max(worst, abs(found - expected) / expected)
    assert worst < 1e-6, (family, values, worst)
    return len(rows), worst


def main():
    done = {}
    with Pool(2) as pool:
        for case, rows, moments in pool.imap_unordered(rows_of, range(len(CASES))):
            done[case] = rows, moments
            count, worst = second_way(case, rows)
            print(len(done), "of", len(CASES), CASES[case][0], str(CASES[case][1])[:60],
                  "SciPy", count, f"{worst:.1e}", file=sys.stderr)
    with open(os.path.join(HERE, "discrete.csv"), "w", newline="\n") as f:
        f.write("family,parameters,k,quantile,mass,cdf_below,cdf_above\n")
        for case in range(len(CASES)):
            f.write("\n".join(done[case][0]) + "\n")
    with open(os.path.join(HERE, "discrete_moments.csv"), "w", newline="\n") as f:
        f.write("family,parameters,mean,variance\n")
        for case in range(len(CASES)):
            f.write(done[case][1] + "\n")
    print("discrete.csv:", sum(len(r) for r, _ in done.values()), "rows")


if __name__ == "__main__":
    main()
