# Works from any folder (make -C), as root and as an ordinary user, with GNU make 3.81 and newer.

SHELL := /bin/sh
ROOT := $(CURDIR)
VENV ?= $(ROOT)/.venv
PORT ?= 8000
OPERATOR ?= umr

INSTALL = sh scripts/install "$(VENV)"
INSIDE = PATH="$(VENV)/bin:$$PATH"
# Two processes, a cluster of its own for each; the tests of one file stay together.
BOTH = -n 2 --dist loadfile

ifdef WELLKEPT_STATE
export WELLKEPT_STATE
endif

.DEFAULT_GOAL := help
.PHONY: help install install-test demo serve test quick check lint bench clean

help: ## List what can be made
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1:\2/p' Makefile | while IFS=: read -r name says; do printf '%-10s %s\n' "$$name" "$$says"; done

install: ## Install Wellkept into .venv
	@$(INSTALL) requirements.txt

install-test: install
	@$(INSTALL) requirements-test.txt

demo: install ## Run both operators with made-up people at http://localhost:8000 (PORT=...)
	@exec env $(INSIDE) wellkept demo --port "$(PORT)"

serve: install ## Serve one operator (OPERATOR=umr PORT=8000)
	@env $(INSIDE) wellkept db migrate --operator "$(OPERATOR)"
	@exec env $(INSIDE) wellkept serve --operator "$(OPERATOR)" --port "$(PORT)"

test: install-test ## Run every check and every test
	@$(MAKE) --no-print-directory lint
	@WELLKEPT_CHROMIUM=$$(env $(INSIDE) sh scripts/chromium) && export WELLKEPT_CHROMIUM && exec env $(INSIDE) python -m pytest $(BOTH)

quick: install-test ## Run the tests that need no browser, the last failed first
	@exec env $(INSIDE) python -m pytest --failed-first -m "not browser and not release"

check: install-test ## Run the linters and the tests that need neither a database nor a browser
	@$(MAKE) --no-print-directory lint
	@exec env $(INSIDE) python -m pytest -m "not database and not browser and not release"

lint:
	@env $(INSIDE) ruff check .
	@env $(INSIDE) WELLKEPT_OPERATOR=umr python -m mypy
	@env $(INSIDE) lint-imports

bench: install-test ## Measure the lock, the reader, imports, pages and the desk, side by side
	@env $(INSIDE) PYTHONPATH=. python scripts/bench
	@env $(INSIDE) PYTHONPATH=. python bench/x12.py
	@env $(INSIDE) PYTHONPATH=. python bench/imports.py
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.pages
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.public
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.size
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.phone
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.registering
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.signing
	@env $(INSIDE) PYTHONPATH=. python -W ignore -m bench.desk

clean: ## Remove what tools leave behind; .venv and the state folder stay
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find wellkept tests -name __pycache__ -type d -prune -exec rm -rf {} +
