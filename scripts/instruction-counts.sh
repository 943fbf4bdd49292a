#!/usr/bin/env bash
# Utfall: count the instructions of a small run of norway-exercise with callgrind.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: scripts/instruction-counts.sh             print the counts beside the last recorded ones
#        scripts/instruction-counts.sh --record    also append them to Benchmarks/instruction-counts.csv
#
# Counts don't depend on how busy the machine is; they do depend on processor features, compiler and
# libraries, so compare on one kind of machine. Columns: `total` is the whole process, start-up and tables
# included; `per_iteration` is the block loop: the difference of two runs, divided by the difference of their
# iterations; `start` is what is left at no iterations. Needs valgrind and .build/release/simulate.
# A difference is printed, never a failure.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
few=131072
many=393216
table=Benchmarks/instruction-counts.csv
program=.build/release/simulate
command -v valgrind >/dev/null 2>&1 || { echo "instruction-counts: valgrind is not installed" >&2; exit 1; }
[ -x "$program" ] || { echo "instruction-counts: build first: make build" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Without debug information, which valgrind 3.19 cannot read from Swift's compiler.
strip --strip-debug -o "$scratch/simulate" "$program"

# count ITERATIONS: instructions of the whole process on one worker.
count() {
  valgrind --tool=callgrind --callgrind-out-file="$scratch/callgrind.$1" \
    "$scratch/simulate" run scenarios/norway-exercise.yaml -i "$1" -q -w 1 -o "$scratch/results" \
    >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; return 1; }
  awk '/^(totals|summary):/ { n = $2 } END { print n }' "$scratch/callgrind.$1"
}
at_few=$(count "$few")
at_many=$(count "$many")

commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
row=$(awk -v a="$at_few" -v b="$at_many" -v m="$few" -v n="$many" -v commit="$commit" \
  -v day="$(date -u +%F)" 'BEGIN {
    each = (b - a) / (n - m)
    printf "%s,%s,%s,%d,%.0f,%.1f,%.0f", day, commit, "norway-exercise", n, b, each, b - each * n }')
header=date,commit,scenario,iterations,total,per_iteration,start

{
  echo "$header"
  if [ -f "$table" ]; then tail -n 1 "$table" | sed 's/^/last,/'; fi
  echo "now,$row"
} | awk -F, '
  NR == 1 { next }
  { total[$1] = $6; each[$1] = $7; start[$1] = $8; commit[$1] = $3 }
  END {
    printf "%-24s %16s %16s %9s\n", "instructions", "last " commit["last"], "now", "change"
    line("total", total); line("per iteration", each); line("start", start)
  }
  function line(name, a) {
    if ("last" in a) printf "%-24s %16s %16s %+8.2f%%\n", name, a["last"], a["now"], (a["now"] / a["last"] - 1) * 100
    else printf "%-24s %16s %16s %9s\n", name, "-", a["now"], "-"
  }'

if [ "${1:-}" = --record ]; then
  [ -f "$table" ] || echo "$header" >"$table"
  echo "$row" >>"$table"
fi
