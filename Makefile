# `make run` indexes the protokoll and serves the pages, `make test` runs the suite. `make help` names
# the rest.
PYTHON ?= python3
SAMPLE := corpus/protokoll
SOURCES ?= $(SAMPLE)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

ifeq ($(SOURCES),$(SAMPLE))
# Some protokoll of the sample do not say whose they are.
run: export PROTOKOLL_MUNICIPALITY ?= Almhälla
endif

.PHONY: help run test check bench corpus wheel clean

help:
	@echo "make run [SOURCES=folder] [PORT=8000]"
	@echo "                           install, index a folder (default corpus/protokoll) into var/, and"
	@echo "                           serve the search pages until Ctrl-C"
	@echo "make test                  install with test extras, run the suite with branch coverage"
	@echo "make check                 ruff format, ruff check, mypy --strict"
	@echo "make bench                 CPU of engines and pages beside raw tantivy, FTS5 and empty Flask"
	@echo "make corpus                render the sample archive anew from corpus/kalla"
	@echo "make wheel                 build dist/*.whl"
	@echo "make clean                 remove .venv and build folders (var/ stays)"

run: $(VENV)/installed
	@$(BIN)/protokoll index "$(SOURCES)"
	@echo "Protokollsök: http://127.0.0.1:$(PORT)/sok?q=likv%C3%A4rdighet  (stop with Ctrl-C)"
	@exec $(BIN)/protokoll serve --port "$(PORT)"

test: $(VENV)/installed-test
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --maxprocesses 4 --dist loadfile
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

check: $(VENV)/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/installed-test
	$(BIN)/python -m tests.bench.search

corpus: $(VENV)/installed-test
	$(BIN)/python -m corpus.render

wheel: $(VENV)/installed-test
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The marker files are younger than the environment they stand for; a changed pyproject.toml or
# constraints.txt installs anew.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Protokollsök needs Python 3.11 or newer; call make PYTHON=python3.12, for example")'
	@$(PYTHON) -m venv $(VENV) || { echo "the venv module is missing: on Debian, apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (a minute the first time)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV) with test extras (a minute the first time)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/installed
