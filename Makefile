PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := samples/exchange
PATHS ?= $(SAMPLES)
READY := $(VENV)/.ready

.PHONY: run test golden lint types audit check lock bench accuracy samples rules-pages wheel clean

# LOCKED=1 installs just what requirements-ci.txt pins, by digest.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
ifdef LOCKED
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-ci.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
else
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
endif
	@touch $@

# A run that only reports: findings do not fail it, and neither do documents that could not be read (status 3).
run: $(READY)
	@$(BIN)/countermark check --fail-on never $(if $(filter $(SAMPLES),$(PATHS)),--config $(SAMPLES)/.countermark.yaml) $(PATHS) || [ $$? -eq 3 ]

test: $(READY)
	$(BIN)/python -m pytest -n auto

golden: $(READY)
	$(BIN)/python -m pytest --update-golden
	@git diff --stat

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

audit: $(READY)
	$(BIN)/python .ci/audit.py

check: lint types audit test

# Pins anew what CI installs; needs uv.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		--extra dev --output-file requirements-ci.txt pyproject.toml

bench: $(READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/reports.py
	$(BIN)/python benchmarks/stages.py
	$(BIN)/python benchmarks/long_lines.py

# Takes some minutes; writes benchmarks/accuracy.md and build/accuracy-misses.tsv.
accuracy: $(READY)
	cd benchmarks && $(CURDIR)/$(BIN)/python -m accuracy $(ACCURACY)

samples: $(READY)
	$(BIN)/python samples/build.py

rules-pages: $(READY)
	$(BIN)/python -m countermark.reporting.rule_page docs/rules

wheel: $(READY)
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
