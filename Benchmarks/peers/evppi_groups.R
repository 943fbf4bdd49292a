# Utfall: EVPPI of groups by other regressions, on the models of docs/decisions/0013.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: Rscript Benchmarks/peers/evppi_groups.R DRAWS REPLICATES
# R 4.2.2, mgcv 1.8-41, earth 5.3.2. Prints mean error and sd of plug-in estimates: additive splines,
# tensor product splines (two parameters only), adaptive regression splines of degree 3.
suppressMessages({ library(mgcv); library(earth) })
arguments <- as.integer(commandArgs(TRUE))
n <- arguments[1]; replicates <- arguments[2]
models <- list(
  product = list(p = 2, truth = 1 / pi, f = function(x) x[, 1] * x[, 2]),
  skewed = list(p = 2, truth = 0.8207, f = function(x) 3 * pnorm(x[, 1]) * exp(0.5 * x[, 2]) - 1.7),
  five = list(p = 5, truth = 0.6780, f = function(x) x[, 1] * x[, 2] + x[, 3] * x[, 4] - x[, 5]),
  none = list(p = 3, truth = 0, f = function(x) 0 * x[, 1]))
# Truths of skewed and five by 10^8 draws; see the check below.
set.seed(1)
for (name in c("skewed", "five")) {
  value <- mean(sapply(1:20, function(i) {
    x <- matrix(rnorm(5e5 * models[[name]]$p), ncol = models[[name]]$p)
    f <- models[[name]]$f(x)
    mean(pmax(f, 0)) - max(0, mean(f))
  }))
  models[[name]]$truth <- value
  cat(name, "truth by 10^7 draws", value, "\n")
}
value <- function(fit) mean(pmax(fit, 0)) - max(0, mean(fit))
for (name in names(models)) {
  m <- models[[name]]
  result <- replicate(replicates, {
    x <- matrix(rnorm(n * m$p), n)
    d <- data.frame(x)
    d$y <- m$f(x) + 2 * rnorm(n)
    terms <- paste0("X", 1:m$p)
    additive <- gam(reformulate(paste0("s(", terms, ")"), "y"), data = d, method = "REML")
    tensor <- if (m$p == 2) value(fitted(gam(y ~ te(X1, X2), data = d, method = "REML"))) else NA
    adaptive <- earth(x, d$y, degree = 3)
    c(additive = value(fitted(additive)), tensor = tensor, adaptive = value(fitted(adaptive)[, 1]))
  })
  for (row in rownames(result))
    cat(sprintf("%-8s %-9s n %d error %+.4f sd %.4f\n", name, row, n, mean(result[row, ]) - m$truth, sd(result[row, ])))
}
