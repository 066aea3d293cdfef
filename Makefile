# make demo       install, build a demo desk, show the main job on it
# make test       install what tests need, run the short suite
# make test-long  the long suite too (many cases, a thousand merges, ten clones, the full import)
# make check      what CI runs: format, lint, types, tests, wheel
# make bench      how fast it is at 1,000, 10,000 and 100,000 tickets (half an hour; docs/performance.md)
# make messages   collect the texts for translators, compile the catalogues

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
TKT := $(BIN)/tkt
DEMO ?= build/demo

unexport PYTHONDONTWRITEBYTECODE  # hundreds of short processes: compiled once, not each time

.PHONY: demo test test-long check lint types wheel bench messages clean

demo: $(VENV)/.installed
	@PYTHON=$(BIN)/python sh docs/demo.sh "$(TKT)" "$(DEMO)"

# A disk in memory, where there is one with room: tests make thousands of small repositories.
MEMORY := $(shell df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000 { print "/dev/shm" }')
test test-long: export TMPDIR := $(or $(TMPDIR),$(MEMORY),/tmp)

test: $(VENV)/.ready
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "not long"

test-long: $(VENV)/.ready
	HYPOTHESIS_PROFILE=wide $(BIN)/python -m pytest -n 3 --dist worksteal

check: lint types test wheel

lint: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.ready
	$(BIN)/mypy

wheel: $(VENV)/.ready
	rm -rf build/wheel build/wheel-venv build/wheel-demo build/wheel-site build/wheel-help
	$(BIN)/python -m build -q --wheel --outdir build/wheel .
	$(PYTHON) -m venv build/wheel-venv
	build/wheel-venv/bin/pip install -q build/wheel/*.whl
	cd build && wheel-venv/bin/tkt demo wheel-demo
	cd build && wheel-venv/bin/tkt -C wheel-demo check
	cd build && wheel-venv/bin/tkt -C wheel-demo report kpi --format markdown >/dev/null
	cd build && wheel-venv/bin/tkt -C wheel-demo report site -o ../wheel-site
	cd build && wheel-venv/bin/tkt -C wheel-demo kb build --public -o ../wheel-help

bench: $(VENV)/.installed
	$(BIN)/python bench/run.py

messages: $(VENV)/.ready
	$(BIN)/python tools/messages.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[all,dev]"
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
