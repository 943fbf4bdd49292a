# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference quantiles and moments of laws made of other laws, of lists and of samples.

Writes mixtures.csv and mixtures_moments.csv.  Versions used: Python 3.11.7,
mpmath 1.3.0, SciPy 1.17.1 (starting points of families.py only).

mixtures.csv: law, k, quantile, density, cdf_below, cdf_above, with the meaning
that quantiles.csv gives them; `law` is a name that this script and the test
(Tests/SimCoreTests/Composed) define alike.  The density at a point mass is inf.
mixtures_moments.csv: law, mean, variance; inf where a moment is infinite.

Method.  400-bit arithmetic, 180 bits for metalogs and smoothed samples.  Tails are written out as definitions: sums over
components, kernels or values; quantiles of mixtures, smoothed samples and folded
laws by bisection of the tail between doubles, down to neighbouring doubles; of
metalogs by the series itself, their tails by bisection of the series.  Moments by
their formulas, of metalogs and folded laws by quadrature.
"""
import csv
import os
from fractions import Fraction
from math import inf, nextafter
from multiprocessing import Pool
import struct

import mpmath as mp
from mpmath import mpf

import families
from families import HERE, GRID, Law, grid, law_of, phi
from quantiles import to_double

mp.mp.prec = 400


def key(x):
    n = struct.unpack("<q", struct.pack("<d", x))[0]
    return n if n >= 0 else -(n & 0x7FFFFFFFFFFFFFFF)


def unkey(n):
    return struct.unpack("<d", struct.pack("<q", n))[0] if n >= 0 else \
        -struct.unpack("<d", struct.pack("<q", -n))[0]


class ShortGamma(Law):
    """A gamma whose upper tail counts as 0 where it is below exp(-2000)."""
    low = 0.0

    def __init__(self, shape, scale):
        self.law, self.end = law_of("gamma", {"shape": shape, "scale": scale}), 2000 * scale
        self.quantile, self.moments = self.law.quantile, self.law.moments

    def tails(self, x):
        return self.law.tails(x) if x < self.end else (mpf(1), mpf(0))

    def density(self, x):
        return self.law.density(x) if x < self.end else mpf(0)


class Composed(Law):
    """Quantiles by bisection of the tails; atoms is {value: probability}."""
    atoms = {}

    def tail(self, x, upper):
        return self.tails(x)[upper]

    def bracket(self, u):
        """Two numbers with the quantile between them."""
        raise NotImplementedError

    def quantile(self, u):
        upper = u > 0.5
        p = 1 - u if upper else u

        def is_below(x):  # F(x) < u
            t = self.tail(mpf(x), upper)
            return t > p if upper else t < p
        for value in sorted(self.atoms):
            if not is_below(value) and is_below_left(self, value, p, upper):
                return mpf(value)
        low, high = self.bracket(u)
        a, b = key(float(low)) - 9, key(float(high)) + 9
        while b - a > 1:
            m = (a + b) // 2
            if is_below(unkey(m)):
                a = m
            else:
                b = m
        # Between two doubles the law is straight.
        x, y = mpf(unkey(a)), mpf(unkey(b))
        side = 1 if upper else 0
        tx, ty = self.tails(x)[side], self.tails(y)[side]
        return x + (y - x) * (p - tx) / (ty - tx) if tx != ty else x


def is_below_left(law, value, p, upper):
    """Whether P(X < value) is below u."""
    mass = mpf(law.atoms[value])
    t = law.tails(mpf(value))
    return t[1] + mass > p if upper else t[0] - mass < p


class PointMass(Law):
    def __init__(self, value):
        self.value = self.low = self.high = value
        self.atoms = {value: mpf(1)}

    def quantile(self, u):
        return mpf(self.value)

    def tails(self, x):
        return (mpf(1), mpf(0)) if x >= self.value else (mpf(0), mpf(1))

    def density(self, x):
        return mp.inf if x == self.value else mpf(0)

    def moments(self):
        return mpf(self.value), mpf(0)


class Uniform(Law):
    def __init__(self, low, high):
        self.low, self.high = low, high

    def quantile(self, u):
        return self.low + u * (mpf(self.high) - self.low)

    def tails(self, x):
        w = mpf(self.high) - self.low
        p = min(max((x - self.low) / w, mpf(0)), mpf(1))
        return p, min(max((self.high - x) / w, mpf(0)), mpf(1))

    def density(self, x):
        return 1 / (mpf(self.high) - self.low) if self.low <= x <= self.high else mpf(0)

    def moments(self):
        return (mpf(self.low) + self.high) / 2, (mpf(self.high) - self.low) ** 2 / 12


class Mixture(Composed):
    def __init__(self, *parts):
        total = sum(mpf(w) for w, _ in parts)
        self.parts = [(mpf(w) / total, law) for w, law in parts]
        self.low = min(law.low for _, law in parts)
        self.high = max(law.high for _, law in parts)
        self.atoms = {}
        for w, law in self.parts:
            for value, mass in getattr(law, "atoms", {}).items():
                self.atoms[value] = self.atoms.get(value, 0) + w * mass

    def tails(self, x):
        below = above = mpf(0)
        for w, law in self.parts:
            if isinstance(law, PointMass):
                t = law.tails(x)
            else:
                t = (0, 1) if x <= law.low else (1, 0) if x >= law.high else law.tails(x)
            below, above = below + w * t[0], above + w * t[1]
        return below, above

    def density(self, x):
        return sum((w * law.density(x) for w, law in self.parts
                    if isinstance(law, (PointMass, Uniform)) or law.low < x < law.high),
                   mpf(0))

    def bracket(self, u):
        quantiles = [law.quantile(u) for _, law in self.parts]
        return min(quantiles), max(quantiles)

    def moments(self):
        all_moments = [(w, law.moments()) for w, law in self.parts]
        mean = sum(w * m for w, (m, _) in all_moments)
        if mean == mp.inf:
            return mp.inf, mp.inf
        return mean, sum(w * (v + (m - mean) ** 2) for w, (m, v) in all_moments)


class Sample(Composed):
    """Resampling: every value an atom."""

    def __init__(self, values):
        self.values = sorted(values)
        self.low, self.high = self.values[0], self.values[-1]
        n = len(values)
        self.atoms = {v: mpf(self.values.count(v)) / n for v in set(values)}

    def quantile(self, u):
        n = len(self.values)
        return mpf(self.values[int(mp.ceil(n * u)) - 1])

    def tails(self, x):
        n = len(self.values)
        below = sum(v <= x for v in self.values)
        return mpf(below) / n, mpf(n - below) / n

    def density(self, x):
        return mp.inf if any(v == x for v in self.values) else mpf(0)

    def moments(self):
        n = len(self.values)
        m = sum(map(mpf, self.values)) / n
        return m, sum((v - m) ** 2 for v in self.values) / n


class Smoothed(Composed):
    def __init__(self, values, h=None):
        self.values = [mpf(v) for v in sorted(values)]
        n = len(values)
        m = sum(self.values) / n
        self.mean, self.spread = m, sum((v - m) ** 2 for v in self.values) / n
        if h is None:
            sd = mp.sqrt(self.spread * n / (n - 1))

            def q(p):
                at = (n - 1) * mpf(p)
                k = min(int(at), n - 2)
                return self.values[k] + (at - k) * (self.values[k + 1] - self.values[k])
            iqr = (q(0.75) - q(0.25)) / mpf("1.34")
            h = mpf("0.9") * (min(sd, iqr) if iqr > 0 else sd) * mpf(n) ** (-mpf(1) / 5)
        self.h = mpf(h)

    def tail(self, x, upper):
        r = self.h * mp.sqrt(2) * (1 if upper else -1)
        return sum(mp.erfc((x - v) / r) for v in self.values) / 2 / len(self.values)

    def tails(self, x):
        return self.tail(x, False), self.tail(x, True)

    def density(self, x):
        return sum(phi((x - v) / self.h) for v in self.values) / self.h / len(self.values)

    def bracket(self, u):
        z = normal(0.0, 1.0).quantile(u)
        return self.values[0] + self.h * z, self.values[-1] + self.h * z

    def moments(self):
        return self.mean, self.spread + self.h ** 2


class Lines(Law):
    def __init__(self, probabilities, values):
        self.p, self.v = [mpf(p) for p in probabilities], [mpf(v) for v in values]
        self.low, self.high = values[0], values[-1]
        if values[0] == values[1]:
            self.low = nextafter(values[0], -inf)
        if values[-1] == values[-2]:
            self.high = nextafter(values[-1], inf)

    def quantile(self, u):
        k = next(k for k in range(1, len(self.p)) if u <= self.p[k])
        share = (u - self.p[k - 1]) / (self.p[k] - self.p[k - 1])
        return self.v[k - 1] + (self.v[k] - self.v[k - 1]) * share

    def tails(self, x):
        k = sum(v <= x for v in self.v)
        if k == 0:
            return mpf(0), mpf(1)
        if k == len(self.v):
            return mpf(1), mpf(0)
        share = (x - self.v[k - 1]) / (self.v[k] - self.v[k - 1])
        below = self.p[k - 1] + share * (self.p[k] - self.p[k - 1])
        return below, 1 - below

    def density(self, x):
        k = sum(v <= x for v in self.v)
        if k >= 2 and self.v[k - 1] == x == self.v[k - 2]:
            return mp.inf
        k = min(max(k, 1), len(self.v) - 1)
        if self.v[k] == self.v[k - 1]:
            return mp.inf
        return (self.p[k] - self.p[k - 1]) / (self.v[k] - self.v[k - 1])

    def moments(self):
        pieces = list(zip(self.p, self.p[1:], self.v, self.v[1:]))
        m = sum((q - p) * (a + b) / 2 for p, q, a, b in pieces)
        return m, sum((q - p) * (a * a + a * b + b * b) / 3 for p, q, a, b in pieces) - m * m


class Metalog(Law):
    def __init__(self, a, lower=None, upper=None):
        self.a, self.lower, self.upper = [mpf(c) for c in a], lower, upper
        ends = [self.value(self.m_end(d)) for d in (-1, 1)]
        self.low, self.high = float(ends[0]), float(ends[1])

    def m_end(self, sign):
        a = self.a + [mpf(0)] * (10 - len(self.a))
        d = mpf(sign) / 2
        s = a[1] + a[2] * d + a[5] * d ** 2 + a[7] * d ** 3 + a[9] * d ** 4
        if s > 0:
            return sign * mp.inf
        return a[0] + a[3] * d + a[4] * d ** 2 + a[6] * d ** 3 + a[8] * d ** 4

    def m(self, p, q):
        a = self.a + [mpf(0)] * (10 - len(self.a))
        d, logit = (p - q) / 2, mp.log(p / q)
        return (a[0] + a[1] * logit + a[2] * d * logit + a[3] * d + a[4] * d ** 2
                + a[5] * d ** 2 * logit + a[6] * d ** 3 + a[7] * d ** 3 * logit
                + a[8] * d ** 4 + a[9] * d ** 4 * logit)

    def slope(self, p, q):
        a = self.a + [mpf(0)] * (10 - len(self.a))
        d, logit, r = (p - q) / 2, mp.log(p / q), 1 / (p * q)
        return (a[1] * r + a[2] * (logit + d * r) + a[3] + 2 * a[4] * d
                + a[5] * (2 * d * logit + d ** 2 * r) + 3 * a[6] * d ** 2
                + a[7] * (3 * d ** 2 * logit + d ** 3 * r) + 4 * a[8] * d ** 3
                + a[9] * (4 * d ** 3 * logit + d ** 4 * r))

    def value(self, m):
        a, b = self.lower, self.upper
        if a is None and b is None:
            return m
        if b is None:
            return a + mp.exp(m)
        if a is None:
            return b - mp.exp(-m)
        return a + (mpf(b) - a) / (1 + mp.exp(-m))

    def quantile(self, u):
        return self.value(self.m(u, 1 - u))

    def logit(self, x):
        a, b = self.lower, self.upper
        m = (x if a is None and b is None else mp.log(x - a) if b is None
             else -mp.log(b - x) if a is None else mp.log((x - a) / (b - x)))
        low, high = mpf(-900), mpf(900)
        with mp.workprec(500):
            for _ in range(50):
                middle = (low + high) / 2
                if self.at(middle)[0] < m:
                    low = middle
                else:
                    high = middle
            logit = middle
            for _ in range(12):
                value, rise = self.at(logit)
                logit -= (value - m) / rise
        return logit

    def at(self, logit):
        """M and dM/dlogit."""
        e = mp.exp(-logit)
        p, q = 1 / (1 + e), e / (1 + e)
        return self.m(p, q), self.slope(p, q) * p * q

    def tails(self, x):
        e = mp.exp(-self.logit(x))
        return 1 / (1 + e), e / (1 + e)

    def density(self, x):
        p, q = self.tails(x)
        a, b = self.lower, self.upper
        stretch = (1 if a is None and b is None else x - a if b is None
                   else b - x if a is None else (x - a) * (b - x) / (mpf(b) - a))
        return 1 / (self.slope(p, q) * stretch)

    def moments(self):
        # In the logarithm of each tail, where heavy tails fall like an exponential.
        with mp.workprec(120):
            cuts = [mp.log(2)] + [mpf(2) ** i for i in range(0, 12)]

            def mean(f):
                def both(t):
                    p = mp.exp(-t)
                    return p * (f(self.value(self.m(p, 1 - p))) + f(self.value(self.m(1 - p, p))))
                return mp.quad(both, cuts)
            m = mean(lambda x: x)
            return m, mean(lambda x: (x - m) ** 2)


class Folded(Composed):
    def __init__(self, base, centre):
        self.base, self.centre = base, mpf(centre)
        self.low = 0.0
        self.high = max(base.high - centre, centre - base.low)

    def of(self, x):
        law = self.base
        return (0, 1) if x <= law.low else (1, 0) if x >= law.high else law.tails(x)

    def tails(self, x):
        a, b = self.of(self.centre - x), self.of(self.centre + x)
        above = a[0] + b[1]
        return 1 - above, above

    def density(self, x):
        law = self.base
        return sum((law.density(y) for y in (self.centre - x, self.centre + x)
                    if law.low < y < law.high), mpf(0))

    def bracket(self, u):
        half = (1 - u) / 2
        away = self.base.quantile(1 - half) - self.centre, self.centre - self.base.quantile(half)
        return max(min(away), mpf(0)), max(away)

    def moments(self):
        mean, variance = self.base.moments()
        law, c = self.base, self.centre
        if mean == mp.inf:
            return mp.inf, mp.inf
        # E|X − c| from both tails of the base, between its quantiles.
        levels = [mpf(2) ** -i for i in (120, 80, 50, 30, 20, 12, 8, 5, 3, 2)]
        levels += [mpf(1) / 2] + [1 - u for u in reversed(levels)]
        points = [law.quantile(u) for u in levels]
        up = [c] + [x for x in points if x > c]
        down = [x for x in points if x < c] + [c]
        if law.high < inf:
            up[-1] = mpf(law.high)
        if law.low > -inf:
            down[0] = mpf(law.low)
        cut = [mpf(0)] if down[0] < 0 < down[-1] else []
        with mp.workprec(120):
            m = mp.quad(lambda x: law.tails(x)[1] if x < law.high else mpf(0), up) + \
                mp.quad(lambda x: law.tails(x)[0] if x > law.low else mpf(0), sorted(down + cut))
        return m, variance + (mean - c) ** 2 - m ** 2


class Scaled(Law):
    def __init__(self, base, scale, shift):
        self.base, self.scale, self.shift = base, mpf(scale), mpf(shift)
        ends = sorted(float(self.shift + self.scale * mpf(e)) if abs(e) < inf
                      else e * (1 if scale > 0 else -1) for e in (base.low, base.high))
        self.low, self.high = ends
        self.atoms = {float(self.shift + self.scale * mpf(v)): w
                      for v, w in getattr(base, "atoms", {}).items()}
        for v in self.atoms:
            if v == self.low:
                self.low = nextafter(v, -inf)
            if v == self.high:
                self.high = nextafter(v, inf)

    def quantile(self, u):
        return self.shift + self.scale * self.base.quantile(u if self.scale > 0 else 1 - u)

    def tails(self, x):
        y = (x - self.shift) / self.scale
        t = self.base.tails(y)
        if self.scale > 0:
            return t
        mass = getattr(self.base, "atoms", {}).get(float(y), 0)
        return t[1] + mass, t[0] - mass

    def density(self, x):
        return self.base.density((x - self.shift) / self.scale) / abs(self.scale)

    def moments(self):
        m, v = self.base.moments()
        return self.shift + self.scale * m if m < mp.inf else mp.inf, self.scale ** 2 * v


def base(family, **a):
    law = law_of(family, a)
    if family == "lognormal":
        mean, squared = mp.exp(mpf(a["meanlog"]) + mpf(a["sdlog"]) ** 2 / 2), mpf(a["sdlog"]) ** 2
        law.moments = lambda: (mean, mp.expm1(squared) * mean ** 2)
    return law


def normal(mean, sd):
    return base("normal", mean=mean, sd=sd)


ZERO_INFLATED = Mixture((0.35, PointMass(0.0)), (0.65, ShortGamma(0.5, 2000.0)))
STAYS = [1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 5.0, 8.0, 13.0, 34.0]
COSTS = [float(x * x % 9973) + 0.25 for x in range(31, 31 + 7 * 40, 7)]
LAWS = {
    "mixture bimodal": Mixture((0.7, normal(0.0, 1.0)), (0.3, normal(10.0, 1.0))),
    "mixture far and rare": Mixture((1.0, normal(0.0, 1.0)), (1e-9, normal(1e6, 1e-3))),
    "mixture zero-inflated": ZERO_INFLATED,
    "mixture two masses": Mixture(
        (0.2, PointMass(0.0)), (0.05, PointMass(100.0)),
        (0.75, base("lognormal", meanlog=4.0, sdlog=1.5))),
    "mixture gap": Mixture((0.4, Uniform(0.0, 1.0)), (0.6, Uniform(5.0, 6.0))),
    "mixture heavy tail": Mixture((0.99, normal(0.0, 1.0)), (0.01, normal(0.0, 100.0))),
    "mixture needle": Mixture((0.5, normal(0.0, 1.0)), (0.5, normal(0.5, 1e-6))),
    "mixture three families": Mixture(
        (2.0, ShortGamma(0.05, 1.0)), (5.0, base("beta", alpha=5.0, beta=95.0)),
        (3.0, base("cauchy", location=0.0, scale=1.0))),
    "metalog 3": Metalog([10.0, 2.0, 1.0]),
    "metalog nearly infeasible": Metalog([0.0, 1.0, 1.667]),
    "metalog uniform": Metalog([0.0, 0.0, 0.0, 1.0]),
    "metalog 10": Metalog([5.0, 1.0, 0.2, 1.5, -0.3, 0.4, 0.6, -0.2, 0.1, 0.3]),
    "metalog above 0": Metalog([1.0, 0.3, 0.1, 0.2], lower=0.0),
    "metalog below 1": Metalog([1.5, 0.4, -0.1], upper=1.0),
    "metalog in 0 to 1": Metalog([0.4, 0.5, 0.2, -0.1, 0.3], lower=0.0, upper=1.0),
    "metalog in -5 to 40": Metalog([-1.0, 0.8, -0.3, 0.6], lower=-5.0, upper=40.0),
    "empirical one": Sample([4.5]),
    "empirical ties": Sample(STAYS),
    "empirical equal": Sample([2.5, 2.5, 2.5]),
    "empirical costs": Sample(COSTS),
    "empirical wide": Sample([-1e9, 0.0, 1e-9]),
    "empirical seven": Sample([3.0, -1.0, 4.0, -1.0, 5.0, -9.0, 2.0]),
    "smoothed 5": Smoothed([1.0, 2.0, 4.0, 8.0, 9.0], 0.3),
    "smoothed rule": Smoothed(STAYS),
    "smoothed costs": Smoothed(COSTS),
    "smoothed one": Smoothed([4.5], 0.5),
    "smoothed apart": Smoothed([-100.0, 0.0, 100.0], 0.01),
    "smoothed wide": Smoothed([0.0, 0.0, 0.0, 0.0, 1.0], 2.0),
    "lines four": Lines([0.0, 0.25, 0.9, 1.0], [0.0, 10.0, 30.0, 100.0]),
    "lines two": Lines([0.0, 1.0], [-3.0, 5.0]),
    "lines zero-inflated": Lines([0.0, 0.6, 0.9, 1.0], [0.0, 0.0, 1000.0, 5000.0]),
    "lines capped": Lines([0.0, 0.5, 0.9, 1.0], [1.0, 2.0, 10.0, 10.0]),
    "lines tiny steps": Lines([0.0, 1e-12, 0.3, 1.0 - 1e-9, 1.0], [-1e6, 0.0, 1.0, 2.0, 1e9]),
    "lines inner mass": Lines([0.0, 0.2, 0.5, 0.7, 1.0], [1.0, 3.0, 3.0, 3.0, 4.0]),
    "folded normal": Folded(normal(0.3, 1.0), 0.0),
    "folded symmetric": Folded(normal(2.0, 0.5), 2.0),
    "folded lognormal": Folded(base("lognormal", meanlog=0.0, sdlog=0.5), 1.0),
    "folded beta": Folded(base("beta", alpha=2.0, beta=5.0), 0.25),
    "folded laplace": Folded(base("laplace", location=0.0, scale=1.0), 1.0),
    "folded cauchy": Folded(base("cauchy", location=0.5, scale=1.0), 0.0),
    "scaled gamma": Scaled(base("gamma", shape=0.5, scale=2.0), 3.0, 7.0),
    "scaled negative gamma": Scaled(base("gamma", shape=2.5, scale=2.0), -1.5, 100.0),
    "scaled negative mixture": Scaled(ZERO_INFLATED, -1.0, 0.0),
    "scaled beta": Scaled(base("beta", alpha=2.0, beta=5.0), -0.594, 1.0),
    "scaled cauchy": Scaled(base("cauchy", location=0.0, scale=1.0), 1e-6, 0.0),
    "scaled lognormal": Scaled(base("lognormal", meanlog=0.0, sdlog=1.0), -1e6, -3.0),
}
NAMES = list(LAWS)


def precision(name):
    """The series of quantiles.py need 400 bits; sums of many error functions are slow there."""
    return 180 if name.startswith(("smoothed", "metalog")) else 400


def inside(law, x):
    """The nearest double strictly inside the open ends."""
    atoms = getattr(law, "atoms", {})
    if x in atoms:
        return x
    return min(max(x, nextafter(law.low, inf)), nextafter(law.high, -inf))


def rows(name):
    mp.mp.prec = precision(name)
    law, out = LAWS[name], []
    for k in grid(100 + NAMES.index(name)):
        u = mpf(2 * k + 1) / (2 * GRID)
        x = inside(law, to_double(law.quantile(u)))
        below, above = law.tails(mpf(x))
        density = law.density(mpf(x))
        out.append([name, k, repr(x), "inf" if density == mp.inf else repr(to_double(density)),
                    repr(float(below)), repr(float(above))])
    return out


def moments(name):
    mp.mp.prec = precision(name)
    m, v = LAWS[name].moments()
    return [name, repr(float(m)), repr(float(v))]


def main():
    with Pool(2) as pool:
        tables = pool.map(rows, NAMES, chunksize=1)
        means = pool.map(moments, NAMES, chunksize=1)
    with open(os.path.join(HERE, "mixtures.csv"), "w", newline="\n") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow("law,k,quantile,density,cdf_below,cdf_above".split(","))
        writer.writerows(row for table in tables for row in table)
    with open(os.path.join(HERE, "mixtures_moments.csv"), "w", newline="\n") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow("law,mean,variance".split(","))
        writer.writerows(means)


if __name__ == "__main__":
    main()
