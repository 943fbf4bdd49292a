# Utfall: EVPPI of 19 single parameters by mgcv gam, the model of InformationBenchmark.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: Rscript Benchmarks/peers/evppi_singles.R DRAWS
# Only the fits and the maxima are timed: one fit of the incremental net benefit a parameter.
suppressMessages(library(mgcv))
n <- as.integer(commandArgs(TRUE)[1])
set.seed(1)
p <- matrix(rexp(19 * n), n)
cost <- drop((p - 1) %*% (1000 / (1:19)))
effect <- drop((p^2 - 2) %*% (0.1 / (20:2)))
nmb <- 20000 * effect - cost
time <- system.time(values <- sapply(1:19, function(j) {
  x <- p[, j]
  fit <- gam(nmb ~ s(x))$fitted.values
  mean(pmax(fit, 0)) - max(mean(fit), 0)
}))
cat("gam draws", n, "seconds", sum(time[1:2]), "sum", sum(values), "\n")
