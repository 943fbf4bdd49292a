#!/usr/bin/env bash
# Utfall beside NumPy and R in one run on one machine: draws, whole runs, start-up.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: Benchmarks/compare.sh [--rounds K] [--iterations N] [--no-build] [draws] [runs] [chemotherapy]
#
# Contenders take turns within each round, so that slow phases of a shared machine hit all of them.
# Draws: nanoseconds of processor time per draw, generator included, best of the rounds.
# Runs: wall and processor time of whole processes, median of the rounds, and peak resident memory.
# Without names, everything is run. Needs python3 with NumPy, Rscript and GNU time; what is missing is
# left out and said.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=5
iterations=1e7
build=yes
parts=()
while [ $# -gt 0 ]; do
  case $1 in
  --rounds) rounds=$2; shift 2 ;;
  --iterations) iterations=$2; shift 2 ;;
  --no-build) build=; shift ;;
  draws | runs | chemotherapy) parts+=("$1"); shift ;;
  -h | --help) sed -n '5,11p' "$0" | sed 's/^# \{0,1\}//'; exit 0 ;;
  *) echo "compare.sh: unknown argument $1; see --help" >&2; exit 2 ;;
  esac
done
[ "${#parts[@]}" -gt 0 ] || parts=(draws runs chemotherapy)
wants() { case " ${parts[*]} " in *" $1 "*) true ;; *) false ;; esac; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
have() { command -v "$1" >/dev/null 2>&1; }
has_numpy() { have python3 && python3 -c 'import numpy' 2>/dev/null; }
numpy=yes r=yes
has_numpy || { numpy=; echo "compare.sh: no python3 with NumPy: left out" >&2; }
have Rscript || { r=; echo "compare.sh: no Rscript: left out" >&2; }
[ -x /usr/bin/time ] || { echo "compare.sh: GNU time is needed (apt-get install time)" >&2; exit 1; }

echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)," \
  "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"

# build ARGUMENT...: silent unless it fails.
build() {
  [ -n "$build" ] || return 0
  swift build -c release "$@" >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log" >&2; exit 1; }
}
build --product simulate
program=.build/release/simulate

# --- Draws -------------------------------------------------------------------------------------

draws() {
  build --package-path Benchmarks
  local round
  for ((round = 0; round < rounds; round++)); do
    Benchmarks/.build/release/DrawBenchmark --tsv --rounds 3 >>"$scratch/ours.tsv"
    if [ -n "$numpy" ]; then python3 Benchmarks/peers/draws.py 2 >>"$scratch/numpy.tsv"; fi
    if [ -n "$r" ]; then Rscript Benchmarks/peers/draws.R 1 >>"$scratch/r.tsv"; fi
  done
  touch "$scratch/numpy.tsv" "$scratch/r.tsv"
  echo
  echo "ns of processor time per draw, one thread, best of $rounds rounds; x: times as long as Utfall"
  awk -F '\t' '
    function least(a, k, v) { if (!(k in a) || v < a[k]) a[k] = v }
    function ratio(a, k) { return k in a ? sprintf("%9.2f %7.1fx", a[k], a[k] / ours[k]) : sprintf("%9s %8s", "-", "-") }
    FILENAME ~ /ours/ { if (!($1 in ours)) order[++n] = $1; least(ours, $1, $2); if ($3 != "") least(gsl, $1, $3) }
    FILENAME ~ /numpy/ { least(numpy, $1, $2) }
    FILENAME ~ /r\.tsv/ { least(r, $1, $2) }
    END {
      printf "%-24s %8s %9s %8s %9s %8s %9s %8s\n", "", "Utfall", "GSL", "", "NumPy", "", "R", ""
      for (i = 1; i <= n; i++) {
        k = order[i]
        printf "%-24s %8.2f %s %s %s\n", k, ours[k], ratio(gsl, k), ratio(numpy, k), ratio(r, k)
      }
    }' "$scratch/ours.tsv" "$scratch/numpy.tsv" "$scratch/r.tsv"
}

# --- Whole processes ---------------------------------------------------------------------------

# timed LABEL COMMAND...: one line "label wall processor kilobytes" in runs.tsv.
timed() {
  local label=$1
  shift
  /usr/bin/time -q -f '%e %U %S %M' -o "$scratch/time" "$@" >"$scratch/output" 2>&1 ||
    { echo "compare.sh: failed: $*" >&2; cat "$scratch/output" >&2; exit 1; }
  awk -v label="$label" '{ printf "%s\t%s\t%.3f\t%s\n", label, $1, $2 + $3, $4 }' \
    "$scratch/time" >>"$scratch/runs.tsv"
}

# report: medians of runs.tsv by label, and ratios to the first label.
report() {
  sort -s -t "$(printf '\t')" -k1,1 "$scratch/runs.tsv" | awk -F '\t' '
    function median(text,    a, m, i, j, t) {
      m = split(text, a, " ")
      for (i = 2; i <= m; i++) { t = a[i]; for (j = i - 1; j > 0 && a[j] + 0 > t + 0; j--) a[j + 1] = a[j]; a[j + 1] = t }
      return m % 2 ? a[(m + 1) / 2] : (a[m / 2] + a[m / 2 + 1]) / 2
    }
    { if (!($1 in wall)) order[++n] = $1; wall[$1] = wall[$1] " " $2; cpu[$1] = cpu[$1] " " $3; if ($4 > mem[$1]) mem[$1] = $4 }
    END {
      printf "%-24s %9s %9s %9s %9s %9s\n", "", "wall, s", "ratio", "cpu, s", "ratio", "peak MB"
      for (i = 1; i <= n; i++) {
        k = order[i]; w = median(wall[k]); c = median(cpu[k])
        if (i == 1) { w0 = w > 0.005 ? w : 0.005; c0 = c > 0.005 ? c : 0.005 }
        printf "%-24s %9.2f %8.1fx %9.2f %8.1fx %9.0f\n", substr(k, 3), w, w / w0, c, c / c0, mem[k] / 1024
      }
    }'
  rm -f "$scratch/runs.tsv"
}

exercise() {
  local n=$1 round
  echo
  echo "norway-exercise, $n iterations, all result files, whole process, median of $rounds rounds"
  for ((round = 0; round < rounds; round++)); do
    timed "1 Utfall" "$program" run scenarios/norway-exercise.yaml -i "$n" -q -o "$scratch/ours"
    if [ -n "$numpy" ]; then
      timed "2 NumPy" python3 Benchmarks/peers/norway_exercise.py "$n" "$scratch/numpy"
    fi
    if [ -n "$r" ]; then
      timed "3 R" Rscript Benchmarks/peers/norway_exercise.R "$n" "$scratch/r"
    fi
  done
  report
}

chemotherapy() {
  local n=1e6 round few="$scratch/chemotherapy-1000.yaml"
  # The value of partial information from the first 1000 draws, as in the peers' evppi=1000.
  sed 's/^  willingness_to_pay: .*/&\n  information_iterations: 1000/' scenarios/chemotherapy.yaml >"$few"
  grep -q '^  information_iterations: 1000$' "$few" || { echo "compare.sh: no decision found" >&2; exit 1; }
  echo
  echo "chemotherapy, $n iterations, whole process, median of $rounds rounds"
  for ((round = 0; round < rounds; round++)); do
    timed "1 Utfall" "$program" run scenarios/chemotherapy.yaml -i "$n" -q -o "$scratch/ours"
    timed "2 Utfall, evppi=1000" "$program" run "$few" -i "$n" -q -o "$scratch/ours"
    if [ -n "$numpy" ]; then
      timed "3 NumPy, no evppi" python3 Benchmarks/peers/chemotherapy.py "$n" "$scratch/numpy"
      timed "4 NumPy, evppi=1000" python3 Benchmarks/peers/chemotherapy.py "$n" "$scratch/numpy" evppi=1000
    fi
    if [ -n "$r" ]; then
      timed "5 R, no evppi" Rscript Benchmarks/peers/chemotherapy.R "$n" "$scratch/r"
      if Rscript -e 'library(mgcv)' >/dev/null 2>&1; then
        timed "6 R, evppi=1000" Rscript Benchmarks/peers/chemotherapy.R "$n" "$scratch/r" evppi=1000
      fi
    fi
  done
  report
  # hesim keeps every state of every cycle: 10^6 iterations would take 30 GB.
  if [ -n "$r" ] && Rscript -e 'library(hesim)' > /dev/null 2>&1; then
    echo
    echo "chemotherapy, 1e5 iterations, beside hesim"
    for ((round = 0; round < rounds; round++)); do
      timed "1 Utfall" "$program" run scenarios/chemotherapy.yaml -i 1e5 -q -o "$scratch/ours"
      timed "2 R and hesim" Rscript Benchmarks/peers/chemotherapy_hesim.R 1e5
    done
    report
  fi
}

if wants draws; then draws; fi
if wants runs; then
  exercise "$iterations"
  exercise 1e4
fi
if wants chemotherapy; then chemotherapy; fi
