#!/usr/bin/env python3
# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes sensitivity.csv: figures of sensitivity analyses in closed form.
# Python 3.11.7, mpmath 1.3.0.
#
# columns: figure, subject, value
#
# first_order, total   indices of Sobol's g-function, y = prod (|4 x_i - 2| + a_i) / (1 + a_i), x uniform, a = 0, 1, 4.5:
#                      V_i = 1 / (3 (1 + a_i)^2), V = prod (1 + V_i) - 1, S_i = V_i / V,
#                      T_i = V_i prod_{j != i} (1 + V_j) / V    (Saltelli et al. 2008, section 4)
# conditional          mean of a + b with a at its P2.5 or P97.5, or with b there; a ~ N(1, 1), b ~ N(2, 3), normal
#                      scores correlated by 0.5: E(b | a) = 2 + 0.5 * 3 (a - 1)
# evppi                INB = p1 - p2, p1 ~ N(1, 1), p2 ~ N(0, 2), normal scores correlated by -0.5: E(INB | p1) is
#                      N(1, 2), E(INB | p2) is N(1, 2.5), INB is N(1, sqrt 7)
# threshold            zeros of (x - 1) (x - 2) (x - 3) - 0.1, and of x^3 - 30 x - 100
import csv
import pathlib

import mpmath
from mpmath import mp, mpf

mp.dps = 30
HERE = pathlib.Path(__file__).parent
rows = []

a = [mpf(0), mpf(1), mpf("4.5")]
V = [1 / (3 * (1 + x) ** 2) for x in a]
total = mpmath.fprod(1 + v for v in V) - 1
for i, v in enumerate(V):
    rows.append(("first_order", f"x{i + 1}", v / total))
    others = mpmath.fprod(1 + w for j, w in enumerate(V) if j != i)
    rows.append(("total", f"x{i + 1}", v * others / total))

z = mpmath.sqrt(2) * mpmath.erfinv(mpf("0.95"))
for end, sign in [("low", -1), ("high", 1)]:
    rows.append(("conditional", f"a {end}", (1 + sign * z) + (2 + mpf("1.5") * sign * z)))
    rows.append(("conditional", f"b {end}", (2 + 3 * sign * z) + (1 + mpf("0.5") * sign * z)))


def value(sd):
    u = 1 / sd
    return sd * mpmath.npdf(u) + mpmath.ncdf(u) - 1


rows.append(("evppi", "p1", value(mpf(2))))
rows.append(("evppi", "p2", value(mpf("2.5"))))
rows.append(("evppi", "both", value(mpmath.sqrt(7))))

for i, root in enumerate(sorted(mpmath.polyroots([1, -6, 11, mpf("-6.1")], maxsteps=200), key=lambda r: r.real)):
    assert abs(root.imag) < 1e-20
    rows.append(("threshold", f"cubic {i + 1}", root.real))
real = [r for r in mpmath.polyroots([1, 0, -30, -100], maxsteps=200) if abs(mpmath.im(r)) < 1e-20]
assert len(real) == 1
rows.append(("threshold", "far", mpmath.re(real[0])))

with open(HERE / "sensitivity.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["figure", "subject", "value"])
    for figure, subject, number in rows:
        writer.writerow([figure, subject, mpmath.nstr(number, 17)])
