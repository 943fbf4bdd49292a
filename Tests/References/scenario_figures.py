#!/usr/bin/env python3
# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes scenario_figures.csv: the figures of the naive references beside this script, under the names that
# the scenarios give them. No figure is computed here. Python 3.11, standard library only.
#
# columns: scenario, output, variant, perspective, dimension, label, statistic, value, standard_error
import csv
import pathlib

HERE = pathlib.Path(__file__).parent
STATISTICS = {"mean", "p2.5", "p50", "p97.5", "p_positive", "exact_mean"}


def rows(name):
    with open(HERE / f"{name}.csv", newline="") as file:
        yield from csv.DictReader(file)


def variant(name, unchanged):
    return "" if name == unchanged else name.replace("-", "_").replace(".", "_")


def chemotherapy(row):
    if row["variant"] != "psa":
        return None
    strategies = {"SoC": "soc", "Novel": "novel"}
    if row["output"] in ("cost", "effect"):
        return row["output"], "", "", "strategy", strategies[row["label"]]
    if row["output"].startswith("incremental"):
        return row["output"], "", "", "", ""
    if row["output"] == "p_novel_best":
        return "novel_best", "", "", "wtp", row["label"]
    return None


def readings(row):
    names = {"ci95": "", "p10-p90": "p10_p90", "pert": "pert"}
    name = names.get(row["variant"], row["variant"].replace("-", "_").replace(".", "_"))
    if row["label"] in ("1750", "11000", "discounted"):
        return f"{row['output']}_{row['label']}", name, "", "", ""
    if row["label"]:
        return "net_benefit_of_year", name, "", "year", row["label"]
    return row["output"], name, "", "", ""


def perspectives(row):
    name = "" if row["variant"] == "report-2018" else "article_2025"
    own = row["output"].startswith("cost_") or row["output"] == "income"
    perspective = "" if own else row["output"]
    output = row["output"] if own else "net_benefit"
    if row["label"] == "discounted":
        return f"{output}_discounted", name, perspective, "", ""
    return output, name, perspective, "year", row["label"]


def users(row):
    outputs = {"individual_hours_user": "hours_of_one_user", "instructor_user": "instructor_of_one_user"}
    output = outputs.get(row["output"], row["output"])
    if row["label"]:
        output += f"_{row['label']}"
    return output, variant(row["variant"], "two-level"), "", "", ""


def evidence(row):
    output = row["output"] + ("_11000" if row["label"] else "")
    return output, variant(row["variant"], "national"), "", "", ""


def sweden(row):
    # Whole numbers: the reference's errors near a step say nothing.
    if row["output"] == "rooms" and row["statistic"] != "mean":
        return None
    name = variant(row["variant"], "base")
    if row["label"].isdigit():
        return row["output"], name, "", "year", row["label"]
    return f"{row['output']}_{row['label'].replace('-', '_')}", name, "", "", ""


SOURCES = [
    ("chemotherapy", "chemotherapy", chemotherapy),
    ("norway-readings", "norway_readings", readings),
    ("norway-perspectives", "norway_perspectives", perspectives),
    ("norway-users", "norway_users", users),
    ("norway-evidence", "norway_evidence", evidence),
    ("sweden-rollout", "sweden_rollout", sweden),
]

with open(HERE / "scenario_figures.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(
        ["scenario", "output", "variant", "perspective", "dimension", "label", "statistic", "value", "standard_error"]
    )
    for scenario, source, names in SOURCES:
        for row in rows(source):
            if row["statistic"] not in STATISTICS:
                continue
            name = names(row)
            if name is not None:
                statistic = row["statistic"].replace("exact_", "")
                out.writerow([scenario, *name, statistic, row["value"], row["standard_error"]])
