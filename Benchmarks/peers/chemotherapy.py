"""The chemotherapy side-effects model in NumPy, as an economist would write it: vectorised, plain.

Two strategies, 52 weekly cycles, all 13 parameters. Model: Heath, Kunst, Jackson (eds), Value of
Information for Healthcare Decision Making (2024).

The files of `simulate run scenarios/chemotherapy.yaml`: summary.csv, histograms.csv, incremental.csv,
nmb.csv, ceac.csv, expected-loss.csv, evpi.csv, ce-plane.csv, and evppi.csv on the first N draws where
evppi=N is given. Left out: order-statistic intervals, sensitivity, convergence and model checks.
EVPPI by least squares on all products of the parameters up to the third degree; incremental cost and
effect are regressed once, and put together at each willingness to pay.

    python3 Benchmarks/peers/chemotherapy.py ITERATIONS FOLDER [evppi=N]
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import itertools
import math
import os
import sys

import numpy as np

PERCENTILES = [2.5, 5, 25, 50, 75, 95, 97.5]
NMB_PERCENTILES = [2.5, 25, 50, 75, 97.5]
WTPS = [10_000, 20_000, 30_000, 40_000, 50_000]
STRATEGIES = ["soc", "novel"]
GROUPS = {
    "side_effects": ["p_side_effects_soc", "logor_side_effects"],
    "transitions": ["p_hospitalised_total", "p_died", "lambda_home", "lambda_hosp", "rate_longterm"],
    "care_costs": ["c_home_care", "c_hospital", "c_death"],
    "utilities": ["u_recovery", "u_home_care", "u_hospital"],
}


def beta(rng, n, mean, sd):
    size = mean * (1 - mean) / sd**2 - 1
    return rng.beta(mean * size, (1 - mean) * size, n)


def lognormal(rng, n, mean, sd):
    s2 = math.log(1 + (sd / mean) ** 2)
    return rng.lognormal(math.log(mean) - s2 / 2, math.sqrt(s2), n)


def model(n, seed):
    rng = np.random.default_rng(seed)
    p1 = rng.beta(1 + 52, 1 + 111 - 52, n)
    logor = rng.normal(math.log(0.54), 0.3, n)
    odds = p1 / (1 - p1) * np.exp(logor)
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

    costs, effects = [], []
    for drug, q in ((120, p1), (1975, p2)):
        died = q * dead
        costs.append(
            drug
            + (q * (c_home * s_home + c_hosp * s_hosp) + c_death * died) / 52
            + (1 - died) * (1 - np.exp(-38 * rate)) * c_death
        )
        effects.append(
            q * (u_home * s_home + u_hosp * s_hosp + u_rec * s_rec) / 52
            + (1 - q) * u_rec * 53 / 52
            + (1 - died) * u_home * (np.exp(-2 * rate) - np.exp(-40 * rate)) / rate
        )
    parameters = {
        "p_side_effects_soc": p1, "logor_side_effects": logor,
        "p_hospitalised_total": p_hospitalised, "p_died": p_died,
        "lambda_home": lambda_home, "lambda_hosp": lambda_hosp,
        "c_home_care": c_home, "c_hospital": c_hosp, "c_death": c_death,
        "u_recovery": u_rec, "u_home_care": u_home, "u_hospital": u_hosp, "rate_longterm": rate,
    }  # fmt: skip
    return costs, effects, parameters


def write(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def summaries(folder, costs, effects, d_cost, d_effect, gains):
    outputs = {"cost_soc": costs[0], "cost_novel": costs[1], "effect_soc": effects[0],
               "effect_novel": effects[1], "incremental_cost": d_cost,
               "incremental_effect": d_effect}  # fmt: skip
    outputs |= {f"incremental_nmb_{wtp}": gain for wtp, gain in zip(WTPS, gains)}
    rows, bins = [], []
    for name, x in outputs.items():
        counts, edges = np.histogram(x, bins=60)
        bins += [[name, *bin] for bin in zip(edges[:-1], edges[1:], counts)]
    outputs |= {f"novel_best_{wtp}": (gain > 0) * 1.0 for wtp, gain in zip(WTPS, gains)}
    for name, x in outputs.items():
        sd = x.std(ddof=1)
        rows.append([name, x.mean(), sd / len(x) ** 0.5, sd, x.min(), x.max(),
                     *np.percentile(x, PERCENTILES), (x > 0).mean()])  # fmt: skip
    header = ["output", "mean", "mcse", "sd", "min", "max"] + [f"p{p}" for p in PERCENTILES]
    write(folder, "summary.csv", header + ["p_positive"], rows)
    write(folder, "histograms.csv", ["output", "lower", "upper", "count"], bins)


def decision(folder, costs, effects, d_cost, d_effect, gains):
    n = len(d_cost)
    cost, effect = d_cost.mean(), d_effect.mean()
    icer = cost / effect
    # The uncertainty interval by angle around the plane: Obenchain (1999).
    low, high = np.tan(np.percentile(np.arctan2(d_cost, d_effect), [2.5, 97.5]))
    more, better = d_cost > 0, d_effect > 0
    write(folder, "incremental.csv", ["figure", "value", "mcse"], [
        ["incremental_cost", cost, d_cost.std(ddof=1) / n**0.5],
        ["incremental_effect", effect, d_effect.std(ddof=1) / n**0.5],
        ["icer", icer, (d_cost - icer * d_effect).std(ddof=1) / n**0.5 / abs(effect)],
        ["icer_ui95_low", low, ""],
        ["icer_ui95_high", high, ""],
        ["share_northeast", (more & better).mean(), ""],
        ["share_northwest", (more & (d_effect < 0)).mean(), ""],
        ["share_southwest", ((d_cost < 0) & (d_effect < 0)).mean(), ""],
        ["share_southeast", ((d_cost < 0) & better).mean(), ""],
    ])  # fmt: skip
    nmb_rows, ceac_rows, loss_rows, evpi_rows = [], [], [], []
    for wtp, gain in zip(WTPS, gains):
        nmb = [wtp * e - c for c, e in zip(costs, effects)]
        best = np.maximum(nmb[0], nmb[1])
        chosen = int(gain.mean() > 0)
        p_novel = (gain > 0).mean()
        shares = [1 - p_novel, p_novel]
        for s, x in enumerate(nmb):
            figures = [x.mean(), x.std(ddof=1), *np.percentile(x, NMB_PERCENTILES)]
            names = ["mean", "sd"] + [f"p{p}" for p in NMB_PERCENTILES]
            nmb_rows += [[STRATEGIES[s], wtp, f, v, v / wtp] for f, v in zip(names, figures)]
            loss = best - x
            row = [STRATEGIES[s], wtp, loss.mean(), loss.std(ddof=1) / n**0.5]
            loss_rows.append(row)
            if s == chosen:
                evpi_rows.append(row)
        mcse = (p_novel * (1 - p_novel) / n) ** 0.5
        ceac_rows.append([wtp, *shares, STRATEGIES[chosen], shares[chosen], mcse])
    write(folder, "nmb.csv", ["strategy", "wtp", "figure", "nmb", "nhb"], nmb_rows)
    header = ["wtp", "p_soc_best", "p_novel_best", "optimal", "frontier", "mcse"]
    write(folder, "ceac.csv", header, ceac_rows)
    write(folder, "expected-loss.csv", ["strategy", "wtp", "expected_loss", "mcse"], loss_rows)
    write(folder, "evpi.csv", ["strategy", "wtp", "evpi", "mcse"], evpi_rows)
    shown = np.arange(0, n, max(1, -(-n // 10_000)))
    header = ["iteration", "incremental_effect", "incremental_cost"]
    write(folder, "ce-plane.csv", header, zip(shown + 1, d_effect[shown], d_cost[shown]))


def information(folder, parameters, d_cost, d_effect, n):
    increments = np.column_stack([d_cost[:n], d_effect[:n]])
    columns = {k: (x[:n] - x[:n].mean()) / x[:n].std() for k, x in parameters.items()}
    rows = []
    for name, group in ({k: [k] for k in columns} | GROUPS).items():
        basis = [np.ones(len(increments))]
        for degree in (1, 2, 3):
            for product in itertools.combinations_with_replacement(group, degree):
                basis.append(np.prod([columns[k] for k in product], axis=0))
        basis = np.column_stack(basis)
        fit = basis @ np.linalg.lstsq(basis, increments, rcond=None)[0]
        for wtp in WTPS:
            gain = wtp * fit[:, 1] - fit[:, 0]
            rows.append([name, wtp, np.maximum(gain, 0).mean() - max(gain.mean(), 0), len(gain)])
    write(folder, "evppi.csv", ["parameters", "wtp", "evppi", "iterations"], rows)


def main():
    n = int(float(sys.argv[1]))
    folder = sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    costs, effects, parameters = model(n, 2024)
    d_cost, d_effect = costs[1] - costs[0], effects[1] - effects[0]
    gains = [wtp * d_effect - d_cost for wtp in WTPS]
    summaries(folder, costs, effects, d_cost, d_effect, gains)
    decision(folder, costs, effects, d_cost, d_effect, gains)
    if len(sys.argv) > 3:
        size = int(float(sys.argv[3].removeprefix("evppi=")))
        information(folder, parameters, d_cost, d_effect, size)


main()
