# The desk's commands. `make` alone lists them.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
INSTALL = $(PY) -m pip install --quiet --no-compile
# On every core, where pip would take one. Nobody runs the tests of libraries, and a template in one may be no code yet.
COMPILE = $(PY) -m compileall -qq -j 0 -x '/tests?/' $(VENV)/lib || true
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help setup run reset migrate sample psql check style types layers format test bench tools schema pictures

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/ready ## make the environment of the desk, in .venv

$(VENV)/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if command -v $$python >/dev/null 2>&1 && $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making the environment with $$($$python --version) ..."; exec $$python -m venv $(VENV); fi; done; \
	echo "Python 3.11 or newer (with venv) is needed and was not found." >&2; exit 1

$(VENV)/ready: requirements.txt pages/parts/board/pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the desk needs ..."
	@$(INSTALL) -r requirements.txt
	@$(COMPILE)
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt requirements.txt pages/parts/board/pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the desk and its tests need ..."
	@$(INSTALL) -r requirements-dev.txt
	@$(COMPILE)
	@touch $(VENV)/ready $@

run: setup ## start everything and open the desk
	@exec $(PY) -m core run

reset: setup ## forget everything the desk keeps, after asking
	@$(PY) -m core reset

migrate: setup ## bring the database to the schema of this code
	@$(PY) -m core migrate

sample: setup ## load the sample MCO, or bring it up to today
	@$(PY) -m core sample

psql: setup ## look into the database, in the role of the application
	@exec $(PY) -m core psql

check: style types layers ## style, types and layers

style: $(VENV)/ready-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/ready-dev
	$(VENV)/bin/mypy

layers: $(VENV)/ready-dev
	$(VENV)/bin/lint-imports

format: $(VENV)/ready-dev ## put the code into its form
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

tools: $(VENV)/ready-dev # the tests' browser and pooler, got where we can
	@$(PY) tests/journeys/browser.py
	@$(PY) -m tests.pooler

test: $(VENV)/ready-dev ## everything: check, services, pages, journeys
	@$(MAKE) --jobs=2 check tools
	@$(PY) -m compileall -q app.py core db pages # once, where each process that a test starts would do it
	$(VENV)/bin/pytest -n 3 --dist worksteal # one more than two cores: a journey waits half of its time

bench: $(VENV)/ready-dev ## ratios, side by side in one run
	$(PY) -m bench

schema: setup ## write db/schema.sql, the database as the migrations make it
	@$(PY) -m db.schema

pictures: $(VENV)/ready-dev ## take the pictures in docs of a desk that runs on PORT
	$(PY) -m tests.journeys.pictures http://127.0.0.1:$${PORT:-8501}
