# Utfall: everyday commands. `make help` lists them.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `make run` and `make test` do all of their own set-up (scripts/setup.sh). Both build in release
# mode, into one build folder, so that each finds what the other has compiled.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:

# What `make run` runs, and further options for it: make run ARGS="--iterations 100000"
SCENARIO ?= scenarios/norway-exercise.yaml
ARGS ?=
# Which benchmark `make bench` runs: DrawBenchmark, InformationBenchmark or MethodVariance.
BENCHMARK ?= DrawBenchmark

SWIFT_SOURCES = $(wildcard Sources Tests Benchmarks Package.swift)

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## Check for Swift and GSL; install GSL with apt-get when it is missing
	@sh scripts/setup.sh

.PHONY: run
run: setup ## Build, then run the Norwegian exercise scenario (or SCENARIO=file)
	swift build -c release --product simulate
	.build/release/simulate run "$(SCENARIO)" $(ARGS)

.PHONY: test
test: setup ## Build, then run all tests
	swift build -c release --build-tests
	SWIFT_BACKTRACE=enable=no swift test -c release --skip-build --disable-xctest

.PHONY: test-slow
test-slow: setup ## Build, then run the slow tests: goodness of fit at a million draws
	swift build -c release --build-tests
	UTFALL_SLOW_TESTS=1 SWIFT_BACKTRACE=enable=no \
	  swift test -c release --skip-build --disable-xctest --filter Slow

.PHONY: build
build: setup ## Build the simulate command
	swift build -c release --product simulate

.PHONY: lint
lint: ## Check the layout and style of the Swift code
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

.PHONY: format
format: ## Rewrite the Swift code in the project's layout
	swift format format --in-place --recursive --parallel $(SWIFT_SOURCES)

.PHONY: check-imports
check-imports: ## Check which module may import which
	@bash scripts/check-imports.sh

.PHONY: bench
bench: setup ## Build and run the benchmarks
	@test -f Benchmarks/Package.swift || { \
	  echo "make bench: Benchmarks/Package.swift is missing." >&2; exit 1; }
	swift run -c release --package-path Benchmarks $(BENCHMARK) $(ARGS)

.PHONY: bench-peers
bench-peers: setup ## Time draws and whole runs beside NumPy and R, in one run
	Benchmarks/compare.sh $(ARGS)

.PHONY: instruction-counts
instruction-counts: ## Count the instructions of a small run, beside the last recorded counts
	scripts/instruction-counts.sh $(ARGS)

.PHONY: clean
clean: ## Remove everything that was built (results/ stays)
	rm -rf .build Benchmarks/.build
