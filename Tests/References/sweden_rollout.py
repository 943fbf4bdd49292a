# SPDX-License-Identifier: GPL-3.0-or-later
"""A Swedish roll-out of the Norwegian exercise centres, 2026-2035.  SEK of 2025.

Sources: Eva Nordin (2025), Varför gör Sverige inte som Norge?; Oslo Economics (2018), above all
table 4-1.  Writes sweden_rollout.csv.  Versions used: Python 3.11.7, NumPy 2.4.6.  1 minute, 600 MB.

(A) marks assumptions.  k = price * exchange turns NOK of 2018 into SEK of 2025.
  price ~ normal(1.28, 0.03), exchange ~ normal(0.97, 0.05)  (A)
Cases: 75 000 in 2025, growth g ~ normal(0.01, 0.005) a year (A).  Demand: a third of the cases.
Rooms: in each year one of the numbers that Norway opened in 2008 ... 2017 (1 0 1 1 1 1 1 5 1 3,
  table 4-1), drawn with replacement, times pace ~ gamma(mean 1.5, sd 0.5) (A: between Norway's own
  and 75 000 / 33 000 times it), rounded, and 0 before the first year, 2026, 2027 or 2028 with equal
  probability (A).  At most 60.  None closes (article).
Room r (in order of opening): (area, users) one of the 13 complete rows of table 4-1, each room its
  own.  Capacity = users * factor ~ gamma(mean 1, sd 0.2) (A: other country, and 13 rows only), in
  the year of opening times share ~ beta(mean 0.5, sd 0.15) (A).
Instructors: 40 places a year, a class of the autumn works from the year after; stock = previous *
  (1 - loss) + 40 * completion * with_place; completion ~ beta(mean 0.85, sd 0.07) (A),
  with_place ~ beta(270, 85) (270 of 355 in Norway), loss ~ beta(mean 0.08, sd 0.04) (A).
  Capacity = stock * hours a week ~ gamma(mean 4, sd 2) (A: two reported, most have room for more)
  * 44 weeks (A) / (h_i + h_g / group), group ~ uniform(5, 10) (A: 10 is a full group),
  h_i ~ gamma 6 (2 to 12), h_g ~ gamma 12 (6 to 18) as in norway-exercise.
Served = min(demand, capacity of rooms, capacity of instructors), each year.
Costs per year: premises = area * rent * 12 * k of all rooms, rent ~ gamma(mean 1000, sd 250) (A: sd),
  from the start by the hospital; staff = positions * 697500 * k per room, positions ~ gamma(mean
  1.25, sd 0.2) (A: sd), the foundation in a room's years 1-3, then the hospital; set-up per room
  ~ gamma(mean 1.5e6, sd 0.75e6) SEK (A) and training, 40 places ~ gamma(mean 20000, sd 8000) SEK
  each (A), by the foundation; instructor hours per user served: user (600 h_i + 100 h_g) k,
  municipality 35 h_g k (half of the group hours in each).
Benefits per user: q ~ beta(mean 0.025, sd 0.015) (A: PACT by incidence 0.02, the report 0.03) at
  1235000 k; 8550 k * in_work ~ beta 0.4 (0.2 to 0.6) * weeks ~ gamma(mean 1, sd 0.5) (A: sd);
  2000 k * visits ~ gamma 1 (0 to 2).
Discounting: 3 % a year (A: the Swedish rate for health care), factor 1 in 2026.
Variants: base; pace-by-size (pace mean 75000 / 33000, same sd); places-80; qaly-500000 and
qaly-1000000 (SEK per QALY instead of 1235000 k).
Outputs by year: rooms, instructors (stock), demand, room_capacity, instructor_capacity, served,
reach (served per 1000 cases), limited_by_instructors (share), foundation, hospital, municipality,
user, net_benefit; passes_norway (reach > 1000 * 1750 / 33000 in that year) and passed_norway (in
that year or before).  Label `total` = undiscounted sum, `discounted` = discounted sum,
`first-three` = 2026-2028 undiscounted; foundation `committed`: three years of staff for every room
opened by 2028, its set-up, and three years' training.
"""
import numpy as np

import reference_tools as tools

N = 200_000
CHUNK = 20_000
YEARS = list(range(2026, 2036))
OPENED = np.array([1, 0, 1, 1, 1, 1, 1, 5, 1, 3], float)
ROOMS = 60
VARIANTS = {"base": {}, "pace-by-size": {"pace": 75000 / 33000}, "places-80": {"places": 80},
            "qaly-500000": {"qaly": 500_000.0}, "qaly-1000000": {"qaly": 1_000_000.0}}
KEPT = ("served", "reach", "foundation", "net_benefit", "passes_norway", "passed_norway")


def draws(rng, n):
    rows = tools.COMPLETE[rng.integers(0, len(tools.COMPLETE), (ROOMS, n))]
    half = tools.half_width
    return {
        "price": rng.normal(1.28, 0.03, n), "exchange": rng.normal(0.97, 0.05, n),
        "growth": rng.normal(0.01, 0.005, n),
        "opened": OPENED[rng.integers(0, len(OPENED), (len(YEARS), n))],
        "pace": tools.gamma(rng, 1.5, 0.5, n), "pace_by_size": tools.gamma(rng, 75 / 33, 0.5, n),
        "start": rng.integers(2026, 2029, n),
        "area": rows[..., 0], "users": rows[..., 1],
        "factor": tools.gamma(rng, 1, 0.2, n), "share": tools.beta(rng, 0.5, 0.15, n),
        "completion": tools.beta(rng, 0.85, 0.07, n), "with_place": rng.beta(270, 85, n),
        "loss": tools.beta(rng, 0.08, 0.04, n), "hours": tools.gamma(rng, 4, 2, n),
        "group": rng.uniform(5, 10, n), "h_i": tools.gamma(rng, 6, half(2, 12), n),
        "h_g": tools.gamma(rng, 12, half(6, 18), n), "rent": tools.gamma(rng, 1000, 250, n),
        "positions": tools.gamma(rng, 1.25, 0.2, n),
        "set_up": tools.gamma(rng, 1.5e6, 0.75e6, n), "course": tools.gamma(rng, 2e4, 8e3, n),
        "q": tools.beta(rng, 0.025, 0.015, n), "in_work": tools.beta(rng, 0.4, half(0.2, 0.6), n),
        "weeks": tools.gamma(rng, 1, 0.5, n), "visits": tools.gamma(rng, 1, half(0, 2), n),
    }


def first_rooms(values, count):
    """Sum of the first `count` rooms' values, per iteration."""
    cumulative = np.vstack([np.zeros(values.shape[1]), np.cumsum(values, axis=0)])
    return np.take_along_axis(cumulative, count[None, :].astype(int), axis=0)[0]


def model(d, pace=None, places=40, qaly=None):
    k = d["price"] * d["exchange"]
    speed = d["pace"] if pace is None else d["pace_by_size"]
    value = 1235000 * k if qaly is None else qaly
    out, rooms, stock = {}, [], 0.0
    passed = np.zeros(len(k), bool)
    sums = {name: {"total": 0.0, "discounted": 0.0, "first-three": 0.0}
            for name in ("served", "foundation", "hospital", "municipality", "user", "net_benefit")}
    staff = d["positions"] * 697500 * k
    per_hour = d["h_i"] + d["h_g"] / d["group"]
    committed = 0.0
    zero = np.zeros(len(k))
    for t, year in enumerate(YEARS):
        # Whole rooms: the nearest, ties up (no tie has a probability).
        new = np.floor(speed * d["opened"][t] + 0.5) * (year >= d["start"])
        before = rooms[-1] if rooms else zero
        now = np.minimum(before + new, ROOMS)
        new = now - before
        rooms.append(now)
        handed_over = rooms[t - 3] if t >= 3 else zero
        stock = stock * (1 - d["loss"]) + places * d["completion"] * d["with_place"]
        cases = 75000 * (1 + d["growth"]) ** (year - 2025)
        room_capacity = d["factor"] * ((1 - d["share"]) * first_rooms(d["users"], before)
                                       + d["share"] * first_rooms(d["users"], now))
        instructor_capacity = stock * d["hours"] * 44 / per_hour
        served = np.minimum(np.minimum(cases / 3, room_capacity), instructor_capacity)
        training = places * d["course"]
        foundation = d["set_up"] * new + staff * (now - handed_over) + training
        hospital = first_rooms(d["area"], now) * d["rent"] * 12 * k + staff * handed_over
        user = served * (600 * d["h_i"] + 100 * d["h_g"]) * k
        municipality = served * 35 * d["h_g"] * k
        benefit = served * (d["q"] * value + (8550 * d["in_work"] * d["weeks"]
                                              + 2000 * d["visits"]) * k)
        net = benefit - foundation - hospital - user - municipality
        reach = 1000 * served / cases
        passes = reach > 1000 * 1750 / 33000
        passed = passed | passes
        if year <= 2028:
            committed = committed + d["set_up"] * new + training
        by_year = {"rooms": now, "instructors": stock, "demand": cases / 3,
                   "room_capacity": room_capacity, "instructor_capacity": instructor_capacity,
                   "served": served, "reach": reach,
                   "limited_by_instructors": (instructor_capacity < room_capacity) * 1.0,
                   "foundation": foundation, "hospital": hospital, "municipality": municipality,
                   "user": user, "net_benefit": net, "passes_norway": passes * 1.0,
                   "passed_norway": passed * 1.0}
        for name, x in by_year.items():
            out[name, str(year)] = x
            if name in sums:
                sums[name]["total"] = sums[name]["total"] + x
                sums[name]["discounted"] = sums[name]["discounted"] + x / 1.03 ** t
                if year <= 2028:
                    sums[name]["first-three"] = sums[name]["first-three"] + x
    for name, some in sums.items():
        for label, x in some.items():
            out[name, label] = x
    out["foundation", "committed"] = committed + 3 * staff * rooms[2]
    return out


def main():
    rng = np.random.default_rng(2026)
    store = {}
    for first in range(0, N, CHUNK):
        d = draws(rng, CHUNK)
        for variant, changes in VARIANTS.items():
            for key, x in model(d, **changes).items():
                if variant != "base" and key[0] not in KEPT:
                    continue
                if variant.startswith("qaly") and key[0] != "net_benefit":
                    continue  # as in base
                whole = store.setdefault((variant, *key), np.empty(N, np.float32 if key[0] in (
                    "rooms", "limited_by_instructors", "passes_norway", "passed_norway")
                    else float))
                whole[first:first + CHUNK] = x
    rows = []
    for (variant, name, label), x in store.items():
        if name in ("limited_by_instructors", "passes_norway", "passed_norway"):
            rows.append(tools.share_row(variant, name, label, x.astype(float)))
        else:
            rows += tools.sampled_rows(variant, name, label, x.astype(float))
    largest = max(x.max() for (v, name, y), x in store.items() if name == "rooms")
    print("most rooms in any draw:", largest)
    tools.write("sweden_rollout.csv", rows)
    show = {(r[0], r[1], r[2], r[3]): r[4] for r in rows}
    for variant in VARIANTS:
        for name in KEPT:
            for label in ("2028", "2035", "discounted", "first-three", "committed"):
                if (variant, name, label, "mean") in show:
                    print(variant, name, label, *(
                        f"{s} {show[variant, name, label, s]:.4g}"
                        for s in ("mean", "p2.5", "p50", "p90", "p97.5", "p_positive")
                        if (variant, name, label, s) in show))


if __name__ == "__main__":
    main()
