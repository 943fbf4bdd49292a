#!/usr/bin/env python3
"""Draws the points of `Benchmarks/scaling.sh cost --csv FILE` as an SVG with three log-log panels.

usage: Benchmarks/plot-scaling.py FILE.csv docs/scaling.svg

SPDX-License-Identifier: GPL-3.0-or-later
"""
import csv
import math
import sys

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, GAP = 250, 210, 58, 34, 46, 26
TITLES = {
    "iterations": "iterations (norway-exercise)",
    "parameters": "parameters (10⁶ iterations)",
    "outputs": "outputs (10⁶ iterations)",
}
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(exponent):
    return {0: "1"}.get(exponent, "10" + str(exponent).translate(POWERS))


def panel(over, points, left):
    """One panel: points, and the line that is linear in x through the last one."""
    xs = [math.log10(x) for x, _ in points]
    ys = [math.log10(max(y, 1e-3)) for _, y in points]
    x0, x1 = math.floor(min(xs)), math.ceil(max(xs))
    y0, y1 = math.floor(min(ys)), math.ceil(max(ys))

    def place(x, y):
        return (left + (x - x0) / (x1 - x0) * WIDTH, TOP + (y1 - y) / (y1 - y0) * HEIGHT)

    parts = [
        f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" class="frame"/>',
        f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" class="middle">{TITLES[over]}</text>',
    ]
    for e in range(x0, x1 + 1):
        x, _ = place(e, y0)
        parts.append(f'<path d="M{x:.1f} {TOP}v{HEIGHT}" class="grid"/>')
        parts.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" class="middle">{power(e)}</text>')
    for e in range(y0, y1 + 1):
        _, y = place(x0, e)
        parts.append(f'<path d="M{left} {y:.1f}h{WIDTH}" class="grid"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" class="end">{power(e)}</text>')
    # Slope one through the last point, as far as the panel reaches.
    from_x = max(x0, xs[-1] - (ys[-1] - y0))
    (ax, ay), (bx, by) = place(from_x, ys[-1] - (xs[-1] - from_x)), place(xs[-1], ys[-1])
    parts.append(f'<path d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" class="line"/>')
    for x, y in zip(xs, ys):
        px, py = place(x, y)
        parts.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4" class="point"/>')
    return "\n".join(parts)


def main():
    rows = list(csv.DictReader(open(sys.argv[1])))
    panels = []
    for index, over in enumerate(TITLES):
        points = [
            (float(r["x"]), float(r["seconds"]) - float(r["startup"]) * (over == "iterations"))
            for r in rows
            if r["over"] == over
        ]
        panels.append(panel(over, points, LEFT + index * (WIDTH + LEFT + GAP)))
    width = 3 * (WIDTH + LEFT + GAP)
    style = (
        "text{font:12px sans-serif;fill:#333}.middle{text-anchor:middle}.end{text-anchor:end}"
        ".frame{fill:none;stroke:#888}.grid{stroke:#ddd}.line{stroke:#999;stroke-dasharray:5 4}"
        ".point{fill:#1f5f8b}"
    )
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + BOTTOM}">\n'
            f"<style>{style}</style>\n"
            f'<rect width="100%" height="100%" fill="#fff"/>\n'
            f'<text x="{LEFT}" y="18">Processor seconds of one worker; dashed: linear growth</text>\n'
            + "\n".join(panels)
            + "\n</svg>\n"
        )


main()
