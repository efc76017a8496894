# transcript-search: `make serve` to use it, `make test` before you commit.

PYTHON ?= python3
# Where `make quality` finds its questions: see `python -m benchmarks.quality --help`.
DATA ?= data
VENV := .venv
BIN := $(VENV)/bin
# What is downloaded is kept as wheels: the test of the built wheel installs from them, offline.
WHEELS := $(VENV)/wheels
ENV := $(VENV)/made
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help serve rebuild test check format bench quality messages screenshots chromium lock clean

help:
	@echo 'make serve    build the index of content/ if need be and serve it at http://127.0.0.1:8000'
	@echo 'make rebuild  build the index anew'
	@echo 'make test     run every test'
	@echo 'make check    format, lint and types'
	@echo 'make format   mend format and lint'
	@echo 'make bench    measure speed'
	@echo 'make quality  measure how well questions find their answers (DATA=folder)'
	@echo 'make messages bring what the pages say into web/translations, to be translated'
	@echo 'make screenshots draw every page into build/screenshots'
	@echo 'make lock     pin newer versions of the dependencies'
	@echo 'make clean    remove the environment and the index'

$(ENV): requirements-build.lock requirements-dev.lock pyproject.toml
	@echo 'Making the environment in $(VENV) (a minute, once).' >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements-build.lock
	@rm -rf $(WHEELS)
	@$(PIP) wheel --require-hashes --no-build-isolation --use-pep517 -w $(WHEELS) -r requirements-dev.lock
	@$(PIP) install --no-index --no-deps --no-warn-script-location $(WHEELS)/*.whl
	@$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

serve: $(ENV)
	@$(BIN)/transcript-search serve

rebuild: $(ENV)
	@$(BIN)/transcript-search rebuild

test: $(ENV) chromium
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(ENV)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(ENV)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(ENV)
	@$(BIN)/python -m benchmarks.speed

quality: $(ENV)
	@$(BIN)/python -m benchmarks.quality --data $(DATA)

screenshots: $(ENV) chromium
	@$(BIN)/transcript-search rebuild
	@$(BIN)/python -m tests.screenshots

messages: $(ENV)
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output --omit-header -o build/messages.pot web/templates
	@$(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap --omit-header --ignore-obsolete -l zh -i build/messages.pot -o web/translations/zh.po
	@echo "$$(grep -c '^msgstr.*""$$' web/translations/zh.po) to translate"

# The browser tests use the system's Chromium. Whoever may install it gets it; all others are told.
chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	    || command -v google-chrome >/dev/null; then :; \
	elif ! command -v apt-get >/dev/null; then \
	  echo 'No Chromium here: install it to run the browser tests.' >&2; \
	elif [ "$$(id -u)" = 0 ]; then \
	  echo 'Installing Chromium for the browser tests.' >&2; \
	  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >/dev/null \
	  || echo 'Chromium could not be installed: run `apt-get install chromium` by hand.' >&2; \
	elif sudo -n true 2>/dev/null; then \
	  echo 'Installing Chromium for the browser tests.' >&2; \
	  { sudo -n apt-get update && sudo -n DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >/dev/null \
	  || echo 'Chromium could not be installed: run `sudo apt-get install chromium` by hand.' >&2; \
	else \
	  echo 'No Chromium here: `sudo apt-get install chromium` to run the browser tests.' >&2; \
	fi

lock: $(ENV)
	@$(PIP) install uv
	@printf 'setuptools>=77\n' | $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate - -o requirements-build.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.lock

clean:
	@rm -rf $(VENV) build dist
	@find index -mindepth 1 ! -name README.md -delete
