# `make demo` shows the product on the shipped list, `make check` runs the quick checks, and `make test` runs all of them.
# Each needs only Python and make, and installs the versions in requirements/, so that an old commit can be built again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# These variables of the caller would make Python look for packages outside .venv, and compile each changed module at every start.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

.PHONY: help demo check test lint types contracts quick unit list golden format bench docs docs-check docs-update lock \
    fuzz soak installed sbom clean

help:
	@echo 'make demo         ask two questions, compare two revisions and write a notice, on the shipped list'
	@echo 'make check        run lint, type checks, import contracts and the quick tests'
	@echo 'make test         run everything that a change must pass: make check, the slow tests and the generated files'
	@echo 'make docs-check   test that generated files agree with the code'
	@echo 'make docs-update  write the generated files again'
	@echo 'make golden       show differences from the recorded output'
	@echo 'make format       format the code'
	@echo 'make docs         build the documentation site in public/'
	@echo 'make fuzz         try random inputs until 100,000 were accepted (FUZZ="--accepted 5000" for fewer)'
	@echo 'make soak         live through invented years of notices for 15 minutes, and compare them with a model'
	@echo 'make bench        measure speed (the results are in benchmarks/RESULTS.md)'
	@echo 'make lock         update the locked versions in requirements/'
	@echo 'make installed    build the wheel and the sdist in dist/, install each and run the tests'
	@echo 'make sbom         write a software bill of materials to build/ (CycloneDX)'
	@echo 'make clean        remove the files that make created'

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

# Beside the tests, one of lint, types and contracts runs at a time: so no processor waits for the other at the end.
check: $(VENV)/.installed-dev
	@$(MAKE) --no-print-directory --jobs 2 quick lint types contracts

test: $(VENV)/.installed-dev
	@$(MAKE) --no-print-directory --jobs 2 unit lint types contracts
	@$(MAKE) --no-print-directory list

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

quick: $(VENV)/.installed-dev
	$(BIN)/pytest --numprocesses auto -m "not slow and not docs"

unit: $(VENV)/.installed-dev
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# Check the list that ships, against its last revision if git has one: an unpacked sdist and a first commit have none.
list: $(VENV)/.installed-dev
	$(BIN)/subproc check registry.yaml --no-clock -f text \
	    $$(git rev-parse --quiet --verify HEAD~1 >/dev/null 2>&1 && echo --against HEAD~1)
	$(BIN)/subproc fmt --check registry.yaml

golden: $(VENV)/.installed-dev
	$(BIN)/python tests/golden/record.py --diff

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Both print their seed, which tries the same again: make fuzz FUZZ='--seed 7'.
fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/fuzz.py $(FUZZ)

soak: $(VENV)/.installed-dev
	$(BIN)/python tests/soak.py $(SOAK)

bench: $(VENV)/.installed-dev
	for each in cold_start load growth hostile compare log notice check many_lists; do \
	    printf '\n== %s\n' "$$each"; $(BIN)/python "benchmarks/$$each.py" || exit 1; done

docs: $(VENV)/.installed-dev
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet docs public

docs-check: $(VENV)/.installed-dev
	$(BIN)/pytest --numprocesses auto -m docs

# In one process: two tests can write the same file.
docs-update: $(VENV)/.installed-dev
	$(BIN)/python docs/pictures/draw.py
	UPDATE_DOCS=1 $(BIN)/pytest -m docs

lock:
	PYTHON=$(PYTHON) .ci/lock

installed:
	PYTHON=$(PYTHON) .ci/installed

sbom:
	PYTHON=$(PYTHON) .ci/sbom

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
