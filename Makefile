# The workflow, executable. Each target may be run first, again, and in any order.
PYTHON ?= python3
PORT ?= 8000
export PORT
ENV = .venv/bin/

.PHONY: help setup dev demo serve test check bench messages lock docs clean

help:           ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup:          ## everything into .venv, the command `kutomo` included
	@$(PYTHON) tools/setup.py

dev:            ## the same, and what tests and checks need
	@$(PYTHON) tools/setup.py --dev

demo: setup     ## example network, served on http://127.0.0.1:$PORT (8000)
	@exec $(ENV)kutomo demo

serve: setup    ## the installation of KUTOMO_DATA, for real use
	@exec $(ENV)kutomo serve

test: dev       ## the whole suite: SQLite, PostgreSQL, browser
	@$(ENV)python tools/test.py

check: dev      ## format, lint, types, walls, translations, migrations, reference
	@$(ENV)python tools/check.py

bench: dev      ## the figures that the project promises, measured here
	@$(ENV)python -m bench

messages: dev   ## note new strings in locale/, list what is not translated
	@$(ENV)python tools/messages.py extract --prune
	@$(ENV)python tools/messages.py missing

docs: dev       ## docs/reference from the code
	@$(ENV)python tools/docs.py

lock: dev       ## newest allowed versions into uv.lock and requirements*.lock
	@sh tools/lock.sh --upgrade

clean:          ## removes what can be made again (never var/, the data)
	rm -rf .venv .tools build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
