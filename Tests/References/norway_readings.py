# SPDX-License-Identifier: GPL-3.0-or-later
"""What each reading of the Norwegian report's ranges gives.  Money in NOK of 2018.

Writes norway_readings.csv.  Versions used: Python 3.11.7, NumPy 2.4.6, SciPy 1.17.1.  4 minutes.

The model is that of norway.py (no rounding rule).  Six uncertain quantities: f, h_i, h_g, q, w, v.
Variants, label = users a year, or a year, or `discounted`:
  ci95, p10-p90      gamma (q, w: beta), mean = base, sd = (high - low) / (2 z)
  pert               the range as limits, PERT of shape 4 whose mean is the base:
                     mode = (6 base - low - high) / 4
  *-comonotone       the same, all six at one and the same rank u
  t65-*              the seven changes of table 6-5 under ci95, 11 000 users
Users: 1750; 11000; a third of the cases of each year, from 33 000 in 2018 to 46 760 in 2034 with
constant growth (46 760 / 33 000)^(1/16) - 1 (assumption: the report prints no path).
Discounted: the sum over 2018-2034, 4 % a year, factor 1 in 2018 (assumption: the Norwegian rate
for public projects; the report does not discount).

Statistics of output `net_benefit` (times users; label empty = per user) and of `cost`, `benefit`
per user:
  exact_mean, exact_sd            closed form
  p2.5 ... p97.5, p_positive      independent: convolution of the laws on a grid at two steps,
                                  extrapolated (error below 0.01 NOK per user, standard_error is
                                  the size of the extrapolation).  comonotone: 4e6 mid-ranks (error below 0.1 NOK per user)
  sampled_mean ...                1e6 draws, the second way; the script stops if the two ways
                                  differ by more than 4.5 standard errors
"""
import numpy as np
from scipy import fft, stats

import reference_tools as tools

CENTRE = {"rent": 1000.0, "staff": 1.25}
RANGES = {  # family by readings, base, low, high
    "f": ("gamma", 1.0, 0.7, 1.3), "h_i": ("gamma", 6.0, 2.0, 12.0),
    "h_g": ("gamma", 12.0, 6.0, 18.0), "q": ("beta", 0.03, 0.01, 0.05),
    "w": ("beta", 0.4, 0.2, 0.6), "v": ("gamma", 1.0, 0.0, 2.0)}
N = 1_000_000
GRID = 4_000_000
GROWTH = (46760 / 33000) ** (1 / 16)
YEARS = range(2018, 2035)
USERS = {str(y): 33000 * GROWTH ** (y - 2018) / 3 for y in YEARS}
FACTORS = {"": 1.0, "1750": 1750.0, "11000": 11000.0, **USERS,
           "discounted": sum(USERS[str(y)] / 1.04 ** (y - 2018) for y in YEARS)}


def law(name, reading):
    family, base, low, high = RANGES[name]
    if reading == "pert":
        mode = (6 * base - low - high) / 4
        return stats.beta(*tools.pert_shapes(low, mode, high), loc=low, scale=high - low)
    sd = tools.half_width(low, high, reading)
    if family == "gamma":
        return stats.gamma((base / sd) ** 2, scale=sd ** 2 / base)
    return stats.beta(*tools.beta_shapes(base, sd))


def coefficients(rent=1000.0, staff=1.25, instructor=1.0, weeks=1.0, visit=2000.0):
    centre = (200 * rent * 12 + staff * 697500) / 150
    return {"f": -centre, "h_i": -600.0 * instructor, "h_g": -135.0 * instructor,
            "q": 1235000.0, "w": 8550.0 * weeks, "v": visit}


def convolved(laws, terms, constant, step, size):
    """Percentiles and P(> 0) of constant + sum of terms; see norway.py for the method."""
    spectrum = 1.0
    n = size // 2
    for name, c in terms.items():
        edges = (np.arange(n + 1) - 0.5) * step / abs(c)
        mass = np.zeros(size)
        mass[:n] = np.diff(laws[name].cdf(edges))
        f = fft.rfft(mass)
        spectrum = spectrum * (np.conj(f) if c < 0 else f)
    mass = np.roll(fft.irfft(spectrum, size), n)
    edges = (np.arange(size) - n + 0.5) * step + constant
    cdf = np.cumsum(mass)
    found = []
    for _, p in tools.PERCENTS:
        i = int(np.searchsorted(cdf, p))
        found.append(lagrange(cdf[i - 2:i + 2], edges[i - 2:i + 2], p))
    i = int(np.searchsorted(edges, 0.0))
    found.append(1 - lagrange(edges[i - 2:i + 2], cdf[i - 2:i + 2], 0.0))
    return np.array(found)


def lagrange(xs, ys, x):
    total = 0.0
    for j in range(4):
        part = ys[j]
        for k in range(4):
            if k != j:
                part *= (x - xs[k]) / (xs[j] - xs[k])
        total += part
    return total


def independent(laws, terms, constant):
    coarse = convolved(laws, terms, constant, 4.0, 1 << 19)
    fine = convolved(laws, terms, constant, 2.0, 1 << 20)
    best = fine + (fine - coarse) / 3
    best[-1] = min(best[-1], 1.0)
    return best, np.abs(best - fine)


def main():
    rng = np.random.default_rng(65)
    rows, worst = [], 0.0

    def report(variant, output, labels, exact, order, errors, sample):
        nonlocal worst
        names = [n for n, _ in tools.PERCENTS] + ["p_positive"]
        drawn = tools.sampled_rows(variant, output, "", sample)
        scores = [abs(drawn[0][4] - exact[0]) / drawn[0][5],
                  abs(drawn[1][4] - exact[1]) / drawn[1][5]]
        scores += [abs(d[4] - o) / d[5] for d, o in zip(drawn[2:], order) if d[5] > 0]
        worst = max(worst, max(scores))
        assert max(scores) < 4.5, (variant, output, scores)
        for label in labels:
            k = FACTORS[label]
            rows.append((variant, output, label, "exact_mean", exact[0] * k, 0))
            rows.append((variant, output, label, "exact_sd", exact[1] * k, 0))
            for name, value, error in zip(names, order, errors):
                scale = 1 if name == "p_positive" else k
                rows.append((variant, output, label, name, value * scale, error * scale))
        rows.extend((variant, output, "", "sampled_" + d[3], d[4], d[5]) for d in drawn)

    def evaluate(variant, laws, terms, constant, labels, comonotone=False, output="net_benefit"):
        means = {k: laws[k].mean() for k in terms}
        mean = constant + sum(c * means[k] for k, c in terms.items())
        if comonotone:
            grid = (np.arange(GRID) + 0.5) / GRID
            x = constant + sum(c * laws[k].ppf(grid) for k, c in terms.items())
            order = tools.statistics(x)[2:]
            sd = x.std()
            u = rng.random(N)
            sample = constant + sum(c * laws[k].ppf(u) for k, c in terms.items())
            errors = np.full(len(order), 0.0)
        else:
            sd = sum((c * laws[k].std()) ** 2 for k, c in terms.items()) ** 0.5
            order, errors = independent(laws, terms, constant)
            sample = constant + sum(c * laws[k].rvs(N, random_state=rng)
                                    for k, c in terms.items())
        report(variant, output, labels, (mean, sd), order, errors, sample)

    terms = coefficients()
    parts = {"cost": {k: -c for k, c in terms.items() if c < 0},
             "benefit": {k: c for k, c in terms.items() if c > 0}}
    for reading in ("ci95", "p10-p90", "pert"):
        laws = {k: law(k, reading) for k in RANGES}
        for comonotone in (False, True):
            variant = reading + ("-comonotone" if comonotone else "")
            evaluate(variant, laws, terms, 0.0, FACTORS, comonotone)
            for output, some in parts.items():
                evaluate(variant, laws, some, 0.0, [""], comonotone, output)
    laws = {k: law(k, "ci95") for k in RANGES}
    without_qalys = {k: c for k, c in terms.items() if k != "q"}
    for variant, changed, constant in [
            ("t65-rent-2000", coefficients(rent=2000.0), 0.0),
            ("t65-staff-2.5", coefficients(staff=2.5), 0.0),
            ("t65-instructor-lower", coefficients(instructor=0.5), 0.0),
            ("t65-instructor-higher", coefficients(instructor=1.5), 0.0),
            ("t65-qalys-0.10", without_qalys, 0.10 * 1235000),
            ("t65-weeks-2", coefficients(weeks=2.0), 0.0),
            ("t65-visit-4000", coefficients(visit=4000.0), 0.0)]:
        evaluate(variant, laws, changed, constant, ["", "11000"])
    # `users` of each year, and their discounted sum, are numbers without uncertainty.
    rows.extend(("ci95", "users", label, "value", k, 0) for label, k in FACTORS.items() if label)
    tools.write("norway_readings.csv", rows)
    print(f"largest difference of the two ways: {worst:.2f} standard errors")
    for reading in ("ci95", "p10-p90", "pert"):
        for suffix in ("", "-comonotone"):
            v = reading + suffix
            print(v, [round(tools.find(rows, "net_benefit", s, v)) for s in
                      ("exact_mean", "exact_sd", "p2.5", "p50", "p97.5")],
                  round(tools.find(rows, "net_benefit", "p_positive", v), 4),
                  [round(tools.find(rows, "net_benefit", s, v, "discounted") / 1e6, 1)
                   for s in ("exact_mean", "p2.5", "p97.5")])


if __name__ == "__main__":
    main()
