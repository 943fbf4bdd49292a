# SPDX-License-Identifier: GPL-3.0-or-later
"""The chemotherapy side-effects model of Heath, Kunst and Jackson (2024), in plain NumPy.

Source: Heath, Kunst, Jackson (eds), Value of Information for Healthcare Decision Making (2024);
the model also ships with the R package voi.  Facts restated, code our own.
Writes chemotherapy.csv.  Versions used: Python 3.11.7, NumPy 2.4.6.

Two strategies, SoC and Novel; 52 weekly cycles for people with side effects, then an analytic
part to year 40; nothing discounted.  Kept as published: long-term QALYs use the utility of home
care, and 53 points are divided by 52.

Rows: `base` at the parameters' means (logor at log 0.54), standard_error 0; `psa` from 2e6 draws.
Labels are strategies, or the willingness to pay per QALY.
"""
import math

import numpy as np

import reference_tools as tools

N = 2_000_000
CHUNK = 20_000
WEEKS, SHORT, LONG = 52, 2, 40
DRUG = {"SoC": 120.0, "Novel": 1975.0}
WTP = [10_000, 20_000, 30_000, 40_000, 50_000]


def lognormal(rng, mean, variance, n):
    s2 = math.log(1 + variance / mean ** 2)
    return rng.lognormal(math.log(mean) - s2 / 2, math.sqrt(s2), n)


def draws(rng, n):
    return {
        "p_side_effects_t1": rng.beta(1 + 52, 1 + 111 - 52, n),
        "logor": rng.normal(math.log(0.54), 0.3, n),
        "p_hospitalised": rng.beta(1 + 43, 1 + 52 - 43, n),
        "p_died": rng.beta(1 + 8, 1 + 43 - 8, n),
        "lambda_home": tools.beta(rng, 0.21, 0.03, n),
        "lambda_hosp": tools.beta(rng, 0.03, 0.0065, n),
        "c_home": lognormal(rng, 830, 150, n),
        "c_hosp": lognormal(rng, 2400, 1880, n),
        "c_death": lognormal(rng, 1710, 760, n),
        "u_rec": tools.beta(rng, 0.98, math.sqrt(0.0008), n),
        "u_home": tools.beta(rng, 0.70, math.sqrt(0.02), n),
        "u_hosp": tools.beta(rng, 0.30, math.sqrt(0.03), n),
        "rate": tools.gamma(rng, 0.0475, math.sqrt(0.001), n),
    }


MEANS = {
    "p_side_effects_t1": 53 / 113, "logor": math.log(0.54), "p_hospitalised": 44 / 54,
    "p_died": 9 / 45, "lambda_home": 0.21, "lambda_hosp": 0.03, "c_home": 830.0, "c_hosp": 2400.0,
    "c_death": 1710.0, "u_rec": 0.98, "u_home": 0.70, "u_hosp": 0.30, "rate": 0.0475,
}


def model(p):
    """{strategy: (cost, effect)} of a dictionary of numbers or arrays."""
    odds = p["p_side_effects_t1"] / (1 - p["p_side_effects_t1"]) * np.exp(p["logor"])
    side_effects = {"SoC": p["p_side_effects_t1"], "Novel": odds / (1 + odds)}
    hh = 1 - (1 - p["p_hospitalised"]) ** (1 / WEEKS)
    a = (1 - p["lambda_home"]) * (1 - hh)
    r = p["lambda_home"] * (1 - hh)
    d = 1 - (1 - p["p_died"]) ** (1 / WEEKS)
    b = (1 - p["lambda_hosp"]) * (1 - d)
    r2 = p["lambda_hosp"] * (1 - d)
    m = 1 - np.exp(-p["rate"] / 52)
    home, hospital, recovered, dead = 1.0 + 0 * a, 0 * a, 0 * a, 0 * a
    s_home, s_hospital, s_recovered = home, hospital, recovered
    for _ in range(WEEKS):
        home, hospital, recovered, dead = (
            home * a,
            home * hh + hospital * b,
            home * r + hospital * r2 + recovered * (1 - m),
            hospital * d + recovered * m + dead)
        s_home, s_hospital, s_recovered = (
            s_home + home, s_hospital + hospital, s_recovered + recovered)
    result = {}
    for strategy, q in side_effects.items():
        died = q * dead
        cost = (DRUG[strategy]
                + (q * (p["c_home"] * s_home + p["c_hosp"] * s_hospital) + p["c_death"] * died) / 52
                + (1 - died) * (1 - np.exp(-(LONG - SHORT) * p["rate"])) * p["c_death"])
        effect = (q * (p["u_home"] * s_home + p["u_hosp"] * s_hospital
                       + p["u_rec"] * s_recovered) / 52
                  + (1 - q) * p["u_rec"] * 53 / 52
                  + (1 - died) * p["u_home"]
                  * (np.exp(-SHORT * p["rate"]) - np.exp(-LONG * p["rate"])) / p["rate"])
        result[strategy] = (cost, effect)
    return result


def main():
    rows = []
    base = model(MEANS)
    for strategy, (cost, effect) in base.items():
        rows += [("base", "cost", strategy, "value", cost, 0),
                 ("base", "effect", strategy, "value", effect, 0)]
    base_icer = ((base["Novel"][0] - base["SoC"][0]) / (base["Novel"][1] - base["SoC"][1]))
    rows.append(("base", "icer", "Novel", "value", base_icer, 0))

    rng = np.random.default_rng(2024)
    out = {(s, k): np.empty(N) for s in DRUG for k in ("cost", "effect")}
    for first in range(0, N, CHUNK):
        for strategy, (cost, effect) in model(draws(rng, CHUNK)).items():
            out[strategy, "cost"][first:first + CHUNK] = cost
            out[strategy, "effect"][first:first + CHUNK] = effect
    for (strategy, key), x in out.items():
        rows += tools.sampled_rows("psa", key, strategy, x)
    delta_cost = out["Novel", "cost"] - out["SoC", "cost"]
    delta_effect = out["Novel", "effect"] - out["SoC", "effect"]
    rows += tools.sampled_rows("psa", "incremental_cost", "Novel", delta_cost)
    rows += tools.sampled_rows("psa", "incremental_effect", "Novel", delta_effect)
    icer = delta_cost.mean() / delta_effect.mean()
    # delta method
    error = ((delta_cost - icer * delta_effect).std(ddof=1) / abs(delta_effect.mean())
             / math.sqrt(N))
    rows.append(("psa", "icer", "Novel", "ratio_of_means", icer, error))
    found = {}
    for wtp in WTP:
        gain = wtp * delta_effect - delta_cost
        label = str(wtp)
        rows.append(tools.share_row("psa", "p_novel_best", label, gain > 0))
        mean = gain.mean()
        loss = np.maximum(gain, 0) - max(mean, 0)
        # The sign of the mean is certain at these sizes, so its error is that of the loss itself.
        regret = np.maximum(gain, 0) - (gain if mean > 0 else 0)
        rows.append(("psa", "evpi", label, "mean", loss.mean(),
                     regret.std(ddof=1) / math.sqrt(N)))
        found[wtp] = ((gain > 0).mean(), loss.mean())
    tools.write("chemotherapy.csv", rows)

    # The published and the restated results.
    assert abs(base_icer - 18279.6) < 0.05, base_icer
    # The restated results come from 1e6 draws, ours from 2e6: 4 standard errors of the difference.
    def near(value, stated, error, digit):
        assert abs(value - stated) <= 4 * error * math.sqrt(3) + digit / 2, (value, stated, error)
    for strategy, cost, effect in [("SoC", 1446.59, 13.5463), ("Novel", 3280.12, 13.6396)]:
        for key, stated, digit in [("cost", cost, 0.01), ("effect", effect, 1e-4)]:
            x = out[strategy, key]
            near(x.mean(), stated, x.std() / math.sqrt(N), digit)
    near(icer, 19647.7, error, 0.1)
    for wtp, p, evpi in zip(WTP, (0.0383, 0.4974, 0.7467, 0.8445, 0.8895),
                            (9.20, 364.86, 202.04, 144.84, 119.96)):
        near(found[wtp][0], p, math.sqrt(p * (1 - p) / N), 1e-4)
        gain = wtp * delta_effect - delta_cost
        near(found[wtp][1], evpi, np.maximum(gain, 0).std() / math.sqrt(N), 0.01)
    print(f"base ICER {base_icer:.1f}, ICER {icer:.1f} (error {error:.1f}), "
          + ", ".join(f"{w}: {p:.4f} {e:.2f}" for w, (p, e) in found.items()))


if __name__ == "__main__":
    main()
