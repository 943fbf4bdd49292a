# SPDX-License-Identifier: GPL-3.0-or-later
"""Every printed cell of the Norwegian report's calculation, replayed.  Money in NOK of 2018.

Source: Oslo Economics (2018), Samfunnsverdien av trening for kreftrammede: tables 4-2, 5-1, 6-1,
6-2, 6-3, 6-5, the text of chapter 6 and figure 6-2.  Writes norway_report.csv.
Versions used: Python 3.11.7 (standard library only; exact rational arithmetic).

Replay rule: the costs per user of Pusterom and of AKTIVinstruktør, each of base, low and high, are
rounded to the nearest 100 NOK (ties away from zero) before they are added or subtracted; benefits
are not rounded.  Low goes with low and high with high.

Columns: table, row, column, printed, unit, computed, digits, agrees.
  printed   the cell as text in its unit, decimal point, no spaces
  computed  by the replay rule in the same unit, not rounded for printing
  digits    decimals to which computed is rounded (ties away from zero) before it is compared;
            -2 means the nearest 100
  agrees    yes, or known-difference
Some computed values are exact ties (37 050 is printed as 37 100): in binary arithmetic allow for
the last digits of a double before rounding.
Users in 2034: a third of 46 760 cases, derived, since the report prints none.
"""
import csv
import os
from fractions import Fraction as F

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = ("base", "low", "high")
KNOWN_DIFFERENCE = ("6-5", "rent 2 000 NOK/m2", "base")


def rounded(x, to):
    """To the nearest multiple, ties away from zero."""
    steps = abs(x) / to
    whole = int(steps + F(1, 2))
    return whole * to * (1 if x >= 0 else -1)


INPUTS = {
    "area": F(200), "rent": F(1000), "staff": F("1.25"), "wage": F(697500), "users": F(150),
    "span": dict(base=F(1), low=F("0.7"), high=F("1.3")),
    "individual": dict(base=F(6), low=F(2), high=F(12)),
    "group": dict(base=F(12), low=F(6), high=F(18)),
    "individual_price": F(600), "group_price": F(200 + 70, 2), "instructor_factor": F(1),
    "qalys": dict(base=F("0.03"), low=F("0.01"), high=F("0.05")), "qaly_value": F(1235000),
    "in_work": dict(base=F("0.4"), low=F("0.2"), high=F("0.6")), "weeks": F(1),
    "week": F(8550),
    "visits": dict(base=F(1), low=F(0), high=F(2)), "visit": F(2000),
}


def model(case, **changed):
    i = {**INPUTS, **changed}
    pick = {k: v[case] if isinstance(v, dict) else v for k, v in i.items()}
    r = {}
    r["centre_year"] = pick["area"] * pick["rent"] * 12 + pick["staff"] * pick["wage"]
    r["pusterom"] = r["centre_year"] / pick["users"] * pick["span"]
    r["individual_cost"] = pick["individual"] * pick["individual_price"]
    r["group_cost"] = pick["group"] * pick["group_price"]
    r["instructor"] = (r["individual_cost"] + r["group_cost"]) * pick["instructor_factor"]
    r["cost"] = rounded(r["pusterom"], 100) + rounded(r["instructor"], 100)
    r["health"] = pick["qalys"] * pick["qaly_value"]
    r["work"] = pick["in_work"] * pick["weeks"] * pick["week"]
    r["visits"] = pick["visits"] * pick["visit"]
    r["benefit"] = r["health"] + r["work"] + r["visits"]
    r["net"] = r["benefit"] - r["cost"]
    return r


cells = []


def cell(table, row, column, printed, unit, computed, digits):
    cells.append((table, row, column, printed, unit, computed, digits))


def row(table, name, printed, unit, computed, digits):
    for case, text, value in zip(CASES, printed, computed):
        cell(table, name, case, text, unit, value, digits)


r = {case: model(case) for case in CASES}


def all_cases(key):
    return [r[case][key] for case in CASES]


cell("4-2", "premises and running per year", "base", "3300000", "NOK/year",
     r["base"]["centre_year"], -5)
row("4-2", "exercise programme per user", ["21800", "15300", "28400"], "NOK/user",
    all_cases("pusterom"), -2)

row("5-1", "individual hours", ["6", "2", "12"], "hour/user",
    [INPUTS["individual"][c] for c in CASES], 0)
row("5-1", "individual hours, cost", ["3600", "1200", "7200"], "NOK/user",
    all_cases("individual_cost"), -2)
row("5-1", "group hours", ["12", "6", "18"], "hour/user", [INPUTS["group"][c] for c in CASES], 0)
row("5-1", "group hours, cost", ["1600", "800", "2400"], "NOK/user", all_cases("group_cost"), -2)
row("5-1", "whole programme", ["18", "8", "30"], "hour/user",
    [INPUTS["individual"][c] + INPUTS["group"][c] for c in CASES], 0)
row("5-1", "whole programme, cost", ["5200", "2000", "9600"], "NOK/user",
    all_cases("instructor"), -2)

row("6-1", "whole pathway", ["27000", "17300", "38000"], "NOK/user", all_cases("cost"), -2)

row("6-2", "QALYs", ["37100", "12400", "61800"], "NOK/user", all_cases("health"), -2)
cell("6-2", "QALYs at 825 000 NOK", "base", "24800", "NOK/user",
     model("base", qaly_value=F(825000))["health"], -2)
row("6-2", "earlier back at work", ["3400", "1700", "5100"], "NOK/user", all_cases("work"), -2)
row("6-2", "less health service use", ["2000", "0", "4000"], "NOK/user", all_cases("visits"), -2)
row("6-2", "benefit per user", ["42500", "14100", "70900"], "NOK/user", all_cases("benefit"), -2)

row("text 6.2", "net benefit per user", ["15500", "-3200", "32900"], "NOK/user",
    all_cases("net"), -2)

MILLION = F(1000000)
row("6-3", "1 750 users", ["27.1", "-5.7", "57.5"], "million NOK",
    [1750 * x / MILLION for x in all_cases("net")], 1)
row("6-3", "11 000 users", ["170.2", "-35.6", "361.7"], "million NOK",
    [11000 * x / MILLION for x in all_cases("net")], 1)
row("figure 6-2", "2034", ["241", "-51", "512"], "million NOK",
    [F(46760, 3) * x / MILLION for x in all_cases("net")], 0)

SENSITIVITY = [
    ("rent 2 000 NOK/m2", ["-5.9", "-158.8", "132.9"], dict(rent=F(2000))),
    ("2.5 positions", ["106.4", "-79.6", "279.2"], dict(staff=F("2.5"))),
    ("AKTIVinstruktør 50 % lower", ["198.8", "-24.6", "414.5"],
     dict(instructor_factor=F("0.5"))),
    ("AKTIVinstruktør 50 % higher", ["141.6", "-46.6", "308.9"],
     dict(instructor_factor=F("1.5"))),
    ("0.10 QALYs", ["1121.1"], dict(qalys=F("0.10"))),
    ("2 weeks earlier", ["207.8", "-16.8", "418.1"], dict(weeks=F(2))),
    ("consultation 4 000 NOK", ["192.2", "-35.6", "405.7"], dict(visit=F(4000))),
]
for name, printed, changed in SENSITIVITY:
    row("6-5", name, printed, "million NOK",
        [11000 * model(case, **changed)["net"] / MILLION for case in CASES], 1)

agreed, differ = 0, []
with open(os.path.join(HERE, "norway_report.csv"), "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["table", "row", "column", "printed", "unit", "computed", "digits", "agrees"])
    for table, name, column, printed, unit, computed, digits in cells:
        same = rounded(computed, F(10) ** -digits) == F(printed)
        agreed += same
        if not same:
            differ.append((table, name, column))
        writer.writerow([table, name, column, printed, unit, repr(float(computed)), digits,
                         "yes" if same else "known-difference"])
print(f"norway_report.csv: {agreed} of {len(cells)} printed cells agree; differing: {differ}")
assert differ == [KNOWN_DIFFERENCE]
