"""Nanoseconds of processor time per draw of NumPy's Generator (PCG64), one thread.

One line `name<TAB>nanoseconds` per case, best of ROUNDS.

    python3 Benchmarks/peers/draws.py [ROUNDS]
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import time

import numpy as np

N = 1 << 18
rng = np.random.default_rng(1)
CASES = {
    "uniform(0, 1)": lambda: rng.random(N),
    "normal(0, 1)": lambda: rng.standard_normal(N),
    "lognormal(0, 0.5)": lambda: rng.lognormal(0, 0.5, N),
    "gamma(0.5)": lambda: rng.gamma(0.5, 2, N),
    "gamma(42.7)": lambda: rng.gamma(42.7, 2, N),
    "gamma(1e5)": lambda: rng.gamma(1e5, 2, N),
    "beta(8.35, 270)": lambda: rng.beta(8.35, 270, N),
    "beta(0.5, 0.5)": lambda: rng.beta(0.5, 0.5, N),
    "triangular(0, 1, 3)": lambda: rng.triangular(0, 1, 3, N),
}
best = dict.fromkeys(CASES, float("inf"))
for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
    for name, draw in CASES.items():
        start = time.process_time_ns()
        draw()
        best[name] = min(best[name], (time.process_time_ns() - start) / N)
for name, time_each in best.items():
    print(f"{name}\t{time_each:.2f}")
