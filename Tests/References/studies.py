#!/usr/bin/env python3
# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes studies.csv: EVSI and EVPPI of small decisions whose posterior means are known in closed form, by adding up
# or integrating over every outcome of a study. No simulation, no regression.
# Python 3.11.7, NumPy 2.4.6, SciPy 1.17.1.
#
# columns: case, size, evppi, evsi
#
# normal   INB = p1 - p2, p1 ~ N(1, 1), p2 ~ N(0, 2); mean of n observations N(p1, 1)
# beta     INB = 10000 (p - 0.35) + N(0, 500), p ~ beta(6, 14); events among n
# gamma    INB = 3000 (0.45 - r) + N(0, 500), r ~ gamma(shape 4, scale 0.1); events in 2 n years
# trial    INB = 5000 (p0 - p1) - 250 + N(0, 500), p0 ~ beta(20, 30), log odds ratio ~ N(-0.25, 0.35);
#          events among n/2 and n/2
# "beta curve" and "gamma curve" are the same at neighbouring sizes
import csv
import pathlib

import numpy
from scipy import integrate, special, stats

HERE = pathlib.Path(__file__).parent


def gain(mean, values, weights):
    """E max(0, value) - max(0, mean)."""
    return float(numpy.sum(weights * numpy.maximum(0, values)) - max(0, mean))


def normal(n):
    def value(sd):
        z = 1 / sd
        return sd * stats.norm.pdf(z) + stats.norm.cdf(z) - 1
    return value(1.0), value((n / (n + 1)) ** 0.5)


def beta(n):
    a, b = 6, 14
    mean = 10000 * (a / (a + b) - 0.35)
    known, _ = integrate.quad(
        lambda p: max(0, 10000 * (p - 0.35)) * stats.beta.pdf(p, a, b), 0.35, 1, epsabs=1e-11, limit=500)
    x = numpy.arange(n + 1)
    weights = stats.betabinom.pmf(x, n, a, b)
    return known - max(0, mean), gain(mean, 10000 * ((a + x) / (a + b + n) - 0.35), weights)


def gamma(n):
    shape, scale, years = 4, 0.1, 2 * n
    mean = 3000 * (0.45 - shape * scale)
    known, _ = integrate.quad(
        lambda r: max(0, 3000 * (0.45 - r)) * stats.gamma.pdf(r, shape, scale=scale), 0, 0.45,
        epsabs=1e-11, limit=500)
    x = numpy.arange(int(20 * years + 500))
    weights = stats.nbinom.pmf(x, shape, 1 / (1 + years * scale))
    assert abs(weights.sum() - 1) < 1e-10
    return known - max(0, mean), gain(
        mean, 3000 * (0.45 - (shape + x) / (1 / scale + years)), weights)


def trial(n):
    # Gauss-Jacobi nodes would do; a fine grid of quantile mid-points for the ratio and Gauss for the beta.
    nodes, w = special.roots_jacobi(80, 29, 19)
    p0 = (nodes + 1) / 2
    wp = w / w.sum()
    z, wz = numpy.polynomial.hermite_e.hermegauss(80)
    wz = wz / wz.sum()
    ratio = -0.25 + 0.35 * z
    p1 = special.expit(special.logit(p0)[:, None] + ratio[None, :])
    inb = 5000 * (p0[:, None] - p1) - 250
    prior = wp[:, None] * wz[None, :]
    mean = float((prior * inb).sum())
    # The value of knowing both has a kink: found on a fine grid of p0 with the ratio in closed form is not
    # possible, so by quadrature over p0 and over the ratio, split where the benefit is 0.
    def inner(p):
        # INB > 0 where p1 < p - 0.05.
        cut = p - 0.05
        if cut <= 0:
            return 0.0
        end = (special.logit(cut) - special.logit(p) + 0.25) / 0.35
        return integrate.quad(
            lambda t: (5000 * (p - special.expit(special.logit(p) - 0.25 + 0.35 * t)) - 250)
            * stats.norm.pdf(t), -10, end, epsabs=1e-9)[0]
    known, _ = integrate.quad(
        lambda p: inner(p) * stats.beta.pdf(p, 20, 30), 0.05, 1, epsabs=1e-7, limit=200)
    arm = n // 2
    x = numpy.arange(arm + 1)
    like0 = stats.binom.pmf(x[:, None], arm, p0[None, :])
    like1 = stats.binom.pmf(x[:, None, None], arm, p1[None, :, :])
    value = 0.0
    for events in x:
        joint = like0[events][None, :, None] * like1 * prior[None, :, :]
        value += numpy.maximum(0, (joint * inb[None, :, :]).sum(axis=(1, 2))).sum()
    return known - max(0, mean), float(value - max(0, mean))


with open(HERE / "studies.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "size", "evppi", "evsi"])
    for name, function, sizes in [
        ("normal", normal, [1, 10, 100, 1000]), ("beta", beta, [5, 20, 100]), ("gamma", gamma, [5, 20, 100]),
        ("trial", trial, [20, 60, 200]),
        # Curves over neighbouring sizes.
        ("beta curve", beta, range(50, 151, 10)), ("gamma curve", gamma, range(10, 31, 2)),
    ]:
        for size in sizes:
            evppi, evsi = function(size)
            writer.writerow([name, size, f"{evppi:.10g}", f"{evsi:.10g}"])
