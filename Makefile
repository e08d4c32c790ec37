PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := samples/exchange
PATHS ?= $(SAMPLES)
READY := $(VENV)/.ready

.PHONY: help run test golden lint types audit check lock bench accuracy samples rules-pages wheel clean

# LOCKED=1 installs just what requirements-ci.txt pins, by digest.
$(READY): pyproject.toml $(if $(LOCKED),requirements-ci.txt)
	$(PYTHON) -m venv $(VENV)
ifdef LOCKED
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-ci.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
else
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
endif
	@touch $@

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

# A run that only reports: findings do not fail it, and neither do documents that could not be read (status 3).
run: $(READY)  ## Check PATHS (the sample exchange where none are given)
	@$(BIN)/countermark check --fail-on never $(if $(filter $(SAMPLES),$(PATHS)),--config $(SAMPLES)/.countermark.yaml) $(PATHS) || [ $$? -eq 3 ]

test: $(READY)  ## Run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

golden: $(READY)  ## Write expected outputs anew; read the difference before a commit
	$(BIN)/python -m pytest --update-golden
	@git diff --stat

lint: $(READY)  ## Check style, format and the directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tests/support/words.py
	$(BIN)/python tests/support/house.py

types: $(READY)  ## Check types
	$(BIN)/mypy

audit: $(READY)  ## Ask for known vulnerabilities of what is installed
	$(BIN)/python .ci/audit.py

check: lint types audit test  ## Lint, types, audit and tests

lock:  ## Pin anew what CI installs; needs uv
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		--extra dev --output-file requirements-ci.txt pyproject.toml

bench: $(READY)  ## Measure speed, as ratios in one run
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/office.py
	$(BIN)/python benchmarks/carriers.py
	$(BIN)/python benchmarks/reports.py
	$(BIN)/python benchmarks/stages.py
	$(BIN)/python benchmarks/long_lines.py
	$(BIN)/python benchmarks/start_up.py

# Writes build/accuracy-misses.tsv too.
accuracy: $(READY)  ## Measure recognition; takes minutes, writes benchmarks/accuracy.md
	cd benchmarks && $(CURDIR)/$(BIN)/python -m accuracy $(ACCURACY)

samples: $(READY)  ## Build the samples anew
	$(BIN)/python samples/build.py

rules-pages: $(READY)  ## Write the pages of rules, their fields and formats, and the picture of the house
	$(BIN)/python -m countermark.reporting.rule_page docs/rules
	$(BIN)/python -m countermark.reporting.field_page docs
	$(BIN)/python -m countermark.reporting.format_page docs .pre-commit-hooks.yaml
	$(BIN)/python tests/support/house.py docs/house.svg

wheel: $(READY)  ## Build the wheel
	$(BIN)/python -m build --wheel

clean:  ## Remove what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
