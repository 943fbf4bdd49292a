# SPDX-License-Identifier: GPL-3.0-or-later
"""The Norwegian case from the evidence that the report quotes, in plain NumPy.  NOK of 2018, per user.

Source: Oslo Economics (2018): tables 2-1 and 4-1, sections 3.1, 4.4, 5.2-5.5, 6.2.
Writes norway_evidence.csv.  Versions used: Python 3.11.7, NumPy 2.4.6.

Everything marked (A) is an assumption made here, not printed in the report.

Pusterom.  centre cost per user = (area * 1000 * 12 + 1.25 * 697500) / users
  national   area and users are means of a bootstrap of the 13 complete rows of table 4-1 (rows
             drawn jointly): uncertainty about the national mean, a ratio of sums
  new        one of the 13 rows per iteration: what one new centre will cost
AKTIVinstruktør.  A user trains in a gym or in municipal health care (A: users are divided as the
instructors are, 37 % and 8 % of 41 answers, so 15 and 3): share in gyms g ~ beta(15, 3).
  sessions in a gym          per week ~ uniform(1, 2) times months ~ uniform(3, 6) times 52/12
  sessions in a municipality per week ~ uniform(1, 2) times months ~ uniform(7, 12) times 52/12
  (A: what instructors report as the span of their users holds the mean, anywhere in it)
  share of gym sessions that are individual s ~ beta(mean 1/3, sd 0.15) (A: 6 of the 18 hours of
  table 5-1, wide); municipal sessions are group sessions (A, from section 5.3)
  cost = g * gym * (600 s + 200 (1 - s)) + (1 - g) * municipal * 70
QALYs.  PACT (May 2017): breast 0.01, colon 0.03 over 9 months; none later (A).
  breast ~ normal(0.01, 0.01), colon ~ normal(0.03, 0.03) (A: no interval is printed; an sd as large
  as the mean); other types, not studied: t = u + normal(0, 0.01), each type its own, with
  u ~ normal(0.02, 0.02) common to them (A).  Weighted by the new cases of table 2-1.
Work.  PACT: hours of sick leave less, breast ~ normal(23.5, 11.75), colon ~ normal(29.9, 14.95)
  (A: sd half of the mean), weighted by the cases of these two, 37.5 hours a week (A).
  Thijs (2012): days earlier ~ gamma(mean 12, sd 6) (A: sd), 7 a week (A: calendar days).
  weeks = Thijs with probability 1/3, else PACT (A: linear pool; PACT was randomised).
  share in work ~ beta, 0.40 (0.20 to 0.60) read as a 95 % interval, as in norway-exercise.
Consultations ~ gamma, 1 (0 to 2), as in norway-exercise.
QALY 1 235 000, week of leave 8550, consultation 2000.

Variants: national, new-centre, studied-types (QALYs weighted over breast and colon only),
wide-prices (national, with rent ~ gamma(mean 1000, sd 250) and positions ~ gamma(mean 1.25,
sd 0.15), both (A)).  Labels: empty = per user, 11000 = times that many users.
"""
import numpy as np

import reference_tools as tools

N = 1_000_000
CASES = {"prostate": 5118, "breast": 3371, "lung": 3080, "colon": 3003, "melanoma": 2114,
         "other": 16141}
STUDIED = ("breast", "colon")


def main():
    rng = np.random.default_rng(41)
    national = tools.bootstrap_means(rng, tools.COMPLETE, N)
    new = tools.COMPLETE[rng.integers(0, len(tools.COMPLETE), N)]

    def centre(rows, rent=1000.0, staff=1.25):
        return (rows[:, 0] * rent * 12 + staff * 697500) / rows[:, 1]

    rent = tools.gamma(rng, 1000, 250, N)
    staff = tools.gamma(rng, 1.25, 0.15, N)
    pusterom = {"national": centre(national), "new-centre": centre(new),
                "studied-types": centre(national), "wide-prices": centre(national, rent, staff)}

    gym_share = rng.beta(15, 3, N)
    gym = rng.uniform(1, 2, N) * rng.uniform(3, 6, N) * 52 / 12
    municipal = rng.uniform(1, 2, N) * rng.uniform(7, 12, N) * 52 / 12
    individual = tools.beta(rng, 1 / 3, 0.15, N)
    instructor = (gym_share * gym * (600 * individual + 200 * (1 - individual))
                  + (1 - gym_share) * municipal * 70)
    sessions = gym_share * gym + (1 - gym_share) * municipal

    effect = {"breast": rng.normal(0.01, 0.01, N), "colon": rng.normal(0.03, 0.03, N)}
    untested = rng.normal(0.02, 0.02, N)
    for name in CASES:
        if name not in STUDIED:
            effect[name] = untested + rng.normal(0, 0.01, N)

    def weighted(names):
        return sum(CASES[n] * effect[n] for n in names) / sum(CASES[n] for n in names)

    qalys = dict.fromkeys(pusterom, weighted(CASES))
    qalys["studied-types"] = weighted(STUDIED)

    hours = {"breast": rng.normal(23.5, 11.75, N), "colon": rng.normal(29.9, 14.95, N)}
    pact = sum(CASES[n] * hours[n] for n in STUDIED) / sum(CASES[n] for n in STUDIED) / 37.5
    thijs = tools.gamma(rng, 12, 6, N) / 7
    weeks = np.where(rng.random(N) < 1 / 3, thijs, pact)
    work = tools.beta(rng, 0.40, tools.half_width(0.2, 0.6), N) * weeks * 8550
    visits = tools.gamma(rng, 1, tools.half_width(0, 2), N) * 2000

    rows = []
    for name, x in [("sessions", sessions), ("gym_sessions", gym),
                    ("municipal_sessions", municipal), ("instructor", instructor),
                    ("weeks_earlier", weeks), ("work", work), ("saved_visits", visits)]:
        rows += tools.sampled_rows("national", name, "", x)
    for variant, centre_cost in pusterom.items():
        health = 1235000 * qalys[variant]
        cost = centre_cost + instructor
        net = health + work + visits - cost
        for name, x in [("pusterom", centre_cost), ("qalys", qalys[variant]), ("cost", cost),
                        ("benefit", health + work + visits), ("net_benefit", net)]:
            rows += tools.sampled_rows(variant, name, "", x)
        rows += tools.sampled_rows(variant, "net_benefit", "11000", 11000 * net)

    # Closed forms, and the figures that were worked out before for the same rows.
    complete = centre(tools.COMPLETE)
    total = tools.COMPLETE.sum(axis=0)
    weight = {n: CASES[n] / sum(CASES.values()) for n in CASES}
    mean_qalys = sum(weight[n] * {"breast": 0.01, "colon": 0.03}.get(n, 0.02) for n in CASES)
    exact = [
        ("national", "ratio_of_sums", "", "exact",
         (total[0] * 12000 + len(complete) * 1.25 * 697500) / total[1], 0),
        ("new-centre", "pusterom", "", "exact_mean", complete.mean(), 0),
        ("new-centre", "pusterom", "", "minimum", complete.min(), 0),
        ("new-centre", "pusterom", "", "maximum", complete.max(), 0),
        ("national", "gym_sessions", "", "exact_mean", 1.5 * 4.5 * 52 / 12, 0),
        ("national", "municipal_sessions", "", "exact_mean", 1.5 * 9.5 * 52 / 12, 0),
        ("national", "instructor", "", "exact_mean",
         15 / 18 * 1.5 * 4.5 * 52 / 12 * 1000 / 3 + 3 / 18 * 1.5 * 9.5 * 52 / 12 * 70, 0),
        ("national", "qalys", "", "exact_mean", mean_qalys, 0),
        ("national", "weeks_earlier", "", "exact_mean",
         2 / 3 * (3371 * 23.5 + 3003 * 29.9) / 6374 / 37.5 + 1 / 3 * 12 / 7, 0)]
    rows += exact
    assert round(exact[0][4]) == 19134
    assert [round(x) for x in (complete.mean(), complete.min(), complete.max())] == \
        [28170, 5959, 66321]
    for label, stated in [("mean", 19666), ("p2.5", 13450), ("p97.5", 28494)]:
        assert abs(tools.find(rows, "pusterom", label, "national") - stated) < 60
    for variant, output, label, statistic, value, _ in exact:
        if statistic == "exact_mean":
            mean = next(r for r in rows if r[:4] == (variant, output, label, "mean"))
            assert abs(mean[4] - value) < 4.5 * mean[5], (variant, output)
    tools.write("norway_evidence.csv", rows)
    for variant in pusterom:
        print(variant, *(f"{s} {tools.find(rows, 'net_benefit', s, variant):.4g}"
                         for s in ("mean", "sd", "p2.5", "p50", "p97.5", "p_positive")))


if __name__ == "__main__":
    main()
