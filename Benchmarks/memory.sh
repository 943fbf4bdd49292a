#!/usr/bin/env bash
# Peak resident memory of whole runs: many iterations, many outputs.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: Benchmarks/memory.sh [LARGEST]
#
# norway-exercise at 1e7 and at LARGEST iterations (default 1e9: most of a minute on two processors), and a
# generated scenario with 200 outputs at 1e6 and 1e7. Needs GNU time and .build/release/simulate.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
largest=${1:-1e9}
program=.build/release/simulate
[ -x "$program" ] || { echo "memory.sh: build first: make build" >&2; exit 1; }
[ -x /usr/bin/time ] || { echo "memory.sh: GNU time is needed (apt-get install time)" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

Benchmarks/generate-scenario.sh 6 200 >"$scratch/outputs-200.yaml"

printf '%-18s %10s %9s %9s %9s %7s\n' scenario iterations "wall, s" "cpu, s" "peak MB" passes
measure() {
  local scenario=$1 n=$2 name wall user system kilobytes
  name=$(basename "$scenario" .yaml)
  /usr/bin/time -q -f '%e %U %S %M' -o "$scratch/time" \
    "$program" run "$scenario" -i "$n" -q -o "$scratch/results"
  read -r wall user system kilobytes <"$scratch/time"
  # The manifest lists the passes as objects, one level in.
  local passes
  passes=$(awk '/^  "passes"/ { inside = 1 } inside && /^    \{/ { n++ } inside && /^  \]/ { print n; exit }' \
    "$scratch/results/$name/manifest.json")
  awk -v name="$name" -v n="$n" -v w="$wall" -v c="$user" -v s="$system" -v m="$kilobytes" \
    -v p="${passes:--}" \
    'BEGIN { printf "%-18s %10s %9.2f %9.2f %9.0f %7s\n", name, n, w, c + s, m / 1024, p }'
}
measure scenarios/norway-exercise.yaml 1e7
measure "$scratch/outputs-200.yaml" 1e6
measure "$scratch/outputs-200.yaml" 1e7
measure scenarios/norway-exercise.yaml "$largest"
