# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Figures of sensitivity, information and convergence from the draws of a run, in base R and mgcv, without any
# code of the engine. Versions: R 4.2.2, mgcv 1.8-41. From the repository root: Rscript Tests/References/figures.R
#
# Reads figures_draws.csv: draws.csv of `simulate run Tests/References/figures.yaml --draws`. Writes figures.csv.
suppressMessages(library(mgcv))

draws <- read.csv("Tests/References/figures_draws.csv")
n <- nrow(draws)
parameters <- c("risk", "relative", "price", "gain")
wtps <- c(5000, 10000, 20000)
costs <- with(draws, cbind(usual = 20000 * risk, new = 20000 * risk * relative + price))
effects <- with(draws, cbind(usual = 6 - gain * risk, new = 6 - gain * risk * relative))
z <- qnorm(0.975)
se <- function(x) sd(x) / sqrt(length(x))
# Distribution-free interval of a percentile, as in decision.R.
ends <- function(x, p) {
  x <- sort(x)
  c(x[qbinom(0.025, length(x), p)], x[qbinom(0.975, length(x), p) + 1])
}

rows <- list()
put <- function(figure, name, other = "", wtp = NA, size = NA, value = NA, error = NA)
  rows[[length(rows) + 1]] <<- data.frame(figure, name, other, wtp, size, value, error)

# The two outputs of the file follow from the parameters' draws.
model <- function(p) c(
  net = 10000 * p$gain * p$risk * (1 - p$relative) + 20000 * p$risk * (1 - p$relative) - p$price,
  extra = p$price - 20000 * p$risk * (1 - p$relative))
for (y in c("net", "extra"))
  stopifnot(max(abs(matrix(model(draws), n)[, match(y, c("net", "extra"))] - draws[[y]])) < 1e-8)

# Bins of equal counts, equal values together.
bins <- function(x, count) {
  o <- order(x)
  bin <- integer(length(x))
  bin[o] <- ceiling(seq_along(x) * count / length(x))
  ave(bin, x, FUN = max)
}
fine <- max(8, min(128, floor(n^(1 / 3) + 1e-9)))
for (x in parameters) for (y in c("net", "extra")) {
  b <- bins(draws[[x]], fine)
  fit <- anova(lm(draws[[y]] ~ factor(b)))
  # Kelley's epsilon squared from the table of the analysis of variance.
  s <- (fit$`Sum Sq`[1] - fit$Df[1] * fit$`Mean Sq`[2]) / sum(fit$`Sum Sq`)
  v <- draws[[y]] - mean(draws[[y]])
  g <- ave(v, b)
  k <- length(unique(b))
  put("first_order", x, y, value = s,
    error = sqrt(sum((2 * g * v - g^2 - s * v^2)^2) / mean(v^2)^2 / n^2 + 2 * (k - 1) / n^2))
  rho <- cor(draws[[x]], draws[[y]], method = "spearman")
  put("spearman", x, y, value = rho, error = (1 - rho^2) * sqrt((1 + rho^2 / 2) / (n - 3)))
  b <- bins(draws[[x]], 20)
  for (i in unique(sort(b))) {
    own <- draws[[y]][b == i]
    put("conditional_mean", x, y, size = match(i, unique(sort(b))), value = mean(own), error = se(own))
  }
}

# Running figures, and the iterations that half-widths take.
for (m in c(1024, 2048, n)) {
  for (y in c("net", "extra")) {
    v <- draws[[y]][1:m]
    put("running_mean", y, size = m, value = mean(v), error = se(v))
    put("running_sd", y, size = m, value = sd(v))
    put("running_p_positive", y, size = m, value = mean(v > 0), error = sqrt(mean(v > 0) * mean(v <= 0) / m))
    for (p in c(2.5, 50, 97.5)) {
      e <- ends(v, p / 100)
      put(paste0("running_p", p), y, size = m, value = quantile(v, p / 100, names = FALSE),
        error = (e[2] - e[1]) / 2)
    }
    if (m < n) next
    put("needed_mean", y, value = ceiling(n * (z * se(v) / (0.01 * sd(v)))^2))
    for (p in c(2.5, 50, 97.5)) {
      e <- ends(v, p / 100)
      put(paste0("needed_p", p), y, value = ceiling(n * ((e[2] - e[1]) / 2 / (0.01 * sd(v)))^2))
    }
    score <- prop.test(sum(v > 0), n, correct = FALSE)$conf.int
    put("needed_p_positive", y, value = ceiling(n * (diff(score) / 2 / 0.005)^2))
  }
  for (wtp in wtps) {
    nmb <- (wtp * effects - costs)[1:m, ]
    best <- apply(nmb, 1, which.max)
    for (d in 1:2) {
      put("running_p_best", colnames(nmb)[d], wtp = wtp, size = m, value = mean(best == d),
        error = sqrt(mean(best == d) * mean(best != d) / m))
      put("running_nmb", colnames(nmb)[d], wtp = wtp, size = m, value = mean(nmb[, d]), error = se(nmb[, d]))
    }
    loss <- apply(nmb, 1, max) - nmb[, which.max(colMeans(nmb))]
    put("running_evpi", "", wtp = wtp, size = m, value = mean(loss), error = se(loss))
  }
}

# EVPPI by gam: single parameters, and groups by a smooth of two.
plugIn <- function(fit) mean(pmax(0, fit)) - max(0, mean(fit))
inmb <- function(wtp) drop((wtp * effects - costs) %*% c(-1, 1))
for (wtp in wtps) {
  data <- data.frame(draws, y = inmb(wtp))
  for (x in parameters) {
    fit <- gam(as.formula(paste0("y ~ s(", x, ")")), method = "REML", data = data)
    put("evppi", x, wtp = wtp, value = plugIn(fitted(fit)))
  }
  for (g in list(c("risk", "relative"), c("relative", "gain"))) {
    fit <- gam(as.formula(paste0("y ~ te(", g[1], ", ", g[2], ", k = 6)")), method = "REML", data = data)
    put("evppi", paste(g, collapse = "; "), wtp = wtp, value = plugIn(fitted(fit)))
  }
}

# EVSI by gam on simulated means, averaged over 40 sets of data; ENBS from it.
set.seed(314)
population <- sum(1000 * 0.5 / 1.04^(0:2))
for (size in c(4, 20, 100)) {
  evsi <- sapply(wtps, function(wtp) 0)
  all <- replicate(40, {
    data <- data.frame(xbar = draws$relative + 0.6 / sqrt(size) * rnorm(n))
    sapply(wtps, function(wtp) plugIn(fitted(gam(inmb(wtp) ~ s(xbar), method = "REML", data = data))))
  })
  for (i in seq_along(wtps)) {
    put("evsi", "trial", wtp = wtps[i], size = size, value = mean(all[i, ]), error = se(all[i, ]))
    put("enbs", "trial", wtp = wtps[i], size = size,
      value = population * mean(all[i, ]) - 20000 - 500 * size, error = population * se(all[i, ]))
  }
}

# One parameter at its 2.5th and 97.5th percentile, the others at their means; where outputs pass 0 and the
# decision changes, by root finding.
sdlog <- sqrt(log(1 + (0.12 / 0.8)^2))
base <- list(risk = 0.2, relative = 0.8, price = 2000, gain = 4)
low <- list(risk = qbeta(0.025, 20, 80), relative = qlnorm(0.025, log(0.8) - sdlog^2 / 2, sdlog),
  price = qgamma(0.025, 25, scale = 80), gain = qnorm(0.025, 4, 0.8))
high <- list(risk = qbeta(0.975, 20, 80), relative = qlnorm(0.975, log(0.8) - sdlog^2 / 2, sdlog),
  price = qgamma(0.975, 25, scale = 80), gain = qnorm(0.975, 4, 0.8))
support <- list(risk = c(0, 1), relative = c(0, Inf), price = c(0, Inf), gain = c(-Inf, Inf))
at <- function(x, value) { p <- base; p[[x]] <- value; p }
roots <- function(x, f, put) {
  width <- 10 * (high[[x]] - low[[x]])
  eps <- 1e-12
  ranges <- list(c(low[[x]], high[[x]]), c(max(low[[x]] - width, support[[x]][1] + eps), low[[x]]),
    c(high[[x]], min(high[[x]] + width, support[[x]][2] - eps)))
  for (i in 1:3) {
    r <- ranges[[i]]
    v <- c(f(r[1]), f(r[2]))
    if (v[1] * v[2] < 0) {
      put(if (i == 1) "inside" else "outside", uniroot(f, r, tol = 1e-14)$root)
      if (i == 1) break
    }
  }
}
for (x in parameters) {
  for (y in c("net", "extra")) {
    put("one_way_low", x, y, value = model(at(x, low[[x]]))[[y]])
    put("one_way_high", x, y, value = model(at(x, high[[x]]))[[y]])
    roots(x, function(v) model(at(x, v))[[y]],
      function(place, v) put(paste0("threshold_", place), x, y, value = v))
  }
  for (wtp in wtps) {
    f <- function(v) with(at(x, v), (wtp * gain + 20000) * risk * (1 - relative) - price)
    roots(x, f, function(place, v) put(paste0("decision_threshold_", place), x, wtp = wtp, value = v))
  }
}

out <- do.call(rbind, rows)
for (column in c("value", "error")) {
  x <- out[[column]]
  out[[column]] <- ifelse(is.na(x), "", formatC(x, digits = 15, format = "g", width = 1))
}
for (column in c("wtp", "size")) out[[column]] <- ifelse(is.na(out[[column]]), "", out[[column]])
write.csv(out, "Tests/References/figures.csv", row.names = FALSE, quote = FALSE)
