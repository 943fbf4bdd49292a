# SPDX-License-Identifier: GPL-3.0-or-later
# The nearest correlation matrices to some that are none, by Matrix::nearPD (Higham, 2002).
# Versions: R 4.2.2, Matrix 1.5.3. Run from the repository root: Rscript Tests/References/nearest_correlation.R
#
# Writes nearest_correlation.csv: matrix, row, column, stated, nearest; the lower triangle.
library(Matrix)

full <- function(n, values) {
  m <- diag(n)
  m[lower.tri(m)] <- values
  m[upper.tri(m)] <- t(m)[upper.tri(m)]
  m
}
# Higham (2002), section 4, has the second one: neighbours correlated, the ends not.
cases <- list(
  three = full(3, c(0.9, -0.9, 0.9)),
  chain = full(3, c(1, 0, 1)) - full(3, c(1, 0, 1)) * 0.001 + diag(3) * 0.001,
  four = full(4, c(0.9, 0.7, -0.4, 0.9, 0.6, 0.8)),
  six = full(6, c(0.8, 0.8, -0.5, 0.3, 0.6, 0.8, 0.4, -0.2, 0.9, 0.7, 0.7, -0.6, 0.5, 0.2, 0.9)))
set.seed(1)
n <- 12
wide <- full(n, round(pmin(pmax(rnorm(n * (n - 1) / 2, 0.2, 0.5), -0.95), 0.95), 2))
cases$twelve <- wide
rows <- list()
for (name in names(cases)) {
  a <- cases[[name]]
  stopifnot(min(eigen(a, only.values = TRUE)$values) < 0)
  b <- as.matrix(nearPD(a, corr = TRUE, eig.tol = 1e-15, conv.tol = 1e-13, posd.tol = 1e-8,
                        maxit = 100000)$mat)
  for (i in seq_len(nrow(a))) for (j in seq_len(i - 1)) {
    rows[[length(rows) + 1]] <- data.frame(
      matrix = name, row = i - 1, column = j - 1, stated = sprintf("%.17g", a[i, j]),
      nearest = sprintf("%.17g", b[i, j]))
  }
}
write.csv(do.call(rbind, rows), "Tests/References/nearest_correlation.csv", row.names = FALSE,
          quote = FALSE)
