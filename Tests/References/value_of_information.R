# Reference for single-parameter EVPPI, and for rank correlations, on 5 000 draws of a model with
# three strategies. Base R 4.2.2 and mgcv 1.8-41.
# Run from the repository root: Rscript Tests/References/value_of_information.R
#
# The draws need no file: the tests make the same ones. Uniforms come from the generator
# x <- 16807 x mod (2^31 - 1), u = x / (2^31 - 1), seed 20140, one row after another, 8 a row.
suppressMessages(library(mgcv))
n <- 5000
x <- 20140
u <- matrix(0, n, 8)
for (i in seq_len(n)) for (j in 1:8) {
  x <- (16807 * x) %% 2147483647
  u[i, j] <- x / 2147483647
}
p <- data.frame(
  normal = 1 + qnorm(u[, 1]),
  lognormal = exp(0.8 * qnorm(u[, 2])),
  uniform = u[, 3],
  discrete = floor(5 * u[, 4]),
  idle = qnorm(u[, 5]))
z <- qnorm(u[, 6:8])
costs <- cbind(
  0, 4000 + 3000 * p$lognormal + 2000 * z[, 1], 9000 + 1500 * p$discrete + 3000 * z[, 2])
effects <- cbind(
  0, 0.3 + 0.25 * p$normal + 0.3 * z[, 3],
  0.3 + 0.1 * p$normal + 0.6 * sin(5 * p$uniform) + 0.2 * z[, 1])
wtp <- c(10000, 20000, 50000)

evppi <- do.call(rbind, lapply(names(p), function(name) do.call(rbind, lapply(wtp, function(k) {
  nmb <- k * effects - costs
  levels <- length(unique(p[[name]]))
  fit <- sapply(2:3, function(d)
    gam(y ~ s(x, k = min(10, levels)), method = "REML",
      data = data.frame(x = p[[name]], y = nmb[, d] - nmb[, 1]))$fitted.values)
  data.frame(parameter = name, wtp = k,
    plug_in = mean(pmax(0, fit[, 1], fit[, 2])) - max(0, colMeans(fit)))
}))))
evppi$plug_in <- sprintf("%.10g", evppi$plug_in)
write.csv(evppi, "Tests/References/evppi_gam.csv", row.names = FALSE, quote = FALSE)

ranks <- do.call(rbind, lapply(names(p), function(name) data.frame(
  parameter = name,
  spearman = sprintf("%.15g", cor(p[[name]], 20000 * effects[, 3] - costs[, 3], method = "spearman")))))
write.csv(ranks, "Tests/References/rank_correlations.csv", row.names = FALSE, quote = FALSE)
