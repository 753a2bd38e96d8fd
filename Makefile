# The commands of Cadre; `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run test axe torture check fix bench lock messages clean
MAKEFLAGS += --no-print-directory

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)) no-python)
BOOTSTRAP = @test $(PYTHON) != no-python || { echo "Cadre needs Python 3.11, 3.12 or 3.13: install one of them and try again." >&2; exit 1; }; $(PYTHON) tools/bootstrap.py
INSIDE = .venv/bin/python
args ?=

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | while IFS='|' read -r name text; do printf '%-16s%s\n' "$$name" "$$text"; done

run: ## Install, migrate, load the demonstration and serve it on http://127.0.0.1:8000 (another port: CADRE_PORT=8080)
	$(BOOTSTRAP) runtime
	@exec $(INSIDE) -m flask --app wsgi up

test: ## Every test, on SQLite, on PostgreSQL and in a browser (some: args="tests/kernel -k money")
	$(BOOTSTRAP) dev
	@exec $(INSIDE) -m tools.test $(args)

axe: ## Every page for each kind of person and every form with its mistakes, in both looks, widths and languages (ten minutes)
	$(BOOTSTRAP) dev
	@CADRE_AXE=all exec $(INSIDE) -m tools.test tests/journeys/test_every_page.py -n2 $(args)

torture: ## The promises of reliability with their full figures, on both databases, each beside what was promised (ten minutes)
	$(BOOTSTRAP) dev
	@exec $(INSIDE) -m tools.test tests --full -m torture -n0 --timeout=3600 $(args)

check: ## Style, types, the order of rooms, templates, vendored files, translations, architecture
	$(BOOTSTRAP) dev
	@exec $(INSIDE) -m tools.check

fix: ## Format the code, and mend what ruff can mend
	$(BOOTSTRAP) dev
	@$(INSIDE) -m tools.check --fix

bench: ## The benchmarks, each with its ratio against a floor measured in the same run
	$(BOOTSTRAP) dev
	@exec $(INSIDE) -m tests.bench $(args)

lock: ## Lock the dependencies that setup.cfg names (newer ones: args=--upgrade)
	$(BOOTSTRAP) dev
	@$(INSIDE) -m tools.lock $(args)

messages: ## Collect the texts to translate, bring the .po files up to date and compile them
	$(BOOTSTRAP) dev
	@$(INSIDE) -m tools.translations --update

clean: ## Remove what can be made again: .venv, caches, compiled translations (your data in var/ stays)
	@rm -rf .venv var/cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist *.egg-info
	@find training seeds tests tools migrations -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	@find training -name '*.mo' -delete
