# The chemotherapy side-effects model with hesim: its cohort model in C++, the rest in plain R.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# hesim (Incerti and Jansen 2021) simulates the probabilities of the states over the 52 weekly cycles; both
# strategies share them. Draws, costs and effects as in chemotherapy.R. It keeps every state of every cycle of
# every iteration, about 10 kB each: 10^5 iterations take about 3 GB.
#
#     Rscript Benchmarks/peers/chemotherapy_hesim.R ITERATIONS

suppressMessages({
  library(data.table)
  library(hesim)
})
n <- as.numeric(commandArgs(trailingOnly = TRUE)[1])
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
m <- 1 - exp(-rate / 52)

# Rows: home, hospital, recovered, dead.
data <- hesim_data(
  strategies = data.table(strategy_id = 1), patients = data.table(patient_id = 1),
  states = data.table(state_id = 1:3, state_name = c("home", "hospital", "recovered")))
p <- array(0, dim = c(4, 4, n))
p[1, 1, ] <- (1 - lambda_home) * (1 - hh)
p[1, 2, ] <- hh
p[1, 3, ] <- lambda_home * (1 - hh)
p[2, 2, ] <- (1 - lambda_hosp) * (1 - d)
p[2, 3, ] <- lambda_hosp * (1 - d)
p[2, 4, ] <- d
p[3, 3, ] <- 1 - m
p[3, 4, ] <- m
p[4, 4, ] <- 1
transitions <- tparams_transprobs(p, tpmatrix_id(expand(data), n))
model <- CohortDtstm$new(trans_model = CohortDtstmTrans$new(params = transitions))
model$sim_stateprobs(n_cycles = 52)
states <- model$stateprobs_
time <- states[, .(total = sum(prob), last = prob[.N]), keyby = .(sample, state_id)]
s_home <- time[state_id == 1]$total
s_hosp <- time[state_id == 2]$total
s_rec <- time[state_id == 3]$total
dead <- time[state_id == 4]$last

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
long <- data.table(
  sample = rep(seq_len(n), 2), strategy = rep(c("SoC", "Novel"), each = n), grp = "all",
  costs = c(outputs$SoC$cost, outputs$Novel$cost), qalys = c(outputs$SoC$effect, outputs$Novel$effect))
all <- cea(long, k = c(1, 2, 3, 4, 5) * 10000, sample = "sample", strategy = "strategy", grp = "grp",
  e = "qalys", c = "costs")
icer <- (mean(outputs$Novel$cost) - mean(outputs$SoC$cost)) /
  (mean(outputs$Novel$effect) - mean(outputs$SoC$effect))
cat(sprintf("icer %.1f; evpi at 30 000 %.1f; %g iterations in %.3f s\n", icer,
            all$evpi$evpi[3], n, proc.time()[["elapsed"]] - start))
