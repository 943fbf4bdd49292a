# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Decision analysis of 2 000 draws of five strategies in base R, without any code of the engine.
# Versions: R 4.2.2. Run from the repository root: Rscript Tests/References/decision.R
#
# Writes decision_draws.csv (only when it is not there: other versions of R may draw other numbers) and
# decision.csv.

folder <- "Tests/References"
drawsFile <- file.path(folder, "decision_draws.csv")

if (!file.exists(drawsFile)) {
  set.seed(20180)
  n <- 2000
  risk <- round(rbeta(n, 20, 80), 6)
  relative <- round(exp(rnorm(n, log(0.8), 0.15)), 6)
  price <- round(rgamma(n, 25, scale = 80), 3)
  noise <- function(sd) rnorm(n, 0, sd)
  effectA <- round(6 - 4 * risk + noise(0.05), 6)
  costA <- round(8000 + 20000 * risk + noise(300), 3)
  # B: more of both. C: between A and B, dearer than their mix. D: A in a third of draws, else dearer and no
  # better: dominated, with ties. E: a little less effect, much cheaper.
  effectB <- round(6 - 4 * risk * relative + noise(0.05), 6)
  costB <- round(8000 + 20000 * risk * relative + 2.5 * price + noise(300), 3)
  effectC <- round(0.7 * effectA + 0.3 * effectB + noise(0.02), 6)
  costC <- round(0.5 * costA + 0.5 * costB + 400 + noise(200), 3)
  same <- runif(n) < 1 / 3
  effectD <- ifelse(same, effectA, round(effectA - 0.01 * abs(noise(1)), 6))
  costD <- ifelse(same, costA, round(costA + 500 + noise(100), 3))
  effectE <- round(effectA - 0.3 + noise(0.05), 6)
  costE <- round(0.6 * costA + noise(100), 3)
  draws <- data.frame(
    risk, relative, price, costA, effectA, costB, effectB, costC, effectC, costD, effectD, costE, effectE)
  names(draws) <- c("risk", "relative", "price", paste0(c("cost:", "effect:"), rep(LETTERS[1:5], each = 2)))
  write.csv(draws, drawsFile, row.names = FALSE, quote = FALSE)
}

draws <- read.csv(drawsFile, check.names = FALSE)
n <- nrow(draws)
names <- LETTERS[1:5]
costs <- as.matrix(draws[paste0("cost:", names)])
effects <- as.matrix(draws[paste0("effect:", names)])
colnames(costs) <- colnames(effects) <- names
wtps <- c(0, 12500, 20000, 27000, 50000)
z <- qnorm(0.975)

rows <- list()
put <- function(figure, strategy, comparator, wtp, value, mcse = NA, low = NA, high = NA, reading = "") {
  rows[[length(rows) + 1]] <<- data.frame(
    figure, strategy, comparator, wtp, value, mcse, low, high, reading)
}
se <- function(x) sd(x) / sqrt(n)
# A share and its error, for draws that count s.
share <- function(s) c(mean(s), sqrt((mean(s^2) - mean(s)^2) / n))
putShare <- function(figure, strategy, comparator, wtp, s) {
  x <- share(s)
  put(figure, strategy, comparator, wtp, x[1], x[2])
}
# Distribution-free interval of a percentile: the largest rank l with P(X <= l - 1) <= 0.025 and so on.
ends <- function(x, p) {
  x <- sort(x)
  c(x[qbinom(0.025, length(x), p)], x[qbinom(0.975, length(x), p) + 1])
}

for (s in names) {
  put("cost", s, "", NA, mean(costs[, s]), se(costs[, s]))
  put("effect", s, "", NA, mean(effects[, s]), se(effects[, s]))
}

ratio <- function(figure, s, t) {
  dc <- costs[, s] - costs[, t]
  de <- effects[, s] - effects[, t]
  mc <- mean(dc)
  me <- mean(de)
  if (mc <= 0 && me >= 0) return(put(figure, s, t, NA, NA, reading = "dominant"))
  if (mc >= 0 && me <= 0) return(put(figure, s, t, NA, NA, reading = "dominated"))
  r <- mc / me
  v <- cov(cbind(dc, de)) / n
  delta <- sqrt(v[1, 1] - 2 * r * v[1, 2] + r^2 * v[2, 2]) / abs(me)
  a <- me^2 - z^2 * v[2, 2]
  b <- mc * me - z^2 * v[1, 2]
  c <- mc^2 - z^2 * v[1, 1]
  fieller <- if (a > 0) sort((b + c(-1, 1) * sqrt(b^2 - a * c)) / a) else c(NA, NA)
  put(figure, s, t, NA, r, delta, fieller[1], fieller[2],
      if (me < 0) "saving per unit of effect lost" else "ratio")
}

# The frontier by search: a strategy stands if no other, and no mix of two others, is at least as good in both
# means and better in one.
mc <- colMeans(costs)
me <- colMeans(effects)
standing <- sapply(names, function(s) {
  dominated <- any(mc <= mc[s] & me >= me[s] & (mc < mc[s] | me > me[s]))
  if (dominated) return("dominated")
  for (t in names) for (u in names) if (me[t] < me[s] && me[s] < me[u]) {
    w <- (me[s] - me[t]) / (me[u] - me[t])
    if (mc[t] + w * (mc[u] - mc[t]) < mc[s]) return("extendedly dominated")
  }
  "efficient"
})
frontier <- names[standing == "efficient"]
frontier <- frontier[order(me[frontier])]
standing[frontier[1]] <- "reference"
for (s in names) put("standing", s, "", NA, NA, reading = standing[s])
for (i in seq_along(frontier)[-1]) {
  s <- frontier[i]
  t <- frontier[i - 1]
  put("frontier_cost", s, t, NA, mean(costs[, s] - costs[, t]), se(costs[, s] - costs[, t]))
  put("frontier_effect", s, t, NA, mean(effects[, s] - effects[, t]), se(effects[, s] - effects[, t]))
  ratio("frontier_icer", s, t)
}

for (s in names[-1]) {
  dc <- costs[, s] - costs[, "A"]
  de <- effects[, s] - effects[, "A"]
  put("incremental_cost", s, "A", NA, mean(dc), se(dc))
  put("incremental_effect", s, "A", NA, mean(de), se(de))
  ratio("icer", s, "A")
  kept <- sign(de) == sign(mean(de))
  putShare("share_sign_kept", s, "A", NA, kept)
  putShare("share_northeast", s, "A", NA, dc > 0 & de > 0)
  putShare("share_northwest", s, "A", NA, dc > 0 & de < 0)
  putShare("share_southwest", s, "A", NA, dc < 0 & de < 0)
  putShare("share_southeast", s, "A", NA, dc < 0 & de > 0)
  putShare("share_axis", s, "A", NA, dc == 0 | de == 0)
  if (mean(kept) >= 0.975) {
    angle <- atan2(sign(mean(de)) * dc, sign(mean(de)) * de)[dc != 0 | de != 0]
    word <- function(a) {
      if (abs(a) >= pi / 2) "open" else if (a > 0) "ratio" else if (mean(de) > 0) "dominant" else "dominated"
    }
    for (p in c(0.025, 0.975)) {
      a <- quantile(angle, p, names = FALSE)
      e <- tan(ends(angle, p))
      isRatio <- word(a) == "ratio"
      put(if (p < 0.5) "icer_ui95_low" else "icer_ui95_high", s, "A", NA, if (isRatio) tan(a) else NA,
          if (isRatio) diff(e) / (2 * z) else NA, if (e[1] > 0) e[1] else NA, if (e[2] > 0) e[2] else NA, word(a))
    }
  }
}

population <- sum(c(1200, 1100, 1000) * c(0.2, 0.5, 0.8) / 1.04^(0:2))
for (wtp in wtps) {
  nmb <- wtp * effects - costs
  best <- apply(nmb, 1, max)
  isBest <- nmb == best
  chosen <- names[which.max(colMeans(nmb))]
  figures <- function(prefix, x, s) {
    put(paste0(prefix, "_mean"), s, "", wtp, mean(x), se(x))
    m4 <- mean((x - mean(x))^4)
    put(paste0(prefix, "_sd"), s, "", wtp, sd(x), sqrt((m4 - var(x)^2) / n) / (2 * sd(x)))
    for (p in c(2.5, 25, 50, 75, 97.5)) {
      e <- ends(x, p / 100)
      put(paste0(prefix, "_p", p), s, "", wtp, quantile(x, p / 100, names = FALSE), diff(e) / (2 * z), e[1], e[2])
    }
  }
  for (s in names) {
    figures("nmb", nmb[, s], s)
    if (wtp > 0) figures("nhb", effects[, s] - costs[, s] / wtp, s)
    if (s != "A") put("inmb_mean", s, "A", wtp, mean(nmb[, s] - nmb[, "A"]), se(nmb[, s] - nmb[, "A"]))
    if (s != "A") putShare("p_better", s, "A", wtp, nmb[, s] > nmb[, "A"])
    putShare("p_best", s, "", wtp, isBest[, s] / rowSums(isBest))
    putShare("p_tied", s, "", wtp, isBest[, s] & rowSums(isBest) > 1)
    put("expected_loss", s, "", wtp, mean(best - nmb[, s]), se(best - nmb[, s]))
  }
  putShare("frontier", chosen, "", wtp, isBest[, chosen] / rowSums(isBest))
  loss <- best - nmb[, chosen]
  evpi <- mean(best) - max(colMeans(nmb))
  put("optimal", chosen, "", wtp, evpi, se(loss))
  put("evpi", chosen, "", wtp, evpi, se(loss))
  bias <- sum(sapply(setdiff(names, chosen), function(t) {
    sigma <- se(nmb[, t] - nmb[, chosen])
    gap <- mean(nmb[, chosen]) - mean(nmb[, t])
    # By integration, not by the closed form.
    sigma * integrate(function(x) (x - gap / sigma) * dnorm(x), gap / sigma, gap / sigma + 40, rel.tol = 1e-12)$value
  }))
  put("evpi_bias", chosen, "", wtp, -bias)
  put("effective_population", chosen, "", wtp, population, 0)
  put("evpi_population", chosen, "", wtp, evpi * population, se(loss) * population)
}

out <- do.call(rbind, rows)
for (column in c("value", "mcse", "low", "high")) {
  x <- out[[column]]
  out[[column]] <- ifelse(is.na(x), "", formatC(x, digits = 17, format = "g", width = 1))
}
out$wtp <- ifelse(is.na(out$wtp), "", format(out$wtp, scientific = FALSE, trim = TRUE))
write.csv(out, file.path(folder, "decision.csv"), row.names = FALSE, quote = FALSE)
