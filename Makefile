# Everything one needs: python3 (3.11 or later, with venv), git and make. uv is used where it is on the path.
# Set PORT=… for another port, DEMO=0 for an empty exchange, PYTHON=python3.12 for another interpreter.

PYTHON ?= python3
DEMO ?= 1
VENV = .venv
BIN = $(VENV)/bin
UV = $(shell command -v uv)
export DEMO

.PHONY: run test check audit bench bench-large lock messages clean

run: $(VENV)/run.stamp          # the whole exchange in one process, with the demonstration in an empty database
	@exec $(BIN)/python manage.py start

test: $(VENV)/test.stamp        # everything on SQLite, then all but what asks a live server on PostgreSQL
	@exec $(BIN)/python -m tests.suite

check: $(VENV)/test.stamp       # style, types, layers, templates, migrations, translations, nobody else's code
	@exec $(BIN)/python -m tests.checks

audit: $(VENV)/test.stamp       # every page in every theme, language and width; seeds repeated (up to 45 minutes)
	@exec $(BIN)/python -m tests.suite --audit

bench: $(VENV)/bench.stamp      # measurements against peers and limits (see bench/README.md)
	@exec $(BIN)/python -m bench

bench-large: $(VENV)/bench.stamp # search among 100,000 documents (about half an hour)
	@BENCH_DOCUMENTS=100000 exec $(BIN)/python -m bench search

messages: $(VENV)/test.stamp    # bring the catalogues up to date with the sources
	@exec $(BIN)/python manage.py translate --collect

# The locks hold every dependency with its hashes and no index address, so that pip alone can install them.
COMPILE = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--no-annotate pyproject.toml
lock:
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --extra test -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) --extra test --extra bench -c requirements/test.txt -o requirements/bench.txt

clean:                          # what can be made again; the database and uploads in var/ stay
	rm -rf $(VENV) var/static build dist .*_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "The exchange needs Python 3.11 or later with venv: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/%.stamp: requirements/%.txt | $(BIN)/python
	$(if $(UV),uv pip install -q --python $(BIN)/python,$(BIN)/pip install -q --disable-pip-version-check) \
		--no-deps --require-hashes -r $<
	@touch $@
