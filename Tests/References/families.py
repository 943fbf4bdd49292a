# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference quantiles and moments of the continuous families, correctly rounded.

Writes families.csv and families_moments.csv.  Versions used: Python 3.11.7,
mpmath 1.3.0, SciPy 1.17.1 (SciPy only supplies starting points).

families.csv: family, parameters, k, quantile, density, cdf_below, cdf_above,
with the meaning that quantiles.csv gives them; parameters is a list like
shape=0.5;scale=1.0.  A truncated law has the family of its base with a prefix,
truncated:normal, and lower and upper as last parameters (empty when open).
Quantiles that would round to an end of the support are the nearest double
inside it.
families_moments.csv: family, parameters, mean, variance; inf where a moment is
infinite or does not exist.

Method.  Closed forms in 400-bit arithmetic; gamma and beta functions by the
series of quantiles.py; skew-normal tails by tanh-sinh quadrature of the density
2 phi(t) Phi(shape t), with no use of Owen's function; truncated laws by exact
conditioning.  Moments by their formulas, by quadrature of the survival function
(Gompertz), over the normal variate (logit-normal) or of the density (truncated,
save beta laws, whose moments are incomplete beta functions).
"""
import os
import random
import sys
from fractions import Fraction
from math import inf
from multiprocessing import Pool

import mpmath as mp
from mpmath import mpf

import quantiles as series
from quantiles import GRID, HERE, normal_solve, normal_tails, to_double

SQRT2PI = mp.sqrt(2 * mp.pi)


def grid(case):
    levels = ["1e-15", "1e-14", "1e-12", "1e-10", "1e-8", "1e-6", "1e-5", "1e-4",
              "1e-3", "0.005", "0.01", "0.025", "0.05", "0.1", "0.15", "0.2",
              "0.25", "0.3", "0.35", "0.4", "0.45", "0.49"]
    ks = {0, 1, GRID // 2 - 1}
    for level in levels:
        ks.add(round(Fraction(level) * GRID - Fraction(1, 2)))
    ks |= {GRID - 1 - k for k in ks}
    source = random.Random(9000 + case)
    ks |= {source.randrange(GRID) for _ in range(4)}
    return sorted(ks)


def phi(z):
    return mp.exp(-z * z / 2) / SQRT2PI


class Law:
    """Support, quantile of exact u, both tails and density at exact x."""
    low, high = -inf, inf

    def quantile(self, u):
        return self.lower(u) if u < 0.5 else self.upper(1 - u)

    def lower(self, p):
        raise NotImplementedError

    def upper(self, q):
        raise NotImplementedError


class Normal(Law):
    def __init__(self, mean, sd):
        self.m, self.s = mpf(mean), mpf(sd)

    def upper(self, q):
        from scipy.special import ndtri
        target, z = mp.log(q), mpf(-float(ndtri(float(q))))
        for _ in range(60):
            t = mp.erfc(z / mp.sqrt(2)) / 2
            g = mp.log(t) - target
            if abs(g) < series.TOLERANCE:
                return self.m + self.s * z
            z += g * t / phi(z)
        raise ArithmeticError(("normal", q))

    def lower(self, p):
        return 2 * self.m - self.upper(p)

    def tails(self, x):
        return normal_tails((x - self.m) / self.s)

    def density(self, x):
        return phi((x - self.m) / self.s) / self.s

    def moments(self):
        return self.m, self.s ** 2


class LogNormal(Law):
    low = 0.0

    def __init__(self, meanlog, sdlog):
        self.m, self.s = mpf(meanlog), mpf(sdlog)
        self.n = Normal(meanlog, sdlog)

    def quantile(self, u):
        return mp.exp(self.n.quantile(u))

    def tails(self, x):
        return self.n.tails(mp.log(x))

    def density(self, x):
        return self.n.density(mp.log(x)) / x

    def moments(self):
        v = self.s ** 2
        return mp.exp(self.m + v / 2), mp.expm1(v) * mp.exp(2 * self.m + v)


class GammaPower(Law):
    """scale * G^(1/power): gamma, inverse gamma, chi-square, Stacy's law."""
    low = 0.0

    def __init__(self, shape, power, scale):
        self.g, self.c, self.s = series.Gamma(shape), mpf(power), mpf(scale)
        self.k = mpf(shape)

    def quantile(self, u):
        return self.s * self.g.solve(u if self.c > 0 else 1 - u) ** (1 / self.c)

    def tails(self, x):
        p, q = self.g.tails((x / self.s) ** self.c)
        return (p, q) if self.c > 0 else (q, p)

    def density(self, x):
        w = (x / self.s) ** self.c
        return abs(self.c) * w / x * mp.exp(self.g.log_density(w))

    def moments(self):
        def raw(n):
            a = self.k + n / self.c
            return self.s ** n * mp.gammaprod([a], [self.k]) if a > 0 else mp.inf
        m1, m2 = raw(1), raw(2)
        return m1, (m2 - m1 ** 2 if m2 < mp.inf else mp.inf)


class ScaledBeta(Law):
    def __init__(self, alpha, beta, low, high):
        self.b, self.low, self.high = series.Beta(alpha, beta), low, high
        self.l, self.w = mpf(low), mpf(high) - mpf(low)

    def quantile(self, u):
        return self.l + self.w * self.b.solve(u)[0]

    def point(self, x):
        y = (x - self.l) / self.w
        return y, 1 - y

    def tails(self, x):
        return self.b.tails(*self.point(x))

    def density(self, x):
        return mp.exp(self.b.log_density(*self.point(x))) / self.w

    def moments(self):
        a, b = self.b.a, self.b.b
        return (self.l + self.w * a / (a + b),
                self.w ** 2 * a * b / ((a + b) ** 2 * (a + b + 1)))


class Uniform(Law):
    def __init__(self, low, high):
        self.low, self.high = low, high
        self.a, self.w = mpf(low), mpf(high) - mpf(low)

    def quantile(self, u):
        return self.a + self.w * u

    def tails(self, x):
        p = (x - self.a) / self.w
        return p, 1 - p

    def density(self, x):
        return 1 / self.w

    def moments(self):
        return self.a + self.w / 2, self.w ** 2 / 12


class Triangular(Law):
    def __init__(self, low, mode, high):
        self.low, self.high = low, high
        self.a, self.c, self.b = mpf(low), mpf(mode), mpf(high)

    def quantile(self, u):
        w = self.b - self.a
        if u * w <= self.c - self.a:
            return self.a + mp.sqrt(u * w * (self.c - self.a))
        return self.b - mp.sqrt((1 - u) * w * (self.b - self.c))

    def tails(self, x):
        w = self.b - self.a
        if x <= self.c:
            p = (x - self.a) ** 2 / (w * (self.c - self.a)) if self.c > self.a else mpf(0)
            return p, 1 - p
        q = (self.b - x) ** 2 / (w * (self.b - self.c))
        return 1 - q, q

    def density(self, x):
        w = self.b - self.a
        if x < self.c:
            return 2 * (x - self.a) / (w * (self.c - self.a))
        if x > self.c:
            return 2 * (self.b - x) / (w * (self.b - self.c))
        return 2 / w

    def moments(self):
        a, b, c = self.a, self.b, self.c
        return (a + b + c) / 3, (a * a + b * b + c * c - a * b - a * c - b * c) / 18


class StudentT(Law):
    def __init__(self, df, location, scale):
        self.v, self.m, self.s = mpf(df), mpf(location), mpf(scale)
        self.b = series.Beta(df / 2, 0.5)

    def upper(self, q):
        x, y = self.b.solve(2 * q)
        return self.m + self.s * mp.sqrt(self.v * y / x)

    def lower(self, p):
        return 2 * self.m - self.upper(p)

    def tails(self, x):
        z = (x - self.m) / self.s
        b = self.v / (self.v + z * z)
        outer = self.b.tails(b, z * z / (self.v + z * z))[0] / 2 if z else mpf(1) / 2
        return (outer, 1 - outer) if z < 0 else (1 - outer, outer)

    def density(self, x):
        z = (x - self.m) / self.s
        log = mp.loggamma((self.v + 1) / 2) - mp.loggamma(self.v / 2)
        return mp.exp(log - (self.v + 1) / 2 * mp.log(1 + z * z / self.v)) / \
            mp.sqrt(mp.pi * self.v) / self.s

    def moments(self):
        return (self.m if self.v > 1 else mp.inf,
                self.s ** 2 * self.v / (self.v - 2) if self.v > 2 else mp.inf)


class FisherF(Law):
    low = 0.0

    def __init__(self, df1, df2):
        self.d1, self.d2 = mpf(df1), mpf(df2)
        self.b = series.Beta(df1 / 2, df2 / 2)

    def quantile(self, u):
        x, y = self.b.solve(u)
        return self.d2 / self.d1 * x / y

    def point(self, x):
        w = self.d1 * x / self.d2
        return w / (1 + w), 1 / (1 + w)

    def tails(self, x):
        return self.b.tails(*self.point(x))

    def density(self, x):
        b, c = self.point(x)
        return mp.exp(self.b.log_density(b, c)) * b * c / x

    def moments(self):
        a, b = self.d1, self.d2
        return (b / (b - 2) if b > 2 else mp.inf,
                2 * b ** 2 * (a + b - 2) / (a * (b - 2) ** 2 * (b - 4))
                if b > 4 else mp.inf)


class LogitNormal(Law):
    low, high = 0.0, 1.0

    def __init__(self, meanlogit, sdlogit):
        self.n, self.m, self.s = Normal(meanlogit, sdlogit), mpf(meanlogit), mpf(sdlogit)

    def quantile(self, u):
        return 1 / (1 + mp.exp(-self.n.quantile(u)))

    def tails(self, x):
        return self.n.tails(mp.log(x / (1 - x)))

    def density(self, x):
        return self.n.density(mp.log(x / (1 - x))) / (x * (1 - x))

    def moments(self):
        with mp.workprec(160):
            edge = -self.m / self.s
            cuts = sorted({mpf(i) for i in range(-16, 17)} | {
                edge + mpf(i) / self.s for i in range(-40, 41, 4) if
                abs(edge + mpf(i) / self.s) < 16})

            def mean(f):
                return mp.quad(lambda z: f(1 / (1 + mp.exp(-self.m - self.s * z))) * phi(z), cuts)
            m = mean(lambda x: x)
            return m, mean(lambda x: (x - m) ** 2)


class SkewNormal(Law):
    def __init__(self, location, scale, shape):
        self.m, self.s, self.sign = mpf(location), mpf(scale), -1 if shape < 0 else 1
        self.a = abs(mpf(shape))

    def f(self, t):
        return phi(t) * mp.erfc(-self.a * t / mp.sqrt(2))

    def standard(self, z):
        """Both tails of the law with shape |shape|."""
        a = self.a
        half = mpf(1) / 2 - mp.atan(a) / mp.pi
        if z < 0:
            unit = 1 / (abs(z) * (1 + a * a) + mp.sqrt(1 + a * a))
            p = mp.quad(self.f, [z - unit * c for c in (160, 80, 40, 20, 10, 5, 2, 1, 0)])
            return p, 1 - p
        cuts = [c / max(a, 1) for c in (0, 1, 2, 4, 8)] + [mpf(c) / 2 for c in range(1, 60)]
        q = mp.quad(self.f, [z] + [z + mpf(c) / (2 + z) for c in (1, 3, 8, 20, 50, 100)])
        if q < 0.25:
            return 1 - q, q
        p = half + mp.quad(self.f, [c for c in sorted(set(cuts)) if c < z] + [z])
        return p, 1 - p

    def solve(self, small, upper):
        from scipy.stats import skewnorm
        start = skewnorm.isf if upper else skewnorm.ppf
        z, target = mpf(float(start(float(small), float(self.a)))), mp.log(small)
        if not mp.isfinite(z):
            z = mpf(8 if upper else -8) / (1 if upper else mp.sqrt(1 + self.a ** 2))
        for _ in range(60):
            p, q = self.standard(z)
            t = q if upper else p
            g = mp.log(t) - target
            if abs(g) < mpf(10) ** -30:
                return z
            z += (1 if upper else -1) * g * t / self.f(z)
        raise ArithmeticError(("skew-normal", self.a, small))

    def quantile(self, u):
        with mp.workprec(140):
            if self.sign > 0:
                z = self.solve(u, False) if u < 0.5 else self.solve(1 - u, True)
            else:
                z = -(self.solve(u, True) if u < 0.5 else self.solve(1 - u, False))
            return self.m + self.s * z

    def tails(self, x):
        with mp.workprec(140):
            p, q = self.standard(self.sign * (x - self.m) / self.s)
            return (p, q) if self.sign > 0 else (q, p)

    def density(self, x):
        return self.f(self.sign * (x - self.m) / self.s) / self.s

    def moments(self):
        d = self.a / mp.sqrt(1 + self.a ** 2)
        return (self.m + self.sign * self.s * d * mp.sqrt(2 / mp.pi),
                self.s ** 2 * (1 - 2 * d * d / mp.pi))


class ExponentialPower(Law):
    def __init__(self, location, scale, shape):
        self.m, self.s, self.b = mpf(location), mpf(scale), mpf(shape)
        self.g = series.Gamma(1 / self.b)
        self.g.shape = float(1 / self.b)

    def upper(self, q):
        if q == 0.5:
            return self.m
        return self.m + self.s * self.g.solve(1 - 2 * q) ** (1 / self.b)

    def lower(self, p):
        return 2 * self.m - self.upper(p)

    def tails(self, x):
        z = (x - self.m) / self.s
        outer = self.g.tails(abs(z) ** self.b)[1] / 2
        return (outer, 1 - outer) if z < 0 else (1 - outer, outer)

    def density(self, x):
        z = abs(x - self.m) / self.s
        return self.b / (2 * self.s * mp.gamma(1 / self.b)) * mp.exp(-z ** self.b)

    def moments(self):
        return self.m, self.s ** 2 * mp.gamma(3 / self.b) / mp.gamma(1 / self.b)


class Closed(Law):
    """A law whose functions are written out; Q takes u and 1 - u."""

    def __init__(self, quantile, tails, density, moments, low=-inf, high=inf):
        self.q, self.tails, self.density = quantile, tails, density
        self.moments = lambda: moments
        self.low, self.high = low, high

    def quantile(self, u):
        return self.q(u, 1 - u)


def survival(q):
    return 1 - q, q


def below(p):
    return p, 1 - p


def closed(family, **a):
    a = {name: mpf(value) for name, value in a.items()}
    m, s, k = a.get("location", mpf(0)), a.get("scale"), a.get("shape")
    exp, log = mp.exp, mp.log
    if family == "exponential":
        s = a["mean"]
        return Closed(lambda p, q: -s * log(q), lambda x: survival(exp(-x / s)),
                      lambda x: exp(-x / s) / s, (s, s * s), 0.0)
    if family in ("weibull", "rayleigh"):
        if family == "rayleigh":
            k, s = mpf(2), s * mp.sqrt(2)
        g = mp.gamma
        return Closed(lambda p, q: s * (-log(q)) ** (1 / k),
                      lambda x: survival(exp(-(x / s) ** k)),
                      lambda x: k / x * (x / s) ** k * exp(-(x / s) ** k),
                      (s * g(1 + 1 / k), s ** 2 * (g(1 + 2 / k) - g(1 + 1 / k) ** 2)), 0.0)
    if family == "gumbel-max":
        return Closed(lambda p, q: m - s * log(-log(p)),
                      lambda x: below(exp(-exp(-(x - m) / s))),
                      lambda x: exp(-(x - m) / s - exp(-(x - m) / s)) / s,
                      (m + mp.euler * s, mp.pi ** 2 * s ** 2 / 6))
    if family == "gumbel-min":
        return Closed(lambda p, q: m + s * log(-log(q)),
                      lambda x: survival(exp(-exp((x - m) / s))),
                      lambda x: exp((x - m) / s - exp((x - m) / s)) / s,
                      (m - mp.euler * s, mp.pi ** 2 * s ** 2 / 6))
    if family == "logistic":
        return Closed(lambda p, q: m + s * log(p / q),
                      lambda x: (1 / (1 + exp(-(x - m) / s)), 1 / (1 + exp((x - m) / s))),
                      lambda x: 1 / (4 * s * mp.cosh((x - m) / (2 * s)) ** 2),
                      (m, mp.pi ** 2 * s ** 2 / 3))
    if family == "log-logistic":
        b = mp.pi / k
        mean = s * b / mp.sin(b) if k > 1 else mp.inf
        variance = s ** 2 * (2 * b / mp.sin(2 * b)) - mean ** 2 if k > 2 else mp.inf
        return Closed(lambda p, q: s * (p / q) ** (1 / k),
                      lambda x: (1 / (1 + (x / s) ** -k), 1 / (1 + (x / s) ** k)),
                      lambda x: k / x * (x / s) ** k / (1 + (x / s) ** k) ** 2,
                      (mean, variance), 0.0)
    if family == "cauchy":
        def angle(z):
            return mp.atan2(1, z) / mp.pi
        return Closed(lambda p, q: m - s * mp.cot(mp.pi * p) if p < 0.5 else
                      m + s * mp.cot(mp.pi * q),
                      lambda x: (angle(-(x - m) / s), angle((x - m) / s)),
                      lambda x: 1 / (mp.pi * s * (1 + ((x - m) / s) ** 2)), (mp.inf, mp.inf))
    if family == "laplace":
        def tails(x):
            outer = exp(-abs(x - m) / s) / 2
            return below(outer) if x < m else survival(outer)
        return Closed(lambda p, q: m + s * log(2 * p) if p < q else m - s * log(2 * q), tails,
                      lambda x: exp(-abs(x - m) / s) / (2 * s), (m, 2 * s * s))
    if family == "pareto":
        low = a["min"]
        return Closed(lambda p, q: low * q ** (-1 / k), lambda x: survival((low / x) ** k),
                      lambda x: k / x * (low / x) ** k,
                      (k * low / (k - 1) if k > 1 else mp.inf,
                       low ** 2 * k / ((k - 1) ** 2 * (k - 2)) if k > 2 else mp.inf),
                      float(low))
    if family == "log-uniform":
        low, high = a["min"], a["max"]
        r = log(high / low)
        mean = (high - low) / r
        return Closed(lambda p, q: low * exp(p * r),
                      lambda x: (log(x / low) / r, log(high / x) / r), lambda x: 1 / (x * r),
                      (mean, (high ** 2 - low ** 2) / (2 * r) - mean ** 2),
                      float(low), float(high))
    if family == "half-normal":
        n = Normal(0, 1)
        return Closed(lambda p, q: s * n.upper(q / 2),
                      lambda x: (mp.erf(x / s / mp.sqrt(2)), mp.erfc(x / s / mp.sqrt(2))),
                      lambda x: 2 * phi(x / s) / s,
                      (s * mp.sqrt(2 / mp.pi), s ** 2 * (1 - 2 / mp.pi)), 0.0)
    if family == "gompertz":
        r = a["rate"]
        e = r / k

        def q(x):
            return exp(-e * mp.expm1(k * x))
        with mp.workprec(160):
            end = mp.log1p(200 / e) / k
            cuts = [end * i / 40 for i in range(41)]
            mean = mp.quad(q, cuts)
            square = mp.quad(lambda x: 2 * x * q(x), cuts)
        return Closed(lambda p, q: mp.log1p(-log(q) / e) / k, lambda x: survival(q(x)),
                      lambda x: r * exp(k * x) * q(x), (mean, square - mean ** 2), 0.0)
    raise KeyError(family)


class Truncated(Law):
    def __init__(self, base, lower, upper):
        self.base = base
        self.low = max(base.low, -inf if lower is None else lower)
        self.high = min(base.high, inf if upper is None else upper)
        self.a = self.end(self.low, base.low, (mpf(0), mpf(1)))
        self.b = self.end(self.high, base.high, (mpf(1), mpf(0)))
        self.mass = self.between(self.a, self.b)

    def end(self, x, natural, tails):
        return tails if x == natural else self.base.tails(mpf(x))

    @staticmethod
    def between(a, b):
        return b[0] - a[0] if b[0] < 0.5 else a[1] - b[1]

    def quantile(self, u):
        p, q = self.a[0] + u * self.mass, self.b[1] + (1 - u) * self.mass
        if type(self.base).quantile is Law.quantile:
            return self.base.lower(p) if p < q else self.base.upper(q)
        return self.base.quantile(p)

    def tails(self, x):
        t = self.base.tails(x)
        return self.between(self.a, t) / self.mass, self.between(t, self.b) / self.mass

    def density(self, x):
        return self.base.density(x) / self.mass

    def moments(self):
        """Infinite with an open heavy tail; closed for beta; else by quadrature over
        pieces between quantiles."""
        if self.high == inf and self.base.moments()[0] == mp.inf:
            return mp.inf, mp.inf
        if isinstance(self.base, ScaledBeta):
            a, b = self.base.b.a, self.base.b.b
            whole = mp.beta(a, b) * self.mass
            m, square = [mp.betainc(a + n, b, self.low, self.high) / whole for n in (1, 2)]
            return m, square - m ** 2
        levels = [mpf(2) ** -i for i in (140, 100, 70, 50, 35, 25, 18, 12, 8, 5, 3, 2)]
        cuts = [self.quantile(u) for u in levels + [mpf(1) / 2] + [1 - u for u in levels[::-1]]]
        with mp.workprec(130):
            if self.low > -inf:
                cuts[0] = mpf(self.low)
            if self.high < inf:
                cuts[-1] = mpf(self.high)
            if self.low < 0 < self.high:
                cuts = sorted(cuts + [mpf(0)])

            def mean(f):
                return mp.quad(lambda x: f(x) * self.density(x) if x > self.low else mpf(0), cuts)
            m = mean(lambda x: x)
            return m, mean(lambda x: (x - m) ** 2)


def law_of(family, a):
    if family.startswith("truncated:"):
        rest = {n: v for n, v in a.items() if n not in ("lower", "upper")}
        return Truncated(law_of(family[10:], rest), a["lower"], a["upper"])
    if family == "normal":
        return Normal(a["mean"], a["sd"])
    if family == "lognormal":
        return LogNormal(a["meanlog"], a["sdlog"])
    if family == "gamma":
        return GammaPower(a["shape"], 1, a["scale"])
    if family == "beta":
        return ScaledBeta(a["alpha"], a["beta"], 0.0, 1.0)
    if family == "inverse-gamma":
        return GammaPower(a["shape"], -1, a["scale"])
    if family == "chi-square":
        return GammaPower(a["df"] / 2, 1, 2)
    if family == "generalised-gamma":
        return GammaPower(a["shape"], a["power"], a["scale"])
    if family == "scaled-beta":
        return ScaledBeta(a["alpha"], a["beta"], a["min"], a["max"])
    if family == "uniform":
        return Uniform(a["min"], a["max"])
    if family == "triangular":
        return Triangular(a["min"], a["mode"], a["max"])
    if family == "pert":
        w = mpf(a["max"]) - mpf(a["min"])
        return ScaledBeta(to_double(1 + mpf(a["shape"]) * (mpf(a["mode"]) - mpf(a["min"])) / w),
                          to_double(1 + mpf(a["shape"]) * (mpf(a["max"]) - mpf(a["mode"])) / w),
                          a["min"], a["max"])
    simple = {"student-t": StudentT, "fisher-f": FisherF, "logit-normal": LogitNormal,
              "skew-normal": SkewNormal, "exponential-power": ExponentialPower}
    return simple[family](**a) if family in simple else closed(family, **a)


CASES = []


def cases(family, names, *rows):
    for row in rows:
        CASES.append((family, dict(zip(names.split(), (
            None if v is None else float(v) for v in row)))))


cases("inverse-gamma", "shape scale", (0.1, 1), (0.5, 1), (1, 1), (2.1, 3), (10, 1), (1e4, 1))
cases("scaled-beta", "alpha beta min max", (0.1, 0.1, -1, 1), (0.5, 3, -0.594, 1), (2, 5, 0, 10),
      (1, 1, 5, 6), (20, 3, -0.2, 1), (100, 9900, 0, 1e6))
cases("logit-normal", "meanlogit sdlogit", (0, 0.001), (0, 1.5), (-3, 1), (2, 4), (-6, 0.3),
      (0, 20), (-10, 50))
cases("log-uniform", "min max", (1, 1.0001), (1, 2), (0.1, 10), (1, 1e4), (1e-3, 1e9),
      (1e-150, 1e150))
cases("exponential", "mean", (1,), (0.001,), (7,), (365.25,), (1e-100,), (1e100,))
cases("weibull", "shape scale", (0.1, 1), (0.2, 1), (0.5, 30), (1.7, 1), (3.6, 1), (20, 1),
      (1e4, 1))
cases("generalised-gamma", "shape power scale", (0.001, 60, 1), (0.01, 6, 1), (0.01, 20, 1),
      (0.5, 3, 2), (4, 1.5, 1), (100, 0.1, 1), (1, -2, 1), (0.05, -3, 1), (5, -0.3, 1))
cases("gompertz", "shape rate", (1, 1e-15), (1, 1e-6), (0.1, 1e-4), (1, 0.01), (1, 1), (1, 1e6))
cases("log-logistic", "shape scale", (0.1, 1), (0.5, 1), (1.1, 1), (2.1, 3), (5, 1), (1e4, 1))
cases("rayleigh", "scale", (1,), (0.001,), (7,), (365.25,), (1e-100,), (1e100,))
cases("pareto", "min shape", (1, 0.1), (1, 0.5), (3, 1.05), (1, 2.1), (1, 10), (1, 1e4))
cases("half-normal", "scale", (1,), (0.001,), (7,), (365.25,), (1e-100,), (1e100,))
cases("chi-square", "df", (0.2,), (1,), (2,), (5,), (100,), (2e4,))
cases("fisher-f", "df1 df2", (0.2, 0.2), (1, 1), (2, 2.1), (5, 4.5), (1, 1000), (1000, 3),
      (30, 40), (1e4, 1e5))
cases("student-t", "df location scale", (0.2, 0, 1), (0.5, 0, 1), (1, 0, 1), (2.1, 0, 1),
      (3, 5, 2), (10, 0, 1), (100, 0, 1), (5000, 0, 1), (1e6, 0, 1))
cases("skew-normal", "location scale shape", (0, 1, 0), (0, 1, 0.5), (0, 1, -1), (2, 3, 3),
      (0, 1, 10), (0, 1, -100), (0, 1, 1000))
cases("exponential-power", "location scale shape", (0, 1, 0.2), (0, 1, 0.5), (0, 1, 1),
      (0, 1, 1.5), (3, 2, 2), (0, 1, 4), (0, 1, 100))
SIX = [(0, 1), (5, 2), (-1000, 1), (1e6, 1e-3), (0, 1e-100), (0, 1e100)]
for name in ["logistic", "laplace", "cauchy", "gumbel-max", "gumbel-min"]:
    cases(name, "location scale", *SIX)
cases("truncated:normal", "mean sd lower upper", (0, 1, -1, 2), (0, 1, 8, None),
      (0, 1, None, -8), (0, 1, 30, 31), (0, 1, 35.5, None), (0, 1, 0, None), (100, 15, 0, 200),
      (0, 1, 1, 1.001))
cases("truncated:gamma", "shape scale lower upper", (2.5, 1, 1, 3), (0.3, 1, None, 0.5),
      (0.3, 1, 2, None))
cases("truncated:beta", "alpha beta lower upper", (2, 5, 0.2, None), (0.5, 0.5, 0.2, 0.9),
      (0.1, 0.1, 0.3, None))
cases("truncated:lognormal", "meanlog sdlog lower upper", (0, 1, 0.5, 20))
cases("truncated:laplace", "location scale lower upper", (0, 1, -1, 0.5))
cases("truncated:cauchy", "location scale lower upper", (0, 1, 0, None), (0, 1, -5, 50))
cases("truncated:student-t", "df location scale lower upper", (2.1, 0, 1, 1, None))
cases("normal", "mean sd", *SIX)
cases("lognormal", "meanlog sdlog", (0, 1e-6), (-300, 1), (300, 1), (5, 0.01), (0, 10), (0, 18))
cases("uniform", "min max", (0, 1), (-1, 1), (5, 6), (1e6, 1000001), (-1e100, 1e100), (0, 1e-100))
cases("triangular", "min mode max", (0, 1, 5), (0, 0, 1), (0, 1, 1), (-1, 0, 1), (1e6, 1000001, 1000010),
      (0, 1e-6, 1))
cases("pert", "min mode max shape", (2, 6, 12, 4), (0, 0, 1, 4), (0, 1, 1, 4), (-1, 0, 1, 0.01),
      (0, 0.3, 1, 1000), (1e6, 1000001, 1000010, 4))
NO_MOMENTS = {"truncated:student-t"}


def text(a):
    return ";".join(f"{n}={'' if v is None else repr(v)}" for n, v in a.items())


def next_inside(x, low, high):
    if x <= low:
        return mp_next(low, 1)
    return mp_next(high, -1) if x >= high else x


def mp_next(x, step):
    from math import nextafter
    return nextafter(x, inf * step)


def rows_of(case):
    family, a = CASES[case]
    law = law_of(family, a)
    out = []
    for k in grid(case):
        u = mpf(2 * k + 1) / (2 * GRID)
        d = next_inside(to_double(law.quantile(u)), law.low, law.high)
        x = mpf(d)
        p, q = law.tails(x)
        out.append(",".join([family, text(a), str(k), repr(d), repr(to_double(law.density(x))),
                             repr(to_double(p)), repr(to_double(q))]))
    moments = None
    if family not in NO_MOMENTS:
        mean, variance = law.moments()
        number = [inf if v == mp.inf else to_double(v) for v in (mean, variance)]
        moments = ",".join([family, text(a)] + [repr(v) for v in number])
    return case, out, moments


def main():
    done = {}
    with Pool(2) as pool:
        order = sorted(range(len(CASES)), key=lambda c: "skew" not in CASES[c][0])
        for case, rows, moments in pool.imap_unordered(rows_of, order):
            done[case] = rows, moments
            print(len(done), "of", len(CASES), CASES[case], file=sys.stderr)
    with open(os.path.join(HERE, "families.csv"), "w", newline="\n") as f:
        f.write("family,parameters,k,quantile,density,cdf_below,cdf_above\n")
        for case in range(len(CASES)):
            f.write("\n".join(done[case][0]) + "\n")
    with open(os.path.join(HERE, "families_moments.csv"), "w", newline="\n") as f:
        f.write("family,parameters,mean,variance\n")
        for case in range(len(CASES)):
            if done[case][1]:
                f.write(done[case][1] + "\n")
    print("families.csv:", sum(len(r) for r, _ in done.values()), "rows")


if __name__ == "__main__":
    main()
