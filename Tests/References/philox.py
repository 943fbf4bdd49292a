# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference blocks of the counter-based generator Philox4x32-10.

Writes philox.csv.  Versions used: Python 3.11.7, NumPy 2.4.6, randomgen 2.5.1.

Rows with source "random123" are the known answers published with Random123
for philox4x32 with ten rounds.  Rows with source "randomgen" come from the
Philox class of the Python package randomgen (number=4, width=32).  That class
adds one to its 128-bit counter before it makes a block, so the counter is set
to (wanted - 1) modulo 2**128; the known answers confirm the offset.  Every row
is compared with the short implementation below before anything is written.

Words are little end first: the counter is c0 + c1*2**32 + c2*2**64 + c3*2**96.
"""
import os
import random

import numpy as np
from randomgen import Philox

HERE = os.path.dirname(os.path.abspath(__file__))
MASK = 0xFFFFFFFF


def philox_plain(c, k):
    """Ten rounds, written from the definition of the generator."""
    c, k = list(c), list(k)
    for _ in range(10):
        low, high = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(high >> 32) ^ c[1] ^ k[0], high & MASK,
             (low >> 32) ^ c[3] ^ k[1], low & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return tuple(c)


def philox_randomgen(c, k):
    wanted = sum(word << (32 * i) for i, word in enumerate(c))
    before = (wanted - 1) % (1 << 128)
    generator = Philox(counter=0, key=0, number=4, width=32)
    state = generator.state
    state["state"]["counter"] = np.array(
        [(before >> (32 * i)) & MASK for i in range(4)], dtype=np.uint32)
    state["state"]["key"] = np.array(k, dtype=np.uint32)
    state["buffer_pos"] = 4          # nothing left in the buffer
    generator.state = state
    return tuple(int(w) for w in generator.random_raw(4))


KNOWN = [
    ((0, 0, 0, 0), (0, 0),
     (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((MASK,) * 4, (MASK,) * 2,
     (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
     (0xA4093822, 0x299F31D0),
     (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]


def pairs():
    """Forty (counter, key) pairs: small, carrying, one-bit and random ones."""
    out = [
        ((1, 0, 0, 0), (0, 0)), ((2, 0, 0, 0), (0, 0)),
        ((0, 1, 0, 0), (0, 0)), ((0, 0, 1, 0), (0, 0)),
        ((0, 0, 0, 1), (0, 0)), ((0, 0, 0, 0), (1, 0)),
        ((0, 0, 0, 0), (0, 1)), ((MASK, 0, 0, 0), (1, 2)),
        ((0, 1, 0, 0), (1, 2)), ((MASK, MASK, 0, 0), (1, 2)),
        ((0, 0, 1, 0), (1, 2)), ((MASK, MASK, MASK, 0), (1, 2)),
        ((0, 0, 0, 1), (1, 2)), ((MASK - 1, MASK, MASK, MASK), (1, 2)),
        ((0x80000000, 0, 0, 0), (0, 0)), ((0, 0, 0, 0), (0x80000000, 0)),
        ((0, 0, 0, 0), (0, 0x80000000)),
        ((1, 2, 3, 4), (5, 6)), ((6, 5, 4, 3), (2, 1)),
        ((9999999, 0, 17, 3), (20240229, 0)),
    ]
    source = random.Random(20180101)
    while len(out) < 40:
        out.append((tuple(source.getrandbits(32) for _ in range(4)),
                    tuple(source.getrandbits(32) for _ in range(2))))
    return out


def main():
    rows = []
    for c, k, w in KNOWN:
        assert philox_plain(c, k) == w, "known answer, plain"
        assert philox_randomgen(c, k) == w, "known answer, randomgen"
        rows.append(("random123", *c, *k, *w))
    for c, k in pairs():
        w = philox_randomgen(c, k)
        assert philox_plain(c, k) == w, (c, k)
        rows.append(("randomgen", *c, *k, *w))
    assert len({r[1:7] for r in rows}) == len(rows)
    with open(os.path.join(HERE, "philox.csv"), "w", newline="\n") as f:
        f.write("source,c0,c1,c2,c3,k0,k1,w0,w1,w2,w3\n")
        for r in rows:
            f.write(",".join(map(str, r)) + "\n")
    print("philox.csv:", len(rows), "rows, all confirmed twice")


if __name__ == "__main__":
    main()
