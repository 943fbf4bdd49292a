#!/usr/bin/env python3
# Utfall: how much the sampling methods reduce the variance of a scenario's figures.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Python 3.11, standard library only. Runs the built program with many seeds and prints, for each method and number of
# iterations, the variance over seeds of each figure under `random` divided by that under the method: how many times
# the iterations `random` would need. A further table has the root mean of the squared standard errors that the program
# reports, divided by the standard deviation over seeds: 1 means that the reported errors are right.
#
# Usage: variance_reduction.py [--program FILE] [--scenario FILE] [--output NAME] [--seeds N] [--iterations N ...]
import argparse
import csv
import os
import statistics
import subprocess
import tempfile

METHODS = ["random", "latin-hypercube", "sobol", "antithetic"]
FIGURES = {"mean": "mcse", "p2.5": None, "p50": None, "p97.5": None, "p_positive": "p_positive_mcse"}
STUDENT = 2.131449545559323

parser = argparse.ArgumentParser()
parser.add_argument("--program", default=".build/release/simulate")
parser.add_argument("--scenario", default="scenarios/norway-exercise.yaml")
parser.add_argument("--output", default="net_benefit")
parser.add_argument("--seeds", type=int, default=200)
parser.add_argument("--iterations", type=int, nargs="+", default=[16384, 131072])
options = parser.parse_args()


def rows(method, iterations, folder):
    for seed in range(1, options.seeds + 1):
        subprocess.run(
            [options.program, "run", options.scenario, "--quiet", "--output", folder, "--method", method,
             "--iterations", str(iterations), "--seed", str(seed), "--workers", "1"], check=True)
        name = os.path.splitext(os.path.basename(options.scenario))[0]
        with open(os.path.join(folder, name, "summary.csv"), newline="", encoding="utf-8") as file:
            yield next(row for row in csv.DictReader(file) if row["output"] == options.output)


def error(row, figure, method):
    if FIGURES[figure]:
        return float(row[FIGURES[figure]])
    width = float(row[figure + "_high"]) - float(row[figure + "_low"])
    return width / 2 / (1.959963984540054 if method == "random" else STUDENT)


reductions, calibrations = [], []
with tempfile.TemporaryDirectory() as folder:
    for iterations in options.iterations:
        plain = {}
        for method in METHODS:
            runs = list(rows(method, iterations, folder))
            used = int(runs[0]["iterations"])
            reduction, calibration = [], []
            for figure in FIGURES:
                variance = statistics.variance(float(row[figure]) for row in runs)
                reported = statistics.fmean(error(row, figure, method) ** 2 for row in runs)
                plain.setdefault(figure, variance * used)
                reduction.append(f"{plain[figure] / (variance * used):.3g}")
                calibration.append(f"{(reported / variance) ** 0.5:.2f}")
            reductions.append([f"{used:,}".replace(",", " "), method, *reduction])
            calibrations.append([f"{used:,}".replace(",", " "), method, *calibration])

header = ["iterations", "method", "mean", "P2.5", "P50", "P97.5", "P(> 0)"]
for title, table in [("Variance under random / variance", reductions), ("Reported error / sd over seeds", calibrations)]:
    print(f"{title}, {options.output}, {options.seeds} seeds\n")
    for row in [header, ["---"] * len(header), *table]:
        print("| " + " | ".join(row) + " |")
    print()
