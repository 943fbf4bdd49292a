# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws of `simulate run --draws` checked without any code of the engine.

The uniform of each draw is computed from its address (docs/reproducibility.md), the tail of the draw by SciPy.
Prints for each law the largest error in the smaller tail of draws that are not the best double, of all draws,
and how many are off by more than 1e-11; then the same error for laws in one group of correlated parameters.  From the repository root, after `make build`:

    python3 Tests/References/draws_check.py

Versions used: Python 3.11.7, NumPy 2.4.6, SciPy 1.17.1.
"""
import csv
import os
import subprocess
import tempfile

import numpy as np
from scipy import stats

ITERATIONS = 20000
MASK64 = (1 << 64) - 1
LAWS = {
    "gamma(shape = 0.01, scale = 1)": stats.gamma(0.01),
    "gamma(shape = 0.1, scale = 1)": stats.gamma(0.1),
    "gamma(shape = 2.5, scale = 1)": stats.gamma(2.5),
    "gamma(shape = 99, scale = 1)": stats.gamma(99),
    "gamma(shape = 101, scale = 1)": stats.gamma(101),
    "gamma(shape = 1e4, scale = 1)": stats.gamma(1e4),
    "gamma(shape = 1e6, scale = 1)": stats.gamma(1e6),
    "beta(0.1, 0.1)": stats.beta(0.1, 0.1),
    "beta(5, 995)": stats.beta(5, 995),
    "beta(5, 99995)": stats.beta(5, 99995),
    "beta(1e5, 1e5)": stats.beta(1e5, 1e5),
    "normal(mean = 0, sd = 1)": stats.norm(),
    "lognormal(meanlog = 0, sdlog = 1.0986)": stats.lognorm(1.0986),
    "pert(0, 0.3, 1)": stats.beta(1 + 4 * 0.3, 1 + 4 * 0.7),
}


def mix64(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK64
    return z ^ (z >> 31)


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = (h ^ byte) * 0x100000001B3 & MASK64
    return h


def numerators(name, n, seed=1):
    """k of u = (k + 1/2) / 2**52 for iterations 0 ... n - 1, n even."""
    key = mix64(seed ^ mix64(fnv1a(f"draw/{name}/0")))
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    half, low = np.uint64(32), np.uint64(0xFFFFFFFF)
    index = np.arange(n // 2, dtype=np.uint64)
    zero = np.zeros_like(index)
    c = [index & low, index >> half, zero, zero]
    for _ in range(10):
        a, b = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(b >> half) ^ c[1] ^ np.uint64(k0), b & low, (a >> half) ^ c[3] ^ np.uint64(k1), a & low]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    words = np.empty(n, np.uint64)
    words[0::2], words[1::2] = c[0] | c[1] << half, c[2] | c[3] << half
    return words >> np.uint64(12)


def draws(laws, spearman=None):
    names = [f"x{i}" for i in range(len(laws))]
    lines = ["utfall: 1", f"run: {{seed: 1, iterations: {ITERATIONS}}}", "parameters:"]
    lines += [f"  {name}: {{value: '{law}'}}" for name, law in zip(names, laws)]
    if spearman is not None:
        lines += ["correlate:", f"  - parameters: [{', '.join(names)}]", f"    spearman: {spearman}"]
    lines += ["outputs:", "  all: " + " + ".join(names)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "check.yaml")
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        subprocess.run([".build/release/simulate", "run", path, "-q", "--draws", "-o", folder], check=True)
        with open(os.path.join(folder, "check", "draws.csv"), newline="") as file:
            return list(csv.DictReader(file))


def independent_scores(name):
    k = numerators(name, ITERATIONS)
    upper = k >= 1 << 51
    z = stats.norm.ppf((np.where(upper, np.uint64((1 << 52) - 1) - k, k) + 0.5) * 2.0**-52)
    return np.where(upper, -z, z)


rows = draws(LAWS)
for i, (name, law) in enumerate(LAWS.items()):
    x = np.array([float(row[f"x{i}"]) for row in rows])
    k = numerators(f"x{i}", ITERATIONS)
    upper = k >= 1 << 51
    p = (np.where(upper, np.uint64((1 << 52) - 1) - k, k) + 0.5) * 2.0**-52

    def tail(y):
        return np.where(upper, law.sf(y), law.cdf(y))

    below, above = tail(np.nextafter(x, -np.inf)), tail(np.nextafter(x, np.inf))
    best = (np.minimum(below, above) <= p) & (p <= np.maximum(below, above))
    error = np.abs(tail(x) - p)
    off = error > 1e-11
    print(
        f"{name}: not the best double {error[~best].max(initial=0):.1e}, all {error.max():.1e}, "
        f"beyond 1e-11 {off.sum()}, best doubles among them {(off & best).sum()}"
    )

# Scores of a group are the Cholesky factor of the normal-score correlation times independent ones.
GROUP = [law for law in LAWS if law.startswith(("gamma(shape = 2.5", "beta(5, 995)", "normal", "lognormal"))]
rows = draws(GROUP, spearman=0.5)
correlation = np.full((len(GROUP), len(GROUP)), 2 * np.sin(np.pi * 0.5 / 6))
np.fill_diagonal(correlation, 1)
scores = np.linalg.cholesky(correlation) @ np.array([independent_scores(f"x{i}") for i in range(len(GROUP))])
for i, name in enumerate(GROUP):
    law, y = LAWS[name], scores[i]
    x = np.array([float(row[f"x{i}"]) for row in rows])
    error = np.abs(np.where(y > 0, law.sf(x), law.cdf(x)) - stats.norm.sf(np.abs(y)))
    print(f"correlated {name}: {error.max():.1e}, beyond 1e-11 {(error > 1e-11).sum()}")
