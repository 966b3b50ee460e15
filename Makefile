# `make run` and `make test` are the two that a newcomer needs; everything else serves them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test lint types bench lock clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/.done ## the environment in .venv, with the oneid command; nothing when nothing changed

$(VENV)/.done: requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is missing: install it with  apt-get install python3 python3-venv" >&2; exit 1; }
	@test -x $(BIN)/pip || "$(PYTHON)" -m venv $(VENV) || \
		{ echo "venv is missing: install it with  apt-get install python3-venv" >&2; exit 1; }
	@echo "installing into $(VENV) (about a minute the first time)" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock: ## requirements*.txt from pyproject.toml (needs uv)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

run: setup ## everything: a local Neo4j, the demo world, GraphQL on :8000
	@$(BIN)/python -m app.graph.local --keep .data/neo4j --bolt 7687 --http 7474 -- sh -c ' \
		$(BIN)/oneid migrate && \
		{ test "$${ONEID_SEED:-demo}" = none || { $(BIN)/oneid seed && \
		for job in refresh-relationships refresh-lifecycle; do $(BIN)/oneid jobs run $$job; done; }; } && \
		exec $(BIN)/oneid serve --tour'

test: setup ## every test, against a real Neo4j (two fresh ones side by side, unless NEO4J_URI is set)
	@$(BIN)/pytest $(if $(NEO4J_URI),,--numprocesses 2 --dist loadfile)

lint: setup ## ruff, mypy --strict, the order of imports
	@failed=0; for check in "ruff check ." "ruff format --check ." mypy "lint-imports --no-logo"; do \
		$(BIN)/$$check || failed=1; done; exit $$failed

types: setup ## TypeScript types of schema/api.graphql and the documents, for front ends
	@$(BIN)/python -m app.graph.typescript

bench: setup ## the figures of the README, printed
	@$(BIN)/python -m bench

clean: ## drops the environment and what tools cached; keeps .data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -not -path './.data/*' -prune -exec rm -rf {} +
