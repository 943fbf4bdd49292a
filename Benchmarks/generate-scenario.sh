#!/usr/bin/env bash
# Prints a scenario with a stated number of uncertain parameters and of outputs.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: Benchmarks/generate-scenario.sh PARAMETERS OUTPUTS
#
# Each output is a different weighted sum of up to six parameters, the last the sum of all of them.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 PARAMETERS OUTPUTS" >&2; exit 2; }
awk -v parameters="$1" -v outputs="$2" 'BEGIN {
  print "utfall: 1"
  print "title: " parameters " parameters and " outputs " outputs"
  print "run: {seed: 1, iterations: 1000000, method: random}"
  print "parameters:"
  for (i = 1; i <= parameters; i++) {
    # Different shapes, so that each parameter has a table of its own.
    print "  p" i ": {value: \"gamma(shape = " (2 + i / 8) ", scale = 1)\"}"
  }
  print "outputs:"
  for (j = 1; j < outputs; j++) {
    line = ""
    for (k = 0; k < 6 && k < parameters; k++) {
      i = ((j + k * k) % parameters) + 1
      line = line (line == "" ? "" : " + ") (1 + ((j * (k + 3)) % 17) / 10) " * p" i
    }
    print "  y" j ":"
    print "    value: " line
  }
  line = "p1"
  for (i = 2; i <= parameters; i++) line = line " + p" i
  print "  all_parameters:"
  print "    value: " line
}'
