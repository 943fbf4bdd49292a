# The chemotherapy side-effects model in base R, as an economist would write it: vectorised, plain.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two strategies, 52 weekly cycles; draws of all 13 parameters, costs and effects of both strategies,
# ICER, CEAC and EVPI. Model: Heath, Kunst, Jackson (eds), Value of Information for Healthcare
# Decision Making (2024).
#
#     Rscript Benchmarks/peers/chemotherapy.R ITERATIONS [FOLDER]

arguments <- commandArgs(trailingOnly = TRUE)
n <- as.numeric(arguments[1])
start <- proc.time()[["elapsed"]]
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
odds <- p1 / (1 - p1) * exp(rnorm(n, log(0.54), 0.3))
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
outputs <- list(SoC = evaluate(120, p1), Novel = evaluate(1975, p2))

percentiles <- c(2.5, 5, 25, 50, 75, 95, 97.5)
rows <- list()
for (strategy in names(outputs)) {
  for (name in c("cost", "effect")) {
    x <- outputs[[strategy]][[name]]
    rows[[length(rows) + 1]] <- data.frame(
      output = name, strategy = strategy, mean = mean(x), mcse = sd(x) / sqrt(n), sd = sd(x),
      t(quantile(x, percentiles / 100, names = FALSE)))
  }
}
cost <- outputs$Novel$cost - outputs$SoC$cost
effect <- outputs$Novel$effect - outputs$SoC$effect
icer <- mean(cost) / mean(effect)
decision <- do.call(rbind, lapply(c(1, 2, 3, 4, 5) * 10000, function(wtp) {
  gain <- wtp * effect - cost
  data.frame(wtp = wtp, p_novel_best = mean(gain > 0),
             evpi = mean(pmax(gain, 0)) - max(mean(gain), 0))
}))
if (length(arguments) > 1) {
  folder <- arguments[2]
  dir.create(folder, showWarnings = FALSE, recursive = TRUE)
  write.csv(do.call(rbind, rows), file.path(folder, "summary.csv"), row.names = FALSE)
  write.csv(decision, file.path(folder, "decision.csv"), row.names = FALSE)
}
cat(sprintf("icer %.1f; %g iterations in %.3f s\n", icer, n,
            proc.time()[["elapsed"]] - start))
