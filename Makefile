# `make demo` shows the product on the shipped data, `make test` runs every check. Both need only Python and make, and
# install the versions that requirements/ holds, so that an old commit builds as it did.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# What a caller has set for an environment of their own would lead ours to other packages.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

.PHONY: help demo test lint types contracts unit list golden format bench docs lock installed sbom clean

help:
	@echo 'make demo   ask, compare and tell, on the real list that ships here'
	@echo 'make test   lint, types, import contracts and all tests'
	@echo 'make bench  measure speed; the figures stand in benchmarks/RESULTS.md'
	@echo 'make golden show what the program prints differently than recorded'
	@echo 'make format rewrite the code in the house style'
	@echo 'make docs   build the documents as a site in public/'
	@echo 'make lock   renew the versions in requirements/, from which everything here is installed'
	@echo 'make installed  build the wheel and the sdist in dist/ and run the tests on each, installed'
	@echo 'make sbom   write the bill of materials of an installation to build/ (CycloneDX)'
	@echo 'make clean  remove what make made'

$(VENV)/.installed: pyproject.toml requirements/run.txt requirements/build.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.installed
	@PATH="$(abspath $(BIN)):$$PATH" sh examples/demo.sh

test: lint types contracts unit list

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev
	$(BIN)/pytest --numprocesses auto

# The list that ships, against its last revision, or against nothing where git knows none.
list: $(VENV)/.installed-dev
	$(BIN)/subproc check registry.yaml --against HEAD~1 --missing-base empty --no-clock -f text
	$(BIN)/subproc fmt --check registry.yaml

golden: $(VENV)/.installed-dev
	$(BIN)/python tests/golden/record.py --diff

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev
	for each in cold_start load growth compare log notice check; do \
	    printf '\n== %s\n' "$$each"; $(BIN)/python "benchmarks/$$each.py" || exit 1; done

docs: $(VENV)/.installed-dev
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet docs public

lock:
	PYTHON=$(PYTHON) .ci/lock

installed:
	PYTHON=$(PYTHON) .ci/installed

sbom:
	PYTHON=$(PYTHON) .ci/sbom

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
