# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenario references share: fits, draws from tables, statistics with their errors, CSV.

Not a script.  Plain NumPy; nothing of the engine.
"""
import csv
import math
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
Z = {"ci95": 1.959963984540054, "ci90": 1.6448536269514722, "p10-p90": 1.2815515655446004}
PERCENTS = [("p2.5", 0.025), ("p5", 0.05), ("p10", 0.1), ("p50", 0.5), ("p90", 0.9),
            ("p95", 0.95), ("p97.5", 0.975)]
BATCHES = 100

# Table 4-1 of Oslo Economics (2018): area in m2, users in 2017 (None where none is printed).
CENTRES = [
    ("Bergen - Haukeland", 178, 329), ("Skien - Telemark", 90, 109), ("Gjøvik", 84, 35),
    ("Oslo - Ullevål", 50, 247), ("Oslo - Radiumhospitalet", 135, 228), ("Trondheim", 70, 200),
    ("Ringerike", 180, 74), ("Tønsberg", 200, 135), ("Ahus", 200, 130), ("Bærum", 245, 162),
    ("Ålesund", 105, None), ("Kongsberg", 270, 62), ("Kristiansund", 220, 60),
    ("Drammen", 230, 171), ("Stavanger", 120, None)]
COMPLETE = np.array([(area, users) for _, area, users in CENTRES if users is not None], float)


def half_width(low, high, reading="ci95"):
    """The sd of a range about its base."""
    return (high - low) / (2 * Z[reading])


def gamma(rng, mean, sd, size):
    return rng.gamma((mean / sd) ** 2, sd ** 2 / mean, size)


def beta_shapes(mean, sd):
    total = mean * (1 - mean) / sd ** 2 - 1
    return mean * total, (1 - mean) * total


def beta(rng, mean, sd, size):
    return rng.beta(*beta_shapes(mean, sd), size)


def pert_shapes(low, mode, high):
    return 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)


def bootstrap_means(rng, rows, size):
    """Column means of `size` resamples, each of as many rows as there are, with replacement."""
    chosen = rng.integers(0, len(rows), (size, len(rows)))
    return rows[chosen].mean(axis=1)


def statistics(x):
    return np.concatenate([[x.mean(), x.std(ddof=1)],
                           np.quantile(x, [p for _, p in PERCENTS]),
                           [np.count_nonzero(x > 0) / x.size]])


LABELS = ["mean", "sd"] + [name for name, _ in PERCENTS] + ["p_positive"]


def sampled_rows(variant, output, label, x):
    """Rows variant, output, label, statistic, value, standard_error of one array of draws.

    The standard error is the sd of 100 consecutive batches' values divided by 10.
    """
    value = statistics(x)
    batch = np.array([statistics(part) for part in np.split(x, BATCHES)])
    error = batch.std(axis=0, ddof=1) / math.sqrt(BATCHES)
    return [(variant, output, label, name, float(v), float(e))
            for name, v, e in zip(LABELS, value, error)]


def share_row(variant, output, label, x):
    """One row of the share of draws for which x (zeros and ones) holds."""
    p = float(x.mean())
    return (variant, output, label, "mean", p, math.sqrt(p * (1 - p) / x.size))


def write(name, rows):
    with open(os.path.join(HERE, name), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["variant", "output", "label", "statistic", "value", "standard_error"])
        for variant, output, label, statistic, value, error in rows:
            writer.writerow([variant, output, label, statistic, repr(float(value)),
                             repr(float(error))])
    print(f"{name}: {len(rows)} rows")


def find(rows, output, statistic, variant="", label=""):
    for row in rows:
        if row[:4] == (variant, output, label, statistic):
            return row[4]
    raise KeyError((variant, output, label, statistic))
