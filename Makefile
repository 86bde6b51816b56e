# Countersign. `make run` shows it, `make test` proves it; both set up what they need first.
# Everything that a target builds stays under .build/; nothing else of the machine is changed but Debian packages.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help bootstrap build run check test units integration differential lint format bench fuzz screenshots clean

SWIFT ?= swift
SOURCES := Package.swift Sources Tests
RUN_CONFIGURATION ?= release
# docs/decisions/0005-release-flags.md; Benchmarks/run builds with the same.
RELEASE_FLAGS := --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked
RUN_FLAGS := -c $(RUN_CONFIGURATION) $(if $(filter release,$(RUN_CONFIGURATION)),$(RELEASE_FLAGS))

# One heap for all threads: Foundation's Process.run() was twice seen to read beyond the end of a thread's own heap of glibc's.
INTEGRATION := MALLOC_ARENA_MAX=1 $(SWIFT) test --skip-build --filter '^IntegrationTests\.'

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

bootstrap: ## Install what is missing: Debian packages, and the client drivers of the tests into .build/venv
	@scripts/bootstrap

build: bootstrap ## Build the product and its tests (debug)
	$(SWIFT) build --build-tests

run: bootstrap ## Build and start the quickstart: gateway, PostgreSQL with sample data, demo issuer
	$(SWIFT) build $(RUN_FLAGS) --product countersign
	exec "$$($(SWIFT) build $(RUN_FLAGS) --show-bin-path)/countersign" quickstart $(QUICKSTART)

check: bootstrap lint units ## What to run before a commit: style, import table, unit tests

test: lint build differential ## Everything: style, unit tests, real servers and real clients
	$(SWIFT) test --skip-build --skip '^IntegrationTests\.'
	$(INTEGRATION)

units: bootstrap ## Unit tests alone
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip '^IntegrationTests\.'

integration: bootstrap ## Tests with real servers and real clients alone
	$(SWIFT) build --build-tests
	$(INTEGRATION)

differential: bootstrap ## Compare the analysis with another walk, over the SQL of PostgreSQL's regression suite
	$(SWIFT) build --build-tests
	.build/venv/bin/python Tests/Integration/clients/pglast_walk.py .build/statements.jsonl
	COUNTERSIGN_STATEMENTS=.build/statements.jsonl $(SWIFT) test --skip-build --filter DifferentialTests

screenshots: bootstrap ## Take the console's pages into docs/screenshots
	$(SWIFT) build --build-tests
	SCREENSHOTS=docs/screenshots $(SWIFT) test --skip-build --filter 'ConsoleBrowserTests.screenshots'

lint: ## Check the style of every Swift file
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## Rewrite every Swift file in the house's style
	$(SWIFT) format format --in-place --parallel --recursive $(SOURCES)

bench: bootstrap ## Measure the gateway beside a direct connection and beside pgbouncer
	Benchmarks/run $(BENCH)

fuzz: bootstrap ## Fuzz every decoder that reads a peer's bytes; FUZZ="60" is seconds for each
	Fuzz/run $(FUZZ)

clean: ## Remove what was built
	rm -rf .build
