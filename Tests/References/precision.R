# Score intervals of a proportion (Wilson 1927) and the iterations that a half-width takes, for
# Tests/SimCoreTests/Summary/PrecisionTests.swift.
# R 4.2.2, base packages only. From the repository root: Rscript Tests/References/precision.R
sink("Tests/References/precision.csv")
cat("successes,trials,half_width\n")
for (n in c(1, 10, 1000, 65536, 1e6)) for (share in c(0, 0.1, 0.5, 0.893, 1)) {
  x <- round(share * n)
  interval <- suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
  # prop.test sets the ends at 0 and 1 as they are; the score interval is symmetric about its own centre.
  z <- qnorm(0.975)
  centre <- (x + z^2 / 2) / (n + z^2)
  half <- if (x < n) interval[2] - centre else centre - interval[1]
  cat(x, n, format(half, digits = 17), sep = ",")
  cat("\n")
}
sink()
