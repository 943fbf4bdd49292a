# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference metalog coefficients by least squares.

Writes metalog_fits.csv: probabilities, values, terms, lower, upper, coefficients
(lists with spaces between; limits empty when open).  Versions used: Python 3.11.7,
mpmath 1.3.0.  Normal equations of Keelin (2016), equation 7, solved with 300 bits.
"""
import os

import mpmath as mp

from quantiles import HERE

mp.mp.prec = 300
CASES = [
    ([0.1, 0.5, 0.9], [10.0, 20.0, 40.0], 3, None, None),
    ([0.1, 0.5, 0.9], [10.0, 20.0, 40.0], 3, 0.0, None),
    ([0.05, 0.5, 0.95], [0.55, 0.8, 0.92], 3, 0.0, 1.0),
    ([0.025, 0.25, 0.5, 0.75, 0.975], [-3.0, -0.5, 0.0, 0.7, 4.0], 5, None, None),
    ([0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99], [1.0, 2.0, 3.0, 4.0, 5.5, 8.0, 15.0], 4, None, None),
    ([0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99], [1.0, 2.0, 3.0, 4.0, 5.5, 8.0, 15.0], 3, None, 100.0),
    ([0.05 * i for i in range(1, 20)], [float(i * i) for i in range(1, 20)], 6, 0.0, None),
]
SHAPE = [(0, 0), (0, 1), (1, 1), (1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (4, 0), (4, 1)]


def main():
    with open(os.path.join(HERE, "metalog_fits.csv"), "w", newline="\n") as f:
        f.write("probabilities,values,terms,lower,upper,coefficients\n")
        for ps, xs, terms, low, high in CASES:
            rows, z = [], []
            for p, x in zip(map(mp.mpf, ps), map(mp.mpf, xs)):
                logit, d = mp.log(p / (1 - p)), p - mp.mpf(1) / 2
                rows.append([d ** k * logit ** has for k, has in SHAPE[:terms]])
                z.append(x if low is None and high is None else mp.log(x - low) if high is None
                         else -mp.log(high - x) if low is None else mp.log((x - low) / (high - x)))
            a = mp.matrix(rows)
            c = mp.lu_solve(a.T * a, a.T * mp.matrix(z))
            f.write(",".join([
                " ".join(map(repr, ps)), " ".join(map(repr, xs)), str(terms),
                "" if low is None else repr(low), "" if high is None else repr(high),
                " ".join(repr(float(v)) for v in c)]) + "\n")


if __name__ == "__main__":
    main()
