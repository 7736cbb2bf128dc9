# Two commands for a fresh clone:
#   make run    set up .venv, run scenarios/quickstart.toml, and say where its report is
#   make test   set up .venv with the tools, then check style, types, floors and run every test
# Another Python (3.11 or newer) can be named: make run PYTHON=python3.12

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Modules are compiled when they are first imported, and kept: pip would compile every module of every
# library, half a minute for nothing.
export PYTHONDONTWRITEBYTECODE :=
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-compile
# Rooms that are run as plain Python, so that every branch of their kernels is seen. Signals have no
# kernel, nor have metrics: once is enough for them.
PLAIN := tests/core tests/devices tests/signals tests/citizens tests/metrics \
	--ignore=tests/core/test_kernel.py

.PHONY: run test clean

run: $(VENV)/ready
	@$(BIN)/gridsim run scenarios/quickstart.toml --out runs/quickstart

test: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	NUMBA_DISABLE_JIT=1 $(BIN)/pytest $(PLAIN) -n 2 --dist worksteal \
		--cov --cov-report=term:skip-covered --cov-fail-under=95
	@# Compile the kernels once, before two test processes would each do it.
	$(BIN)/gridsim run quickstart --set population.homes=1 --set period.end=2023-01-03 \
		--quiet --out runs/first
	$(BIN)/pytest -n 2 --dist worksteal --ignore=tests/signals --ignore=tests/metrics

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "gridsim needs Python 3.11 or newer, and finds none;" \
		"name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "gridsim needs Python 3.11 or newer, and" \
		"$(PYTHON) is older or missing" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: pyproject.toml | $(BIN)/python
	@echo "Installing gridsim into $(VENV), about a minute ..."
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/ready-dev: pyproject.toml | $(BIN)/python
	@echo "Installing gridsim and its tools into $(VENV), about a minute ..."
	@$(INSTALL) --editable ".[dev]"
	@touch $@ $(VENV)/ready

clean:
	rm -rf $(VENV) build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
