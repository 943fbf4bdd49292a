# SPDX-License-Identifier: GPL-3.0-or-later
"""Second, rigorous check of quantiles.csv; writes no file.

Versions used: Python 3.11.7, python-flint 0.9.0 (ball arithmetic of Arb).

For every row the distribution function is enclosed at the two numbers halfway
between the quantile and its neighbouring doubles.  The enclosures must lie on
either side of u = (k + 0.5) / 2**52, which proves that the double in the file
is the correctly rounded quantile (rows clamped to the smallest positive double
or to nextDown(1) are held against the outer bound only).  Density and the two
tail probabilities must lie within one unit in the last place of the enclosure
(half a unit plus the rounding of the comparison).
"""
import csv
import math
import os
import sys
import time
from fractions import Fraction
from multiprocessing import Pool

from flint import arb, ctx, fmpq

HERE = os.path.dirname(os.path.abspath(__file__))


def ball(q):
    return arb(fmpq(q.numerator, q.denominator))


def tails(family, s1, s2, x, upper):
    """Enclosures of P(X <= x) and P(X > x) at the rational x.

    Only one tail is computed, the other is its complement.
    """
    if family in ("normal", "lognormal"):
        z = ball(x)
        if family == "lognormal":
            z = (z.log() - ball(s1)) / ball(s2)
        r = arb(2).sqrt()
        t = ((z if upper else -z) / r).erfc() / 2
    elif x <= 0 or (family == "beta" and x >= 1):
        t = arb(1 if (x <= 0) == upper else 0)
    elif family == "gamma":
        # at large shapes Arb is quick and tight for the upper function only
        t = ball(x).gamma_upper(ball(s1), regularized=1)
        return 1 - t, t
    else:
        a, b = ball(s1), ball(s2)
        t = ball(1 - x).beta_lower(b, a, regularized=True) if upper else \
            ball(x).beta_lower(a, b, regularized=True)
    return (1 - t, t) if upper else (t, 1 - t)


def density(family, s1, s2, x):
    z = ball(x)
    root = (2 * arb.pi()).sqrt()
    if family == "normal":
        return (-z * z / 2).exp() / root
    if family == "lognormal":
        t = (z.log() - ball(s1)) / ball(s2)
        return (-t * t / 2).exp() / (root * z * ball(s2))
    if family == "gamma":
        a = ball(s1)
        return ((a - 1) * z.log() - z - a.lgamma()).exp()
    a, b = ball(s1), ball(s2)
    return ((a - 1) * z.log() + (b - 1) * ball(1 - x).log()
            - a.lgamma() - b.lgamma() + (a + b).lgamma()).exp()


def precise(make, good):
    """Raise the working precision until the enclosure answers the question."""
    for bits in (256, 512, 2048, 16384):
        ctx.prec = bits
        value = make()
        answer = good(value)
        if answer is not None:
            return answer
    raise ArithmeticError("no answer at the highest precision")


def compare(make, target):
    """-1 or +1: the quantity lies surely below or above the rational."""
    def decide(pair):
        below, above = pair
        t = ball(target)
        if below < t or above > 1 - t:
            return -1
        if below > t or above < 1 - t:
            return 1
        return None
    return precise(make, decide)


def near(make, written):
    if math.isinf(written):
        return precise(make, lambda v: True if v > sys.float_info.max else None)
    exact, unit = Fraction(written), Fraction(math.ulp(written))
    def decide(v):
        if abs(v - ball(exact)) < ball(unit * Fraction(51, 100)):
            return True
        if abs(v - ball(exact)) > ball(unit * Fraction(51, 100)):
            return False
        return None
    return precise(make, decide)


def check(row):
    """Names of the columns of one row that are not confirmed."""
    family = row["family"]
    s1 = Fraction(float(row["shape1"])) if row["shape1"] else None
    s2 = Fraction(float(row["shape2"])) if row["shape2"] else None
    u = Fraction(2 * int(row["k"]) + 1, 1 << 53)
    upper = u > Fraction(1, 2)
    d = float(row["quantile"])
    x = Fraction(d)
    low = (x + Fraction(math.nextafter(d, -math.inf))) / 2
    high = (x + Fraction(math.nextafter(d, math.inf))) / 2
    bad = []
    if d != 5e-324 and compare(
            lambda: tails(family, s1, s2, low, upper), u) > 0:
        bad.append("quantile")
    if not (family == "beta" and d == math.nextafter(1.0, 0.0)) and compare(
            lambda: tails(family, s1, s2, high, upper), u) < 0:
        bad.append("quantile")
    if not near(lambda: density(family, s1, s2, x), float(row["density"])):
        bad.append("density")
    for i, column in enumerate(("cdf_below", "cdf_above")):
        if not near(lambda: tails(family, s1, s2, x, upper)[i],
                    float(row[column])):
            bad.append(column)
    return bad


def check_case(job):
    name, rows = job
    begun = time.time()
    bad = [(row, check(row)) for row in rows]
    return name, len(rows), [b for b in bad if b[1]], time.time() - begun


def main():
    cases = {}
    with open(os.path.join(HERE, "quantiles.csv"), newline="") as f:
        for row in csv.DictReader(f):
            name = row["family"], row["shape1"], row["shape2"]
            cases.setdefault(name, []).append(row)
    confirmed = failed = 0
    with Pool(2) as pool:
        for name, n, bad, seconds in pool.imap_unordered(
                check_case, cases.items()):
            print(*name, n, "rows,", len(bad), "not confirmed,",
                  round(seconds, 1), "s", flush=True)
            for row, columns in bad[:5]:
                print("   ", columns, row)
            confirmed += n - len(bad)
            failed += len(bad)
    print("rows confirmed:", confirmed, "not confirmed:", failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
