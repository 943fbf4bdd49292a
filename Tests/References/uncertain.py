# SPDX-License-Identifier: GPL-3.0-or-later
"""Laws of quantities whose distribution has uncertain arguments.

Writes uncertain.csv: quantity, figure, value.  Versions used: Python 3.11.7, NumPy
2.4.6, SciPy 1.17.1.

Figures: mean and sd; for counts also pmf_k, for k up to a tail of 1e-6; for the
others p5, p50, p95 and `error`, the standard error of a sample quantile there.
Means, sds and masses are closed forms; percentiles come from naive sampling
(NumPy, 4 million draws, seed 1).
"""
import csv
import os

import numpy as np
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))
rows = []


def count(name, law):
    rows.append((name, "mean", law.mean()))
    rows.append((name, "sd", law.std()))
    k = 0
    while law.sf(k - 1) > 1e-6:
        rows.append((name, f"pmf_{k}", law.pmf(k)))
        k += 1


# response ~ beta(4, 6); responders of 200: beta-binomial.
count("responders", stats.betabinom(200, 4, 6))
# rate ~ gamma(mean 3, sd 1.5), events in two years: negative binomial of shape 4.
count("events", stats.nbinom(4, 4 / (4 + 6)))
# happens with probability response: a Bernoulli of its mean.
count("happens", stats.bernoulli(0.4))

n = 4_000_000
rng = np.random.default_rng(1)
m = rng.normal(5, 0.5, n)
g = rng.gamma(4, 0.25, n)
z = rng.standard_normal(n)
u = rng.random(n)


def quantity(name, draws, mean, variance):
    rows.append((name, "mean", mean))
    rows.append((name, "sd", variance ** 0.5))
    for p in (5, 50, 95):
        x, low, high = np.quantile(draws, [p / 100, p / 100 - 0.001, p / 100 + 0.001])
        density = 0.002 / (high - low)
        rows.append((name, f"p{p}", x))
        rows.append((name, f"error{p}", (p / 100 * (1 - p / 100) / n) ** 0.5 / density))


second = 25 + 0.25  # E m^2
quantity("cost", m * g, 5.0, second * 1.25 - 25)
quantity("line", 2 * m - 3 * g, 10 - 3.0, 4 * 0.25 + 9 * 0.25)
quantity("relative", m + 0.2 * m * z, 5.0, 0.25 + 0.04 * second)
quantity("ratio", np.exp(np.log(m) + 0.3 * z), 5 * np.exp(0.045), second * np.exp(0.18) - (5 * np.exp(0.045)) ** 2)
quantity("skewed", np.exp(np.log(m) - np.log(1.25) / 2 + np.log(1.25) ** 0.5 * z), 5.0, second * 1.25 - 25)
quantity("between", m + 2 * u, 6.0, 0.25 + 4 / 12)

with open(os.path.join(HERE, "uncertain.csv"), "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["quantity", "figure", "value"])
    for name, figure, value in rows:
        writer.writerow([name, figure, repr(float(value))])
