# The Norwegian exercise model in base R, as an economist would write it: vectorised, plain.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Same model, same outputs and the same files as `simulate run scenarios/norway-exercise.yaml`:
# summary.csv (mean, standard error, sd, seven percentiles, share above zero) and histograms.csv.
#
#     Rscript Benchmarks/peers/norway_exercise.R ITERATIONS FOLDER

arguments <- commandArgs(trailingOnly = TRUE)
n <- as.numeric(arguments[1])
folder <- arguments[2]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
set.seed(2018)

z <- 1.959963984540054
draw_gamma <- function(mean, low, high) {
  sd <- (high - low) / (2 * z)
  rgamma(n, shape = (mean / sd)^2, scale = sd^2 / mean)
}
draw_beta <- function(mean, low, high) {
  sd <- (high - low) / (2 * z)
  size <- mean * (1 - mean) / sd^2 - 1
  rbeta(n, mean * size, (1 - mean) * size)
}

centre <- (200 * 1000 * 12 + 1.25 * 697500) / 150 * draw_gamma(1, 0.7, 1.3)
instructor <- draw_gamma(6, 2, 12) * 600 + draw_gamma(12, 6, 18) * (200 + 70) / 2
cost <- centre + instructor
benefit <- draw_beta(0.03, 0.01, 0.05) * 1235000 + draw_beta(0.4, 0.2, 0.6) * 1 * 8550 +
  draw_gamma(1, 0, 2) * 2000
outputs <- list(cost = cost, benefit = benefit, net_benefit = benefit - cost)
for (users in c(1750, 11000)) {
  for (name in c("cost", "benefit", "net_benefit")) {
    outputs[[paste0(name, "_", users)]] <- users * outputs[[name]]
  }
}

percentiles <- c(2.5, 5, 25, 50, 75, 95, 97.5)
rows <- lapply(names(outputs), function(name) {
  x <- outputs[[name]]
  quantiles <- quantile(x, percentiles / 100, names = FALSE)
  data.frame(output = name, mean = mean(x), mcse = sd(x) / sqrt(n), sd = sd(x), t(quantiles),
             p_positive = mean(x > 0))
})
summary_table <- do.call(rbind, rows)
names(summary_table)[5:11] <- paste0("p", percentiles)
write.csv(summary_table, file.path(folder, "summary.csv"), row.names = FALSE)

bins <- lapply(names(outputs), function(name) {
  x <- outputs[[name]]
  h <- hist(x, breaks = seq(min(x), max(x), length.out = 61), plot = FALSE)
  data.frame(output = name, lower = h$breaks[-61], upper = h$breaks[-1], count = h$counts)
})
write.csv(do.call(rbind, bins), file.path(folder, "histograms.csv"), row.names = FALSE)
