# Utfall: Monte Carlo uncertainty analysis for health economics.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The packages that docs/analyse.md names, on the draws of decision_draws.csv, called as that page shows.
# Versions: R 4.2.2; BCEA 2.4.82 and voi 1.0.3 from their sources, installed without the packages MCMCvis
# and dbarts, which nothing here calls; hesim 0.5.6 from its source, without flexsurv, likewise.
# Run from the repository root: Rscript Tests/References/packages.R
#
# Writes packages.csv: package, figure, strategy, comparator, wtp, value, se.

suppressMessages({
  library(BCEA)
  library(voi)
  library(hesim)
})
draws <- read.csv("Tests/References/decision_draws.csv", check.names = FALSE)
strategies <- sub("^cost:", "", grep("^cost:", names(draws), value = TRUE))
costs <- as.matrix(draws[paste0("cost:", strategies)])
effects <- as.matrix(draws[paste0("effect:", strategies)])
parameters <- draws[!grepl("^(cost|effect):|^iteration$", names(draws))]
wtps <- c(20000, 30000)

rows <- list()
put <- function(package, figure, strategy, comparator, wtp, value, se = NA) {
  rows[[length(rows) + 1]] <<- data.frame(
    package, figure, strategy = as.character(strategy), comparator = as.character(comparator),
    wtp = as.character(wtp), value = as.numeric(value), se = as.numeric(se))
}

# BCEA: every strategy against A.
for (i in 2:5) {
  he <- bcea(effects[, c(i, 1)], costs[, c(i, 1)], ref = 1, interventions = strategies[c(i, 1)],
    k = seq(0, 50000, 1000))
  put("BCEA", "icer", strategies[i], "A", "", he$ICER)
  for (k in wtps) put("BCEA", "inmb", strategies[i], "A", k, he$eib[he$k == k])
}
# All strategies at once.
he <- bcea(effects, costs, ref = 2, interventions = strategies, k = seq(0, 50000, 1000))
all <- multi.ce(he)
for (k in wtps) {
  at <- which(he$k == k)
  put("BCEA", "evpi", "", "", k, he$evi[at])
  put("BCEA", "frontier", strategies[he$best[at]], "", k, all$ceaf[at])
  # A and D tie: their probabilities are told apart in another way there.
  for (i in c(2, 3, 5)) put("BCEA", "p_best", strategies[i], "", k, all$p_best_overall[at, i])
}

# voi: generalised additive models of mgcv.
set.seed(1)
outputs <- list(c = as.data.frame(costs), e = as.data.frame(effects), k = wtps)
value <- evpi(outputs)
put("voi", "evpi", "", "", value$k, value$evpi)
sets <- c(as.list(names(parameters)), list(c("risk", "relative")))
value <- voi::evppi(outputs, parameters, pars = sets, se = TRUE, B = 500)
put("voi", "evppi", gsub(",", "; ", value$pars), "", value$k, value$evppi, value$se)
for (n in c(50, 500)) {
  value <- evsi(outputs, parameters, study = "binary", pars = "risk", n = n)
  put("voi", paste("evsi", n), "proportion", "", value$k, value$evsi)
  value <- evsi(outputs, parameters, study = "normal_known", pars = "price", n = n, aux_pars = list(sd = 400))
  put("voi", paste("evsi", n), "mean", "", value$k, value$evsi)
}

# hesim: a long table.
long <- data.table::data.table(
  sample = rep(seq_len(nrow(draws)), length(strategies)),
  strategy = rep(strategies, each = nrow(draws)),
  grp = "all", costs = c(costs), qalys = c(effects))
each <- cea(long, k = wtps, sample = "sample", strategy = "strategy", grp = "grp", e = "qalys", c = "costs")
pairs <- cea_pw(long, k = wtps, comparator = "A", sample = "sample", strategy = "strategy", grp = "grp",
  e = "qalys", c = "costs")
put("hesim", "evpi", "", "", each$evpi$k, each$evpi$evpi)
best <- each$mce[each$mce$best == 1, ]
put("hesim", "frontier", best$strategy, "", best$k, best$prob)
free <- each$mce[each$mce$strategy %in% c("B", "C", "E"), ]
put("hesim", "p_best", free$strategy, "", free$k, free$prob)
put("hesim", "inmb", pairs$inmb$strategy, "A", pairs$inmb$k, pairs$inmb$einmb)

table <- do.call(rbind, rows)
table$value <- sprintf("%.12g", table$value)
table$se <- ifelse(is.na(table$se), "", sprintf("%.6g", table$se))
write.csv(table, "Tests/References/packages.csv", row.names = FALSE, quote = FALSE)
