"""The Norwegian exercise model in NumPy, as an economist would write it: vectorised, plain.

Same model, same outputs and the same files as `simulate run scenarios/norway-exercise.yaml`:
summary.csv (mean, standard error, sd, seven percentiles, share above zero) and histograms.csv.

    python3 Benchmarks/peers/norway_exercise.py ITERATIONS FOLDER
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import os
import sys

import numpy as np

Z = 1.959963984540054
PERCENTILES = [2.5, 5, 25, 50, 75, 95, 97.5]


def gamma(rng, n, mean, low, high):
    sd = (high - low) / (2 * Z)
    return rng.gamma((mean / sd) ** 2, sd**2 / mean, n)


def beta(rng, n, mean, low, high):
    sd = (high - low) / (2 * Z)
    size = mean * (1 - mean) / sd**2 - 1
    return rng.beta(mean * size, (1 - mean) * size, n)


def model(n, seed):
    rng = np.random.default_rng(seed)
    centre = (200 * 1000 * 12 + 1.25 * 697500) / 150 * gamma(rng, n, 1, 0.7, 1.3)
    instructor = gamma(rng, n, 6, 2, 12) * 600 + gamma(rng, n, 12, 6, 18) * (200 + 70) / 2
    cost = centre + instructor
    benefit = (
        beta(rng, n, 0.03, 0.01, 0.05) * 1235000
        + beta(rng, n, 0.4, 0.2, 0.6) * 1 * 8550
        + gamma(rng, n, 1, 0, 2) * 2000
    )
    outputs = {"cost": cost, "benefit": benefit, "net_benefit": benefit - cost}
    for users in (1750, 11000):
        for name in ("cost", "benefit", "net_benefit"):
            outputs[f"{name}_{users}"] = users * outputs[name]
    return outputs


def main():
    n = int(float(sys.argv[1]))
    folder = sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    outputs = model(n, 2018)
    with open(os.path.join(folder, "summary.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["output", "mean", "mcse", "sd"] + [f"p{p}" for p in PERCENTILES] + ["p_positive"]
        )
        for name, x in outputs.items():
            sd = x.std(ddof=1)
            quantiles = np.percentile(x, PERCENTILES)
            writer.writerow([name, x.mean(), sd / n**0.5, sd, *quantiles, (x > 0).mean()])
    with open(os.path.join(folder, "histograms.csv"), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["output", "lower", "upper", "count"])
        for name, x in outputs.items():
            counts, edges = np.histogram(x, bins=60)
            for i, count in enumerate(counts):
                writer.writerow([name, edges[i], edges[i + 1], count])


main()
