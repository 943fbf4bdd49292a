#!/bin/sh
# Utfall: EVPPI of 19 single parameters, Utfall beside mgcv, in one run on one machine.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: sh Benchmarks/peers/evppi_singles.sh [DRAWS]     default 5000; run from the repository root
# Prints processor seconds of both and their ratio. Needs R with mgcv.
set -eu
draws=${1:-5000}
swift build -c release --package-path Benchmarks --product InformationBenchmark >/dev/null
ours=$(Benchmarks/.build/release/InformationBenchmark "$draws")
theirs=$(Rscript Benchmarks/peers/evppi_singles.R "$draws")
printf '%s\n%s\n' "$ours" "$theirs"
printf '%s\n%s\n' "$ours" "$theirs" | awk '
  { for (i = 1; i < NF; i++) if ($i == "seconds") seconds[NR] = $(i + 1) }
  END { printf "ratio %.0f\n", seconds[2] / seconds[1] }'
