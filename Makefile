# Cột Mốc. `make` lists what can be done; `make run` and `make test` are all a newcomer needs.
SHELL := bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
export COTMOC_HOME ?= $(CURDIR)/var

UV := .tools/bin/uv
BIN := .venv/bin

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- environments -----------------------------------------------------------
.tools/installed: requirements/bootstrap.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed ($(PYTHON) not found); set PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/installed: .tools/installed requirements/pipeline.txt pyproject.toml
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements/pipeline.txt
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv-superset/installed: .tools/installed requirements/superset.txt
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv-superset
	VIRTUAL_ENV=.venv-superset $(UV) pip sync --quiet --require-hashes requirements/superset.txt
	@touch $@

.PHONY: setup
setup: .venv/installed .venv-superset/installed ## make the two locked environments

.PHONY: lock
lock: .tools/installed ## compile the hashed locks anew
	for group in bootstrap superset; do $(UV) pip compile --quiet pyproject.toml --python-version 3.11 --group $$group --generate-hashes --no-emit-index-url --no-header -o requirements/$$group.txt; done
	$(UV) pip compile --quiet pyproject.toml --python-version 3.11 --group pipeline --group dev --generate-hashes --no-emit-index-url --no-header -o requirements/pipeline.txt
