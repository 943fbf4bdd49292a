# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# EVPPI of quantities that are drawn together, without simulation: two strategies, incremental net benefit
#
#   B = C + 10 (share_1 - share_2 / 2) + (a + 2 b) + 0.3 (X_1 - X_2) + V + 0.5 K + 4 s + noise
#
# where all parts are independent and C makes E(B) = 0.3; knowing a part L is worth
# E max(0, 0.3 + L - E(L)) - 0.3.
#
#   share       Dirichlet(12, 6, 2)                    by integration over both shares
#   a, b        normal, means 1 and 0.5, sds 0.5 and 0.4, correlation -0.3: closed form
#   X           multinomial(20; 0.5, 0.3, 0.2)         by summation
#   V           one of five rows, v + u                by summation
#   s, K        s: first share of a Dirichlet with means 0.7, 0.25, 0.05 and size 40; K given the shares
#               multinomial(12): by integration over s ~ beta(28, 12) and summation over K ~ binomial(12, s)
#
# Versions: Python 3.11.7, SciPy 1.17.1. Run from the repository root: python3 Tests/References/joint_information.py
# Writes joint_information.csv.
import csv
import math

from scipy import integrate, special, stats

mean = 0.3


def gain(x):
    return max(0.0, mean + x)


def dirichlet():
    a = (12, 6, 2)
    log_c = special.gammaln(sum(a)) - sum(special.gammaln(x) for x in a)
    centre = 10 * (12 / 20 - 6 / 40)

    def inner(p1):
        def f(p2):
            rest = 1 - p1 - p2
            if rest <= 0 or p1 <= 0 or p2 <= 0:
                return 0.0
            d = log_c + 11 * math.log(p1) + 5 * math.log(p2) + math.log(rest)
            return math.exp(d) * gain(10 * (p1 - p2 / 2) - centre)

        # Where the net benefit passes 0 there is a kink.
        kink = 2 * (p1 - (centre - mean) / 10)
        points = [kink] if 0 < kink < 1 - p1 else None
        return integrate.quad(f, 0, 1 - p1, points=points, epsabs=1e-12, epsrel=1e-11, limit=200)[0]

    return integrate.quad(inner, 0, 1, epsabs=1e-10, epsrel=1e-9, limit=200)[0] - mean


def normal():
    sd = math.sqrt(0.25 + 4 * 0.16 - 2 * 2 * 0.3 * 0.5 * 0.4)
    z = mean / sd
    return sd * stats.norm.pdf(z) + mean * stats.norm.cdf(z) - mean


def multinomial():
    total = 0.0
    for x1 in range(21):
        for x2 in range(21 - x1):
            p = stats.multinomial.pmf([x1, x2, 20 - x1 - x2], 20, [0.5, 0.3, 0.2])
            total += p * gain(0.3 * (x1 - x2) - 0.3 * 20 * 0.2)
    return total - mean


def rows():
    values = [v + u for v, u in ((1, 0.5), (2, -0.5), (4, 1), (9, 0), (-3, 1.5))]
    centre = sum(values) / 5
    return sum(gain(v - centre) for v in values) / 5 - mean


def counted():
    centre = 0.5 * 12 * 0.7 + 4 * 0.7

    def f(s):
        d = stats.beta.pdf(s, 28, 12)
        return d * sum(stats.binom.pmf(k, 12, s) * gain(0.5 * k + 4 * s - centre) for k in range(13))

    kinks = [(centre - mean - 0.5 * k) / 4 for k in range(13)]
    points = [x for x in kinks if 0 < x < 1]
    return integrate.quad(f, 0, 1, points=points, epsabs=1e-11, epsrel=1e-10, limit=500)[0] - mean


def severity():
    centre = 0.5 * 12 * 0.7 + 4 * 0.7
    f = lambda s: stats.beta.pdf(s, 28, 12) * gain(0.5 * 12 * s + 4 * s - centre)
    kink = (centre - mean) / 10
    return integrate.quad(f, 0, 1, points=[kink], epsabs=1e-12, epsrel=1e-11)[0] - mean


with open("Tests/References/joint_information.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["name", "evppi"])
    for name, value in [
        ("share", dirichlet()), ("coefficient", normal()), ("counted", multinomial()), ("cohort", rows()),
        ("severity", severity()), ("ward", counted()),
    ]:
        out.writerow([name, repr(float(value))])
