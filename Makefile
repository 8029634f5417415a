# LERS: every command there is. `make up` needs python3 >= 3.11 and nothing else; `make help` tells the rest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help up servers test check format bench lock sbom audit frontend screenshots clean venv
MAKEFLAGS += --no-print-directory

PYTHON := .venv/bin/python

help: ## Tell what there is
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

up: venv frontend ## Run the whole system here, in the foreground (LERS_PORT, LERS_HUB_PORT, LERS_HOME)
	@exec $(PYTHON) -m lers_web.standalone

servers: venv ## Run the inner servers alone, for starting LERS's own processes by hand
	@exec $(PYTHON) -m lers_web.standalone --servers-only

test: venv frontend ## Run all tests, on real servers (ARGS="tests/unit -k mask" for some of them)
	@exec $(PYTHON) -m pytest $(ARGS)

check: venv ## Run the fast gates: format, lint, import contracts, types, architecture and unit tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	.venv/bin/lint-imports
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q tests/architecture tests/unit

format: venv ## Bring the code into its form, and fix what can be fixed by machine
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: venv frontend ## Run the benchmarks and print their table (ARGS for its options)
	@exec $(PYTHON) -m bench $(ARGS)

lock: venv ## Write requirements.lock anew from pyproject.toml
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra standalone --extra dev \
		pyproject.toml -o requirements.lock

sbom: venv ## Write the bill of materials (CycloneDX) to build/sbom
	@$(PYTHON) -m tests.supply sbom build/sbom

audit: venv ## Look for known weaknesses in what is pinned (ARGS="--advisories FOLDER" of osv.dev's files)
	@$(PYTHON) -m tests.supply audit $(ARGS)

frontend: venv ## Build the portals, when their sources have changed
	@$(PYTHON) -m lers_web.standalone.frontend

screenshots: venv frontend ## Show every screen in frontend/screenshots (ARGS=hi in Hindi; SCREENS_URL for a system that runs already)
	@exec $(PYTHON) -m tests.portal.screenshots $(ARGS)

clean: ## Remove what can be made again: .venv, caches, built portals; data in .lers stays
	rm -rf .venv .lers-cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov \
		frontend/dist frontend/dist.old frontend/.build frontend/node_modules frontend/screenshots frontend/test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@.ci/venv
