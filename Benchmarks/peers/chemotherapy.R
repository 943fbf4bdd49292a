# The chemotherapy side-effects model in base R, as an economist would write it: vectorised, plain.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two strategies, 52 weekly cycles, all 13 parameters. Model: Heath, Kunst, Jackson (eds), Value of
# Information for Healthcare Decision Making (2024).
#
# The files of `simulate run scenarios/chemotherapy.yaml`: summary.csv, histograms.csv, incremental.csv,
# nmb.csv, ceac.csv, expected-loss.csv, evpi.csv, ce-plane.csv, and evppi.csv on the first N draws where
# evppi=N is given. Left out: order-statistic intervals, sensitivity, convergence and model checks.
# EVPPI by mgcv: s() for single parameters; for groups te() with 4 knots a side where they have at most
# three parameters, s() of each added up where they have more. Incremental cost and effect are
# regressed once, and put together at each willingness to pay.
#
#     Rscript Benchmarks/peers/chemotherapy.R ITERATIONS FOLDER [evppi=N]

arguments <- commandArgs(trailingOnly = TRUE)
n <- as.numeric(arguments[1])
folder <- arguments[2]
information <- as.numeric(sub("^evppi=", "", arguments[3]))
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
set.seed(2024)

draw_beta <- function(mean, sd) {
  size <- mean * (1 - mean) / sd^2 - 1
  rbeta(n, mean * size, (1 - mean) * size)
}
draw_lognormal <- function(mean, sd) {
  s2 <- log(1 + (sd / mean)^2)
  rlnorm(n, log(mean) - s2 / 2, sqrt(s2))
}

p1 <- rbeta(n, 1 + 52, 1 + 111 - 52)
logor <- rnorm(n, log(0.54), 0.3)
odds <- p1 / (1 - p1) * exp(logor)
p2 <- odds / (1 + odds)
p_hospitalised <- rbeta(n, 1 + 43, 1 + 52 - 43)
p_died <- rbeta(n, 1 + 8, 1 + 43 - 8)
lambda_home <- draw_beta(0.21, 0.03)
lambda_hosp <- draw_beta(0.03, 0.0065)
c_home <- draw_lognormal(830, sqrt(150))
c_hosp <- draw_lognormal(2400, sqrt(1880))
c_death <- draw_lognormal(1710, sqrt(760))
u_rec <- draw_beta(0.98, sqrt(0.0008))
u_home <- draw_beta(0.70, sqrt(0.02))
u_hosp <- draw_beta(0.30, sqrt(0.03))
rate <- rgamma(n, shape = 0.0475^2 / 0.001, scale = 0.001 / 0.0475)

hh <- 1 - (1 - p_hospitalised)^(1 / 52)
d <- 1 - (1 - p_died)^(1 / 52)
stay_home <- (1 - lambda_home) * (1 - hh)
home_recovered <- lambda_home * (1 - hh)
stay_hosp <- (1 - lambda_hosp) * (1 - d)
hosp_recovered <- lambda_hosp * (1 - d)
m <- 1 - exp(-rate / 52)

home <- rep(1, n)
hosp <- rec <- dead <- rep(0, n)
s_home <- home
s_hosp <- s_rec <- hosp
for (week in 1:52) {
  next_dead <- hosp * d + rec * m + dead
  next_rec <- home * home_recovered + hosp * hosp_recovered + rec * (1 - m)
  next_hosp <- home * hh + hosp * stay_hosp
  home <- home * stay_home
  hosp <- next_hosp
  rec <- next_rec
  dead <- next_dead
  s_home <- s_home + home
  s_hosp <- s_hosp + hosp
  s_rec <- s_rec + rec
}

evaluate <- function(drug, q) {
  died <- q * dead
  list(
    cost = drug + (q * (c_home * s_home + c_hosp * s_hosp) + c_death * died) / 52 +
      (1 - died) * (1 - exp(-38 * rate)) * c_death,
    effect = q * (u_home * s_home + u_hosp * s_hosp + u_rec * s_rec) / 52 +
      (1 - q) * u_rec * 53 / 52 +
      (1 - died) * u_home * (exp(-2 * rate) - exp(-40 * rate)) / rate
  )
}
soc <- evaluate(120, p1)
novel <- evaluate(1975, p2)
d_cost <- novel$cost - soc$cost
d_effect <- novel$effect - soc$effect
wtps <- c(1, 2, 3, 4, 5) * 10000
write_table <- function(rows, name) {
  write.csv(do.call(rbind, rows), file.path(folder, name), row.names = FALSE)
}

percentiles <- c(2.5, 5, 25, 50, 75, 95, 97.5)
outputs <- list(cost_soc = soc$cost, cost_novel = novel$cost, effect_soc = soc$effect,
                effect_novel = novel$effect, incremental_cost = d_cost,
                incremental_effect = d_effect)
for (wtp in wtps) outputs[[paste0("incremental_nmb_", wtp)]] <- wtp * d_effect - d_cost
continuous <- names(outputs)
for (wtp in wtps) {
  outputs[[paste0("novel_best_", wtp)]] <- as.numeric(outputs[[paste0("incremental_nmb_", wtp)]] > 0)
}
write_table(lapply(names(outputs), function(name) {
  x <- outputs[[name]]
  s <- sd(x)
  q <- quantile(x, percentiles / 100, names = FALSE)
  names(q) <- paste0("p", percentiles)
  data.frame(output = name, mean = mean(x), mcse = s / sqrt(n), sd = s, min = min(x), max = max(x),
             t(q), p_positive = mean(x > 0))
}), "summary.csv")
write_table(lapply(continuous, function(name) {
  x <- outputs[[name]]
  h <- hist(x, breaks = seq(min(x), max(x), length.out = 61), plot = FALSE)
  data.frame(output = name, lower = h$breaks[-61], upper = h$breaks[-1], count = h$counts)
}), "histograms.csv")

icer <- mean(d_cost) / mean(d_effect)
icer_mcse <- sd(d_cost - icer * d_effect) / sqrt(n) / abs(mean(d_effect))
# The uncertainty interval by angle around the plane: Obenchain (1999).
ui95 <- tan(quantile(atan2(d_cost, d_effect), c(0.025, 0.975), names = FALSE))
write_table(list(data.frame(
  figure = c("incremental_cost", "incremental_effect", "icer", "icer_ui95_low", "icer_ui95_high",
             "share_northeast", "share_northwest", "share_southwest", "share_southeast"),
  value = c(mean(d_cost), mean(d_effect), icer, ui95, mean(d_cost > 0 & d_effect > 0),
            mean(d_cost > 0 & d_effect < 0), mean(d_cost < 0 & d_effect < 0),
            mean(d_cost < 0 & d_effect > 0)),
  mcse = c(sd(d_cost) / sqrt(n), sd(d_effect) / sqrt(n), icer_mcse, rep(NA, 6)))),
  "incremental.csv")

strategies <- c("soc", "novel")
nmb_rows <- ceac_rows <- loss_rows <- evpi_rows <- list()
for (wtp in wtps) {
  nmb <- list(wtp * soc$effect - soc$cost, wtp * novel$effect - novel$cost)
  best <- pmax(nmb[[1]], nmb[[2]])
  gain <- outputs[[paste0("incremental_nmb_", wtp)]]
  chosen <- if (mean(gain) > 0) 2 else 1
  p_novel <- mean(gain > 0)
  for (s in 1:2) {
    x <- nmb[[s]]
    figures <- c(mean(x), sd(x), quantile(x, c(2.5, 25, 50, 75, 97.5) / 100, names = FALSE))
    figures <- data.frame(figure = c("mean", "sd", "p2.5", "p25", "p50", "p75", "p97.5"),
                          nmb = figures, nhb = figures / wtp)
    nmb_rows[[length(nmb_rows) + 1]] <- cbind(strategy = strategies[s], wtp = wtp, figures)
    loss <- best - x
    loss_row <- data.frame(strategy = strategies[s], wtp = wtp, expected_loss = mean(loss),
                           mcse = sd(loss) / sqrt(n))
    loss_rows[[length(loss_rows) + 1]] <- loss_row
    if (s == chosen) {
      evpi_rows[[length(evpi_rows) + 1]] <- data.frame(
        strategy = strategies[s], wtp = wtp, evpi = loss_row$expected_loss, mcse = loss_row$mcse)
    }
  }
  ceac_rows[[length(ceac_rows) + 1]] <- data.frame(
    wtp = wtp, p_soc_best = 1 - p_novel, p_novel_best = p_novel, optimal = strategies[chosen],
    frontier = if (chosen == 2) p_novel else 1 - p_novel, mcse = sqrt(p_novel * (1 - p_novel) / n))
}
write_table(nmb_rows, "nmb.csv")
write_table(ceac_rows, "ceac.csv")
write_table(loss_rows, "expected-loss.csv")
write_table(evpi_rows, "evpi.csv")
shown <- seq(1, n, by = max(1, ceiling(n / 10000)))
write_table(list(data.frame(iteration = shown, incremental_effect = d_effect[shown],
                            incremental_cost = d_cost[shown])), "ce-plane.csv")

if (!is.na(information)) {
  suppressMessages(library(mgcv))
  draws <- head(data.frame(
    p_side_effects_soc = p1, logor_side_effects = logor, p_hospitalised_total = p_hospitalised,
    p_died, lambda_home, lambda_hosp, c_home_care = c_home, c_hospital = c_hosp, c_death,
    u_recovery = u_rec, u_home_care = u_home, u_hospital = u_hosp, rate_longterm = rate,
    d_cost, d_effect), information)
  singles <- setdiff(names(draws), c("d_cost", "d_effect"))
  sets <- c(as.list(setNames(singles, singles)), list(
    side_effects = singles[1:2], transitions = singles[c(3:6, 13)], care_costs = singles[7:9],
    utilities = singles[10:12]))
  write_table(lapply(names(sets), function(set) {
    x <- sets[[set]]
    terms <- if (length(x) %in% 2:3) sprintf("te(%s, k = 4)", paste(x, collapse = ", ")) else
      sprintf("s(%s, bs = 'cr')", x)
    fit <- function(y) fitted(gam(reformulate(terms, y), data = draws, method = "REML"))
    cost <- fit("d_cost")
    effect <- fit("d_effect")
    data.frame(parameters = set, wtp = wtps, evppi = sapply(wtps, function(wtp) {
      gain <- wtp * effect - cost
      mean(pmax(gain, 0)) - max(mean(gain), 0)
    }), iterations = nrow(draws))
  }), "evppi.csv")
}
