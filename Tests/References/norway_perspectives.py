# SPDX-License-Identifier: GPL-3.0-or-later
"""Who pays and who gains from one Pusterom and its users, by year.  NOK of 2018.

Source: Oslo Economics (2018), sections 4.4, 5.5, 6.2; for the hospital's premises from the start:
Eva Nordin (2025), Varför gör Sverige inte som Norge?  Writes norway_perspectives.csv.
Versions used: Python 3.11.7, NumPy 2.4.6.

One average centre with 150 users in each of its years 1 ... 10; parameters are drawn once per
iteration and hold for all years.  (A) marks assumptions.
  f, h_i, h_g, q, w, v   as in norway.py (ranges as 95 % intervals)
  set-up                 gamma(mean 1 000 000, sd 500 000) in year 1 (A: no figure is printed)
  share of users with reimbursement   beta(8, 8) (A: half of the centres, 16 of them)
  tariff per such user   uniform(400, 1042) (A: any mix of the three tariffs, 400-500, 738, 1042,
                         once per user)
Per year: premises = 200 * 1000 * 12 * f, staff = 1.25 * 697500 * f,
user hours = 150 (600 h_i + 200 h_g / 2), municipal hours = 150 * 70 h_g / 2
(half of the group hours in gyms, paid by the user; half in municipalities).

Payer rule `report-2018`: the foundation pays set-up, premises and staff in years 1-3, the hospital
premises and staff from year 4.  Variant `article-2025`: the hospital pays the premises from year 1.

Net benefit by perspective (label = year, or `discounted` = sum over 10 years at 4 %, year 1 has
factor 1):
  society         150 (1235000 q + 8550 w + 2000 v) - all costs; reimbursement is a transfer
  health_service_275000, _825000   150 (value q + 2000 v) - hospital - municipality; no production
  employer        150 * 14250 w; pays nothing
  hospital        150 * 2000 v - hospital's payments
  hospital_with_income             the same + 150 * share * tariff
  foundation      - its payments
  user            150 * 1235000 q - user hours
  municipality    - municipal hours
`cost_*` are the payments of each payer (label = year or discounted).
"""
import numpy as np

import reference_tools as tools

N = 1_000_000
YEARS = range(1, 11)
USERS = 150


def main():
    rng = np.random.default_rng(862)
    f = tools.gamma(rng, 1, tools.half_width(0.7, 1.3), N)
    h_i = tools.gamma(rng, 6, tools.half_width(2, 12), N)
    h_g = tools.gamma(rng, 12, tools.half_width(6, 18), N)
    q = tools.beta(rng, 0.03, tools.half_width(0.01, 0.05), N)
    w = tools.beta(rng, 0.4, tools.half_width(0.2, 0.6), N)
    v = tools.gamma(rng, 1, tools.half_width(0, 2), N)
    set_up = tools.gamma(rng, 1_000_000, 500_000, N)
    income = USERS * rng.beta(8, 8, N) * rng.uniform(400, 1042, N)
    premises, staff = 200 * 1000 * 12 * f, 1.25 * 697500 * f
    user = USERS * (600 * h_i + 100 * h_g)
    municipality = USERS * 35 * h_g
    visits = USERS * 2000 * v

    rows, means = [], {}
    for variant in ("report-2018", "article-2025"):
        totals = {}
        for year in YEARS:
            zero = np.zeros(N)
            first_three = year <= 3
            hospital = (zero if first_three else staff) + \
                (premises if variant == "article-2025" or not first_three else zero)
            foundation = (staff if first_three else zero) + \
                (premises if variant == "report-2018" and first_three else zero) + \
                (set_up if year == 1 else zero)
            # The payers' costs are the society's: nothing is lost or counted twice.
            all_costs = premises + staff + user + municipality + (set_up if year == 1 else zero)
            assert np.allclose(hospital + foundation + user + municipality, all_costs, rtol=1e-12)
            flows = {
                "cost_foundation": foundation, "cost_hospital": hospital, "cost_user": user,
                "cost_municipality": municipality, "cost_society": all_costs,
                "society": USERS * (1235000 * q + 8550 * w) + visits - all_costs,
                "health_service_275000": USERS * 275000 * q + visits - hospital - municipality,
                "health_service_825000": USERS * 825000 * q + visits - hospital - municipality,
                "employer": USERS * 14250 * w,
                "hospital": visits - hospital,
                "hospital_with_income": visits - hospital + income,
                "foundation": -foundation,
                "user": USERS * 1235000 * q - user,
                "municipality": -municipality,
            }
            for name, x in flows.items():
                totals[name] = totals.get(name, 0) + x / 1.04 ** (year - 1)
                if year in (1, 2, 4):  # 2 and 3 are alike, and so are 4 to 10
                    rows += tools.sampled_rows(variant, name, str(year), x)
                    means[variant, name, year] = x.mean()
        for name, x in totals.items():
            rows += tools.sampled_rows(variant, name, "discounted", x)
            means[variant, name, "discounted"] = x.mean()
    rows += tools.sampled_rows("report-2018", "income", "1", income)
    tools.write("norway_perspectives.csv", rows)
    for variant in ("report-2018", "article-2025"):
        for name in flows:
            print(variant, name, *(f"{means[variant, name, y] / 1e6:.3f}"
                                   for y in (1, 2, 4, "discounted")),
                  f"{tools.find(rows, name, 'p_positive', variant, 'discounted'):.3f}")


if __name__ == "__main__":
    main()
