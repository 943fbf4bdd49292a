"""The chemotherapy side-effects model in NumPy, as an economist would write it: vectorised, plain.

Two strategies, 52 weekly cycles; draws of all 13 parameters, costs and effects of both strategies,
ICER, CEAC and EVPI. Model: Heath, Kunst, Jackson (eds), Value of Information for Healthcare
Decision Making (2024).

    python3 Benchmarks/peers/chemotherapy.py ITERATIONS [FOLDER]
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import math
import os
import sys
import time

import numpy as np

PERCENTILES = [2.5, 5, 25, 50, 75, 95, 97.5]


def beta(rng, n, mean, sd):
    size = mean * (1 - mean) / sd**2 - 1
    return rng.beta(mean * size, (1 - mean) * size, n)


def lognormal(rng, n, mean, sd):
    s2 = math.log(1 + (sd / mean) ** 2)
    return rng.lognormal(math.log(mean) - s2 / 2, math.sqrt(s2), n)


def model(n, seed):
    rng = np.random.default_rng(seed)
    p1 = rng.beta(1 + 52, 1 + 111 - 52, n)
    odds = p1 / (1 - p1) * np.exp(rng.normal(math.log(0.54), 0.3, n))
    p2 = odds / (1 + odds)
    p_hospitalised = rng.beta(1 + 43, 1 + 52 - 43, n)
    p_died = rng.beta(1 + 8, 1 + 43 - 8, n)
    lambda_home = beta(rng, n, 0.21, 0.03)
    lambda_hosp = beta(rng, n, 0.03, 0.0065)
    c_home = lognormal(rng, n, 830, math.sqrt(150))
    c_hosp = lognormal(rng, n, 2400, math.sqrt(1880))
    c_death = lognormal(rng, n, 1710, math.sqrt(760))
    u_rec = beta(rng, n, 0.98, math.sqrt(0.0008))
    u_home = beta(rng, n, 0.70, math.sqrt(0.02))
    u_hosp = beta(rng, n, 0.30, math.sqrt(0.03))
    rate = rng.gamma(0.0475**2 / 0.001, 0.001 / 0.0475, n)

    hh = 1 - (1 - p_hospitalised) ** (1 / 52)
    d = 1 - (1 - p_died) ** (1 / 52)
    stay_home, home_recovered = (1 - lambda_home) * (1 - hh), lambda_home * (1 - hh)
    stay_hosp, hosp_recovered = (1 - lambda_hosp) * (1 - d), lambda_hosp * (1 - d)
    m = 1 - np.exp(-rate / 52)
    home, hosp, rec, dead = np.ones(n), np.zeros(n), np.zeros(n), np.zeros(n)
    s_home, s_hosp, s_rec = home, hosp, rec
    for _ in range(52):
        home, hosp, rec, dead = (
            home * stay_home,
            home * hh + hosp * stay_hosp,
            home * home_recovered + hosp * hosp_recovered + rec * (1 - m),
            hosp * d + rec * m + dead,
        )
        s_home, s_hosp, s_rec = s_home + home, s_hosp + hosp, s_rec + rec

    outputs = {}
    for strategy, drug, q in (("SoC", 120, p1), ("Novel", 1975, p2)):
        died = q * dead
        outputs["cost", strategy] = (
            drug
            + (q * (c_home * s_home + c_hosp * s_hosp) + c_death * died) / 52
            + (1 - died) * (1 - np.exp(-38 * rate)) * c_death
        )
        outputs["effect", strategy] = (
            q * (u_home * s_home + u_hosp * s_hosp + u_rec * s_rec) / 52
            + (1 - q) * u_rec * 53 / 52
            + (1 - died) * u_home * (np.exp(-2 * rate) - np.exp(-40 * rate)) / rate
        )
    return outputs


def main():
    n = int(float(sys.argv[1]))
    start = time.perf_counter()
    outputs = model(n, 2024)
    rows = []
    for (name, strategy), x in outputs.items():
        sd = x.std(ddof=1)
        rows.append([name, strategy, x.mean(), sd / n**0.5, sd, *np.percentile(x, PERCENTILES)])
    cost = outputs["cost", "Novel"] - outputs["cost", "SoC"]
    effect = outputs["effect", "Novel"] - outputs["effect", "SoC"]
    decision = [["icer", "", cost.mean() / effect.mean()]]
    for wtp in (10_000, 20_000, 30_000, 40_000, 50_000):
        gain = wtp * effect - cost
        decision.append(["p_novel_best", wtp, (gain > 0).mean()])
        decision.append(["evpi", wtp, np.maximum(gain, 0).mean() - max(gain.mean(), 0)])
    if len(sys.argv) > 2:
        os.makedirs(sys.argv[2], exist_ok=True)
        for name, some in (("summary.csv", rows), ("decision.csv", decision)):
            with open(os.path.join(sys.argv[2], name), "w", newline="") as file:
                csv.writer(file).writerows(some)
    print(f"icer {decision[0][2]:.1f}; {n} iterations in {time.perf_counter() - start:.3f} s")


main()
