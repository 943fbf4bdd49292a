# SPDX-License-Identifier: GPL-3.0-or-later
"""log_gamma.csv: the logarithm of a gamma variate, and its mean and variance.

    python3 Tests/References/log_gamma.py

Python 3.11.7, mpmath 1.3.0, SciPy 1.17.1 (starting points of the solver only).
Quantiles x = log G(u) from the incomplete gamma series of quantiles.py at 60 or more digits, rounded to
double; density and both tails at that double; means and variances by mpmath's polygamma functions.
Rows `moments` hold the mean in `quantile` and the variance in `density`.
"""
import csv
import os

import mpmath as mp
from mpmath import mpf

import quantiles as series
from quantiles import HERE, to_double

SHAPES = [0.001, 0.01, 0.1, 0.5, 1.0, 2.5, 42.7, 150.0, 1e4]
TAILS = ["1e-15", "1e-12", "1e-9", "1e-6", "1e-4", "0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.15",
         "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.475", "0.49", "0.495", "0.499", "0.4999", "0.49999",
         "0.5"]


def main():
    rows = []
    for shape in SHAPES:
        law = series.Gamma(shape)
        for text in TAILS:
            p = mpf(float(text))
            for side, u in (("lower", p), ("upper", 1 - p)):
                x = to_double(mp.log(law.solve(u)))
                y = mp.exp(mpf(x))
                below, above = law.tails(y)
                density = y * mp.exp(law.log_density(y))
                rows.append([shape, side, float(text), x, to_double(density), to_double(below),
                             to_double(above)])
        rows.append([shape, "moments", 0.0, to_double(mp.psi(0, mpf(shape))),
                     to_double(mp.psi(1, mpf(shape))), 0.0, 0.0])
    with open(os.path.join(HERE, "log_gamma.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["shape", "side", "tail", "quantile", "density", "cdf_below", "cdf_above"])
        for row in rows:
            writer.writerow([v if isinstance(v, str) else repr(float(v)) for v in row])


main()
