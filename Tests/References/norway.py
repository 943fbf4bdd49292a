# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference results of the Norwegian case, money in NOK of 2018.

Writes norway.csv.  Versions used: Python 3.11.7, NumPy 2.4.6, SciPy 1.17.1.

Model, per user:
  centre     = (200*1000*12 + 1.25*697500) / 150 * f      f   gamma 1 (0.7..1.3)
  instructor = 600*h_i + 135*h_g                          h_i gamma 6 (2..12)
                                                          h_g gamma 12 (6..18)
  cost       = centre + instructor
  benefit    = 1235000*q + 8550*w + 2000*v                q   beta 0.03 (0.01..0.05)
                                                          w   beta 0.4 (0.2..0.6)
                                                          v   gamma 1 (0..2)
  net_benefit = benefit - cost
Each range is read as a 95 % interval about the mean, sd = (high - low) /
(2 * 1.959963984540054), and fitted by the method of moments; the six are
independent.  Outputs: cost, benefit, net_benefit per user, and the same times
1750 and times 11000.

Columns: output, statistic, value, standard_error.
  mean .. p_positive   from 2e7 draws (100 batches of 200000, default_rng(2018));
                       the value is that of all draws together, the standard
                       error is the sd of the 100 batch values divided by 10
  exact_mean, exact_sd closed form of the sum, standard_error 0
  convolution_*        percentiles and P(> 0) without sampling: the six laws
                       are put on a grid, convolved by FFT at two steps and
                       extrapolated; standard_error is the size of the
                       extrapolation, a cautious bound on the numerical error
"""
import math
import os

import numpy as np
from scipy import fft, stats

HERE = os.path.dirname(os.path.abspath(__file__))
Z = 1.959963984540054
BATCHES, BATCH = 100, 200_000
SCALES = [("", 1.0), ("_x1750", 1750.0), ("_x11000", 11000.0)]
PERCENTS = [("p2.5", 0.025), ("p5", 0.05), ("p25", 0.25), ("p50", 0.5),
            ("p75", 0.75), ("p95", 0.95), ("p97.5", 0.975)]
CENTRE = (200 * 1000 * 12 + 1.25 * 697500) / 150
# name: family, mean, low, high, coefficient (part of the cost or the benefit)
COST = [("gamma", 1.0, 0.7, 1.3, CENTRE), ("gamma", 6.0, 2.0, 12.0, 600.0),
        ("gamma", 12.0, 6.0, 18.0, 135.0)]
BENEFIT = [("beta", 0.03, 0.01, 0.05, 1235000.0),
           ("beta", 0.4, 0.2, 0.6, 8550.0), ("gamma", 1.0, 0.0, 2.0, 2000.0)]


def parameters(family, mean, low, high):
    sd = (high - low) / (2 * Z)
    if family == "gamma":
        return (mean / sd) ** 2, sd ** 2 / mean
    total = mean * (1 - mean) / sd ** 2 - 1
    return mean * total, (1 - mean) * total


def draw(rng, part):
    family, mean, low, high, coefficient = part
    a, b = parameters(family, mean, low, high)
    x = rng.gamma(a, b, BATCH) if family == "gamma" else rng.beta(a, b, BATCH)
    return coefficient * x


def statistics(x):
    """Mean, sd, seven percentiles and share above zero of one array."""
    return np.concatenate([
        [x.mean(), x.std(ddof=1)],
        np.quantile(x, [p for _, p in PERCENTS], method="linear"),
        [np.count_nonzero(x > 0) / x.size]])


def exact(parts):
    mean = math.fsum(c * m for _, m, _, _, c in parts)
    sd = math.sqrt(math.fsum((c * (h - l) / (2 * Z)) ** 2
                             for _, _, l, h, c in parts))
    return mean, sd


def convolution(costs, benefits, step, size):
    """Percentiles and P(> 0) of sum(benefits) - sum(costs), grid of a step.

    Each law gives the cell [(i - 1/2) step, (i + 1/2) step] to the point
    i * step; the distribution function of the sum is known at half points.
    Cyclic wrap-around serves for the negative side.
    """
    spectrum = 1.0
    for sign, parts in ((-1, costs), (1, benefits)):
        for family, m, l, h, c in parts:
            a, b = parameters(family, m, l, h)
            law = stats.gamma(a, scale=b * c) if family == "gamma" else \
                stats.beta(a, b, scale=c)
            n = size // 2
            edges = (np.arange(n + 1) - 0.5) * step
            mass = np.diff(law.cdf(edges))
            t = np.zeros(size)
            t[:n] = mass
            f = fft.rfft(t)
            spectrum = spectrum * (np.conj(f) if sign < 0 else f)
    mass = fft.irfft(spectrum, size)
    mass = np.roll(mass, size // 2)
    edges = (np.arange(size) - size // 2 + 0.5) * step      # upper cell edges
    cdf = np.cumsum(mass)
    out = []
    for _, p in PERCENTS:
        i = int(np.searchsorted(cdf, p))
        # cubic interpolation of the edge as a function of the cdf
        xs, ys = cdf[i - 2:i + 2], edges[i - 2:i + 2]
        out.append(sum(ys[j] * math.prod((p - xs[k]) / (xs[j] - xs[k])
                                         for k in range(4) if k != j)
                       for j in range(4)))
    j = size // 2                     # edges[j - 1] < 0 < edges[j], symmetric
    at_zero = (-cdf[j - 2] + 9 * cdf[j - 1] + 9 * cdf[j] - cdf[j + 1]) / 16
    return np.array(out), 1 - at_zero


def main():
    rng = np.random.default_rng(2018)
    names = ["cost", "benefit", "net_benefit"]
    draws = {n: np.empty(BATCHES * BATCH) for n in names}
    for i in range(BATCHES):
        part = slice(i * BATCH, (i + 1) * BATCH)
        draws["cost"][part] = sum(draw(rng, p) for p in COST)
        draws["benefit"][part] = sum(draw(rng, p) for p in BENEFIT)
        draws["net_benefit"][part] = draws["benefit"][part] - draws["cost"][part]
    labels = ["mean", "sd"] + [n for n, _ in PERCENTS] + ["p_positive"]
    both = exact(BENEFIT)[0] - exact(COST)[0], exact(COST + BENEFIT)[1]
    closed = {"cost": exact(COST), "benefit": exact(BENEFIT),
              "net_benefit": both}
    parts = {"cost": ([], COST), "benefit": ([], BENEFIT),
             "net_benefit": (COST, BENEFIT)}
    per_user = {}
    for name in names:
        x = draws.pop(name)
        batch = np.array([statistics(x[i * BATCH:(i + 1) * BATCH])
                          for i in range(BATCHES)])
        value = statistics(x)
        error = batch.std(axis=0, ddof=1) / math.sqrt(BATCHES)
        rows = [(l, float(v), float(e))
                for l, v, e in zip(labels, value, error)]
        rows += [("exact_mean", closed[name][0], 0.0),
                 ("exact_sd", closed[name][1], 0.0)]
        q2, p2 = convolution(*parts[name], 4.0, 1 << 18)
        q1, p1 = convolution(*parts[name], 2.0, 1 << 19)
        q, p = q1 + (q1 - q2) / 3, p1 + (p1 - p2) / 3
        fine = [("convolution_" + l, float(v), float(abs(v - w)))
                for (l, _), v, w in zip(PERCENTS, q, q1)]
        p = min(float(p), 1.0) if name == "net_benefit" else 1.0
        fine.append(("convolution_p_positive", p,
                     float(abs(p - p1)) if name == "net_benefit" else 0.0))
        rows += fine
        # the three ways must agree
        scores = [abs(value[i] - closed[name][i]) / error[i] for i in (0, 1)]
        scores += [abs(value[i + 2] - fine[i][1]) / error[i + 2]
                   for i in range(7)]
        if error[9] > 0:
            scores.append(abs(value[9] - p) / error[9])
        else:
            assert value[9] == 1.0
        print(name, "largest deviation in standard errors:",
              round(float(max(scores)), 2))
        assert max(scores) < 4.5
        per_user[name] = rows
    count = 0
    with open(os.path.join(HERE, "norway.csv"), "w", newline="\n") as f:
        f.write("output,statistic,value,standard_error\n")
        for suffix, scale in SCALES:
            for name in names:
                for label, value, error in per_user[name]:
                    s = 1.0 if label.endswith("p_positive") else scale
                    f.write(f"{name}{suffix},{label},"
                            f"{value * s!r},{error * s!r}\n")
                    count += 1
    print("norway.csv:", count, "rows")


if __name__ == "__main__":
    main()
