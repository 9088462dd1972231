# Cột Mốc. `make` lists what can be done; `make run` and `make test` are all a newcomer needs.
SHELL := bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
export COTMOC_HOME ?= $(CURDIR)/var

UV := .tools/bin/uv
BIN := .venv/bin
# dbt by hand, over a scratch warehouse: nothing it writes is read by anybody.
SCRATCH := $(COTMOC_HOME)/scratch
DBT_ENVIRONMENT := mkdir -p $(SCRATCH) && DBT_PROJECT_DIR=$(CURDIR)/dbt_project DBT_PROFILES_DIR=$(CURDIR)/dbt_project \
	COTMOC_WAREHOUSE=$(SCRATCH) DBT_TARGET_PATH=$(SCRATCH)/target DBT_LOG_PATH=$(SCRATCH)/logs DO_NOT_TRACK=1
DBT := $(DBT_ENVIRONMENT) $(BIN)/dbt

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
	$(UV) pip compile --quiet pyproject.toml --python-version 3.11 --group pipeline --constraint requirements/pipeline.txt --generate-hashes --no-emit-index-url --no-header -o requirements/runtime.txt

# --- the product ------------------------------------------------------------
.venv-superset/translated: .venv-superset/installed dashboards/translations/vi.po dashboards/install_language_pack.py
	.venv-superset/bin/python dashboards/install_language_pack.py
	@touch $@

.PHONY: run
run: setup .venv-superset/translated ## do the main job on the shipped real figures, then end
	$(BIN)/python -m cotmoc.demonstration

.PHONY: serve
serve: setup .venv-superset/translated ## start Airflow and Superset on 127.0.0.1 and keep them until Ctrl-C
	$(BIN)/python -m cotmoc.serving

# --- the proofs -------------------------------------------------------------
.PHONY: check
check: setup .venv-superset/translated ## the one-minute gate: lint, types, boundaries, dbt parse, dashboards, fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(DBT) parse --quiet
	$(BIN)/python real_submissions/make.py --check
	.venv-superset/bin/python dashboards/publish.py --validate
	$(BIN)/pytest -q -m "not slow"

.PHONY: lint-sql
lint-sql: setup ## sqlfluff over the models: it compiles each of them, so it takes a while
	$(DBT_ENVIRONMENT) $(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests

.PHONY: test
test: setup .venv-superset/translated ## every test, end-to-end runs included
	.ci/system_packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MAKE) --no-print-directory lint-sql
	$(BIN)/pytest

# --- the measures -----------------------------------------------------------
.PHONY: bench
bench: setup ## ratios measured side by side on this machine
	$(BIN)/python -m benchmarks.gate
	$(BIN)/python -m benchmarks.submission
	$(BIN)/python -m benchmarks.ledger
	$(BIN)/python -m benchmarks.as_of

.PHONY: stack-test
stack-test: ## build the images and start the compose stack once (needs a container engine)
	docker/stack_test.sh
