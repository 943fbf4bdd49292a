# SPDX-License-Identifier: GPL-3.0-or-later
"""Spread between users kept apart from uncertainty about their mean.  NOK of 2018.

Source: Oslo Economics (2018), section 5.5 and table 5-1: 2-12 individual and 6-18 group hours are
what users with low and high use take.  Writes norway_users.csv.
Versions used: Python 3.11.7, NumPy 2.4.6.

Here 2 to 12 and 6 to 18 hours are the 2.5th and 97.5th percentile of users, base = mean:
  spread = (high - low) / (2 * 1.959963984540054): sd 2.5511 and 3.0613
Population mean hours, once per iteration: gamma(mean = base, sd = spread / sqrt(41))
  (assumption: 41 instructors answered, each worth one observation of the mean)
Hours of one user: population mean * gamma(mean = 1, sd = spread / base), each user its own;
individual and group hours independent.
Everything else as in norway.py (f, q, w, v are uncertainty).

Outputs, variant `two-level`:
  individual_hours_user, instructor_user    one user of one iteration: spread and uncertainty
  instructor_mean                           population mean only
  instructor_1750                           mean over 1750 simulated users of an iteration
  net_benefit (label empty, 1750, 11000)    with instructor_mean; 1750 and 11000 are factors
  net_benefit_1750_simulated                1750 * per user with instructor_1750
variant `as-uncertainty`: the reading of norway-exercise, where the spread of users is taken for
uncertainty about the mean: instructor_mean, net_benefit.
The mean over k users is simulated by summing their gamma draws, 1750 of them in each of 20 000
iterations (all other rows: 1e6 iterations).
"""
import math

import numpy as np

import reference_tools as tools

N = 1_000_000
OUTER, USERS, CHUNK = 20_000, 1750, 200
BASE = {"individual": 6.0, "group": 12.0}
SPREAD = {"individual": tools.half_width(2, 12), "group": tools.half_width(6, 18)}
PRICE = {"individual": 600.0, "group": 135.0}


def population_means(rng, n):
    return {k: tools.gamma(rng, BASE[k], SPREAD[k] / math.sqrt(41), n) for k in BASE}


def rest(rng, n):
    """Benefits less the cost of the centre, per user."""
    centre = (200 * 1000 * 12 + 1.25 * 697500) / 150
    return (1235000 * tools.beta(rng, 0.03, tools.half_width(0.01, 0.05), n)
            + 8550 * tools.beta(rng, 0.4, tools.half_width(0.2, 0.6), n)
            + 2000 * tools.gamma(rng, 1, tools.half_width(0, 2), n)
            - centre * tools.gamma(rng, 1, tools.half_width(0.7, 1.3), n))


def main():
    rng = np.random.default_rng(1750)
    rows = []
    mean = population_means(rng, N)
    user = {k: mean[k] * tools.gamma(rng, 1, SPREAD[k] / BASE[k], N) for k in BASE}
    rows += tools.sampled_rows("two-level", "individual_hours_user", "", user["individual"])
    rows += tools.sampled_rows("two-level", "instructor_user", "",
                               sum(PRICE[k] * user[k] for k in BASE))
    instructor = sum(PRICE[k] * mean[k] for k in BASE)
    rows += tools.sampled_rows("two-level", "instructor_mean", "", instructor)
    other = rest(rng, N)
    for label, factor in [("", 1), ("1750", 1750), ("11000", 11000)]:
        rows += tools.sampled_rows("two-level", "net_benefit", label,
                                   factor * (other - instructor))
    naive = sum(PRICE[k] * tools.gamma(rng, BASE[k], SPREAD[k], N) for k in BASE)
    rows += tools.sampled_rows("as-uncertainty", "instructor_mean", "", naive)
    for label, factor in [("", 1), ("1750", 1750), ("11000", 11000)]:
        rows += tools.sampled_rows("as-uncertainty", "net_benefit", label, factor * (other - naive))

    simulated = np.empty(OUTER)
    for first in range(0, OUTER, CHUNK):
        m = population_means(rng, CHUNK)
        simulated[first:first + CHUNK] = sum(
            PRICE[k] * m[k] * tools.gamma(rng, 1, SPREAD[k] / BASE[k], (USERS, CHUNK)).mean(axis=0)
            for k in BASE)
    rows += tools.sampled_rows("two-level", "instructor_1750", "", simulated)
    rows += tools.sampled_rows("two-level", "net_benefit_1750_simulated", "",
                               USERS * (rest(rng, OUTER) - simulated))

    # Closed forms of the sds: squares add.
    within = {k: SPREAD[k] / math.sqrt(41) for k in BASE}
    sd_mean = math.sqrt(sum((PRICE[k] * within[k]) ** 2 for k in BASE))
    sd_naive = math.sqrt(sum((PRICE[k] * SPREAD[k]) ** 2 for k in BASE))
    sd_user = math.sqrt(sum(PRICE[k] ** 2 * ((1 + (SPREAD[k] / BASE[k]) ** 2)
                                             * (BASE[k] ** 2 + within[k] ** 2) - BASE[k] ** 2)
                            for k in BASE))
    sd_1750 = math.sqrt(sum(PRICE[k] ** 2 * (within[k] ** 2 + (SPREAD[k] / BASE[k]) ** 2
                                             * (BASE[k] ** 2 + within[k] ** 2) / USERS)
                            for k in BASE))
    for variant, output, sd in [("two-level", "instructor_mean", sd_mean),
                                ("as-uncertainty", "instructor_mean", sd_naive),
                                ("two-level", "instructor_user", sd_user),
                                ("two-level", "instructor_1750", sd_1750)]:
        rows.append((variant, output, "", "exact_mean", 5220, 0))
        rows.append((variant, output, "", "exact_sd", sd, 0))
        for statistic, exact in [("mean", 5220), ("sd", sd)]:
            row = next(r for r in rows if r[:4] == (variant, output, "", statistic))
            assert abs(row[4] - exact) < 4.5 * row[5], (variant, output, statistic, row, exact)
    tools.write("norway_users.csv", rows)
    for variant, output in [("two-level", "instructor_user"), ("two-level", "instructor_mean"),
                            ("as-uncertainty", "instructor_mean"), ("two-level", "instructor_1750"),
                            ("two-level", "net_benefit"), ("as-uncertainty", "net_benefit"),
                            ("two-level", "net_benefit_1750_simulated")]:
        print(variant, output, *(f"{s} {tools.find(rows, output, s, variant):.6g}"
                                 for s in ("mean", "sd", "p2.5", "p50", "p97.5", "p_positive")))
    print("11000:", *(f"{v} {s} {tools.find(rows, 'net_benefit', s, v, '11000') / 1e6:.1f}"
                      for v in ("two-level", "as-uncertainty") for s in ("p2.5", "p97.5")))


if __name__ == "__main__":
    main()
