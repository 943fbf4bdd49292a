# Nanoseconds of processor time per draw of R (Mersenne twister, inversion for normals), one thread.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One line `name<TAB>nanoseconds` per case, best of ROUNDS. R tells processor time to the millisecond: a round is
# eight calls.
#
#     Rscript Benchmarks/peers/draws.R [ROUNDS]

arguments <- commandArgs(trailingOnly = TRUE)
rounds <- if (length(arguments)) as.integer(arguments[1]) else 5
n <- 2^20
set.seed(1)
cases <- list(
  "uniform(0, 1)" = function() runif(n),
  "normal(0, 1)" = function() rnorm(n),
  "lognormal(0, 0.5)" = function() rlnorm(n, 0, 0.5),
  "gamma(0.5)" = function() rgamma(n, shape = 0.5, scale = 2),
  "gamma(42.7)" = function() rgamma(n, shape = 42.7, scale = 2),
  "gamma(1e5)" = function() rgamma(n, shape = 1e5, scale = 2),
  "beta(8.35, 270)" = function() rbeta(n, 8.35, 270),
  "beta(0.5, 0.5)" = function() rbeta(n, 0.5, 0.5)
)
best <- setNames(rep(Inf, length(cases)), names(cases))
for (round in seq_len(rounds)) {
  for (name in names(cases)) {
    used <- system.time(for (call in 1:8) cases[[name]](), gcFirst = FALSE)
    best[name] <- min(best[name], (used[["user.self"]] + used[["sys.self"]]) * 1e9 / (8 * n))
  }
}
for (name in names(best)) cat(sprintf("%s\t%.2f\n", name, best[name]))
