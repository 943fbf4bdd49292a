#!/usr/bin/env bash
# How time grows: with workers (pairs beside a control loop), iterations, parameters and outputs.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: Benchmarks/scaling.sh [workers] [cost] [many] [--iterations N] [--pairs K] [--largest N] [--csv FILE]
#
# workers: one worker and two on N iterations (default 1e8) of norway-exercise, K pairs (default 7). The two of a pair run
#   in turns of a fifth of a second (alternate.c), so that both meet the same machine; two workers do their run twice,
#   which takes as many turns. In turns with them two processes of one worker, which share nothing, and a loop that
#   touches no memory and keeps the multiplier busy, on one thread and on two: what the machine gives two threads at
#   that time. Wall time for N iterations.
# cost: processor time of one worker for 1e3 … LARGEST iterations (default 1e8), and for generated scenarios
#   with 1 … 64 parameters and with 1 … 128 outputs. Start-up is measured and taken off. --csv writes the
#   points, which Benchmarks/plot-scaling.py draws.
# many: 1000 variants of 10,000 iterations in one file, and 1000 files of 10,000 iterations in one call,
#   beside the sampling alone: as many iterations of one scenario.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
iterations=1e8
pairs=7
largest=1e8
csv=/dev/null
parts=()
while [ $# -gt 0 ]; do
  case $1 in
  --iterations) iterations=$2; shift 2 ;;
  --pairs) pairs=$2; shift 2 ;;
  --largest) largest=$2; shift 2 ;;
  --csv) csv=$2; shift 2 ;;
  workers | cost | many) parts+=("$1"); shift ;;
  *) echo "scaling.sh: unknown argument $1" >&2; exit 2 ;;
  esac
done
[ "${#parts[@]}" -gt 0 ] || parts=(workers cost many)
program=.build/release/simulate
[ -x "$program" ] || { echo "scaling.sh: build first: make build" >&2; exit 1; }
[ -x /usr/bin/time ] || { echo "scaling.sh: GNU time is needed (apt-get install time)" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"

# measure FORMAT COMMAND...: GNU time's figures of the command.
measure() {
  local format=$1
  shift
  /usr/bin/time -q -f "$format" -o "$scratch/time" "$@" >"$scratch/output" 2>&1 ||
    { cat "$scratch/output" >&2; exit 1; }
  cat "$scratch/time"
}
best() { sort -g | head -n 1; }
median() { sort -g | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

workers() {
  cat >"$scratch/loop.c" <<'C'
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
static uint64_t results[64][16];
static uint64_t each;
static void *work(void *place) {
  const uint64_t m = 6364136223846793005u;
  uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
  for (uint64_t i = 0; i < each; i++) {
    a = a * m + 1; b = b * m + 1; c = c * m + 1; d = d * m + 1;
    e = e * m + 1; f = f * m + 1; g = g * m + 1; h = h * m + 1;
  }
  *(uint64_t *)place = a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
  return 0;
}
int main(int argc, char **argv) {
  int threads = argc > 1 ? atoi(argv[1]) : 1;
  pthread_t ids[64];
  each = (argc > 2 ? strtoull(argv[2], 0, 10) : 1000000000u) / threads;
  for (int t = 0; t < threads; t++) pthread_create(&ids[t], 0, work, results[t]);
  for (int t = 0; t < threads; t++) pthread_join(ids[t], 0);
  return 0;
}
C
  cc -O2 -pthread -o "$scratch/loop" "$scratch/loop.c"
  cc -O2 -o "$scratch/alternate" Benchmarks/alternate.c
  echo
  echo "wall seconds in turns, norway-exercise at $iterations iterations; busy: threads that two workers kept busy;"
  echo "control: the loop without memory"
  printf '%6s %8s %8s %7s %7s %11s %7s %9s %9s %7s\n' pair "1 worker" "2" ratio busy "2 processes" ratio \
    "control 1" "2" ratio
  local k figures run="'$program' run scenarios/norway-exercise.yaml -i $iterations -q"
  local rounds
  rounds=$(awk -v n="$iterations" 'BEGIN { printf "%.0f", 12 * n }')
  for ((k = 1; k <= pairs; k++)); do
    "$scratch/alternate" 200 sh -c "$run -w 1 -o '$scratch/a'" \
      -- sh -c "$run -w 2 -o '$scratch/b' && $run -w 2 -o '$scratch/b'" \
      -- sh -c "$run -w 1 -o '$scratch/c' & $run -w 1 -o '$scratch/d' && wait" \
      -- "$scratch/loop" 1 "$rounds" -- "$scratch/loop" 2 "$((2 * rounds))" >"$scratch/turns"
    figures=$(awk '{ t[NR] = $1; p[NR] = $2 }
      END { print t[1], t[2] / 2, p[2] / t[2], t[3] / 2, t[4], t[5] / 2 }' "$scratch/turns")
    # shellcheck disable=SC2086
    row $k $figures | tee -a "$scratch/rows"
  done
  local column
  for column in "4:two workers" "7:two processes" 10:control; do
    printf '%s: best ratio %s, median %s\n' "${column#*:}" \
      "$(awk -v c="${column%:*}" '{ print $c }' "$scratch/rows" | sort -gr | head -n 1)" \
      "$(awk -v c="${column%:*}" '{ print $c }' "$scratch/rows" | median)"
  done
}
row() {
  awk -v k="$1" -v a="$2" -v b="$3" -v u="$4" -v s="$5" -v c="$6" -v d="$7" 'BEGIN {
    printf "%6s %8.2f %8.2f %7.2f %7.2f %11.2f %7.2f %9.2f %9.2f %7.2f\n", k, a, b, a / b, u, s, a / s, c, d, c / d }'
}

# cpu SCENARIO ITERATIONS: least processor seconds of three runs on one worker.
cpu() {
  local k
  for k in 1 2 3; do
    measure '%U %S' "$program" run "$1" -i "$2" -q -w 1 -o "$scratch/r" | awk '{ print $1 + $2 }'
  done | best
}

cost() {
  local n start total p o
  start=$(cpu scenarios/norway-exercise.yaml 1)
  echo
  echo "processor seconds of one worker, norway-exercise; start-up $start s"
  printf '%12s %10s %22s\n' iterations seconds "ns/iteration, net"
  echo "over,x,seconds,startup" >"$csv"
  for n in 1e3 1e4 1e5 1e6 1e7 1e8 1e9; do
    awk -v n=$n -v l="$largest" 'BEGIN { exit !(n <= l) }' || break
    total=$(cpu scenarios/norway-exercise.yaml $n)
    echo "iterations,$n,$total,$start" >>"$csv"
    awk -v n=$n -v t="$total" -v s="$start" 'BEGIN {
      printf "%12s %10.2f %22.1f\n", n, t, (t - s) / n * 1e9 }'
  done
  echo
  echo "1e6 iterations, one output, growing parameters; then six parameters, growing outputs"
  printf '%12s %10s %10s %14s\n' parameters outputs seconds "start-up, s"
  for p in 1 4 16 64; do one_case $p 1 parameters $p; done
  for o in 1 8 32 128; do one_case 6 $o outputs $o; done
}
one_case() {
  Benchmarks/generate-scenario.sh "$1" "$2" >"$scratch/case.yaml"
  local total start
  total=$(cpu "$scratch/case.yaml" 1e6)
  start=$(cpu "$scratch/case.yaml" 1)
  printf '%12d %10d %10.2f %14.2f\n' "$1" "$2" "$total" "$start"
  echo "$3,$4,$total,$start" >>"$csv"
}

# A decision model of two parameters in 1000 forms.
many() {
  local k file
  mkdir -p "$scratch/files"
  model() {
    printf 'utfall: 1\nrun: {iterations: 10 000}\nparameters:\n'
    printf '  hours: gamma(mean = 6, sd = 2)\n  price: gamma(mean = 600, sd = 80)\n'
  }
  { model
    echo 'outputs: {cost: hours * price}'
    echo 'variants:'
    for ((k = 1; k <= 999; k++)); do printf '  v%d:\n    scale:\n      hours: %s\n' $k "1.$k"; done
  } >"$scratch/variants.yaml"
  for ((k = 1; k <= 1000; k++)); do
    file="$scratch/files/s$k.yaml"
    { model; printf 'outputs:\n  cost: hours * price * 1.%d\n' $k; } >"$file"
  done
  { model; echo 'outputs: {cost: hours * price}'; } >"$scratch/one.yaml"
  echo
  echo "wall and processor seconds, two uncertain parameters, one output"
  timed() { printf '%-46s %8.2f %8.2f\n' "$1" $(measure '%e %U %S' "${@:2}" | awk '{ print $1, $2 + $3 }'); }
  timed "1 scenario, 1e7 iterations" \
    "$program" run "$scratch/one.yaml" -i 1e7 -q -o "$scratch/r"
  timed "1 scenario with 999 variants, 1e4 iterations" \
    "$program" run "$scratch/variants.yaml" -q -o "$scratch/r"
  timed "1000 scenario files, 1e4 iterations" \
    "$program" run "$scratch"/files/*.yaml -q -o "$scratch/r"
  timed "10 calls of one scenario file, 1e4 iterations" \
    sh -c "for k in 1 2 3 4 5 6 7 8 9 10; do '$program' run '$scratch/files/s'\$k.yaml -q -o '$scratch/r'; done"
}

for part in "${parts[@]}"; do "$part"; done
