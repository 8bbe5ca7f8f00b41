# One command for each wish. `make` or `make help` lists them.
#
# Works with make 4.3 and the Python of Debian 12. Another Python: make PYTHON=python3.12 setup

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

export PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TARGETS := demo
PYTEST := $(BIN)/python -m pytest

# What `make test` runs, quickest to fail first.
STAGES := setup lint unit lint-ansible io hosts

.PHONY: help setup setup-base demo test unit io hosts bare lint lint-ansible fix bench generated docs-test changelog completion clean distclean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/dev.stamp ## Make .venv with all that development needs

setup-base: $(VENV)/base.stamp ## Make .venv with what FazAI itself needs

demo: setup-base ## See FazAI at work
	@PATH="$(CURDIR)/$(BIN):$$PATH" examples/demo.sh

test: ## Prove everything, in an order that fails early
	@tools/stages.sh $(STAGES)

unit: setup ## Run the tests that touch nothing (under a minute)
	@$(PYTEST) -m "not io and not hosts and not slow"

io: setup ## Run the tests that touch files and processes, and the slow ones
	@$(PYTEST) -m "(io or slow) and not hosts"

hosts: setup ## Run the tests on disposable systemd hosts (root and podman; skipped without)
	@$(PYTEST) -m hosts

generated: setup ## Write anew what is made from the models and the catalog: reference pages, roles, examples, golden texts
	@$(BIN)/python tools/docs.py
	@$(BIN)/python -m tools.render_examples
	@FAZAI_UPDATE_GOLDEN=1 $(PYTEST) -q tests/render/test_roles.py tests/render/test_golden.py

bench: setup ## Measure what FazAI costs over bare Ansible, as ratios (minutes)
	@$(BIN)/python benchmarks/startup.py

docs-test: setup ## Check that the documentation is true
	@$(PYTEST) tests/docs

bare: ## Prove targets on a bare Debian in a container: make bare TARGETS="demo unit"
	@tests/bare/run.sh $(TARGETS)

lint: setup ## Check style, types and YAML
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .

lint-ansible: setup ## Check playbooks, roles and collections with ansible-lint
	@PATH="$(CURDIR)/$(BIN):$$PATH" ansible-lint

fix: setup ## Mend what a tool can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

changelog: setup ## Preview the notes of the next release
	@$(BIN)/towncrier build --draft

completion: setup-base ## Print shell completion: eval "$(make -s completion)"
	@$(BIN)/register-python-argcomplete fazai

clean: ## Remove what tests and tools left behind
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .ansible ./*.egg-info
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

distclean: clean ## The same, and .venv
	rm -rf $(VENV)

# The stamps make the second time quick; the richer environment serves for the plain one too.
$(VENV)/dev.stamp: pyproject.toml constraints.txt tools/setup.sh
	@tools/setup.sh $(VENV) dev,collections
	@touch $(VENV)/base.stamp $@

$(VENV)/base.stamp: pyproject.toml constraints.txt tools/setup.sh
	@tools/setup.sh $(VENV)
	@touch $@
