# Short names for what the scripts beside this file do; nothing here needs make.
.PHONY: help setup run test check format bench

help:
	@echo 'make setup    install packages and browser files into the checkout'
	@echo 'make run      start the demonstration district (./run --empty: a bureau of your own)'
	@echo 'make test     run the tests'
	@echo 'make check    format, lint, types, imports, migrations, documents, licences'
	@echo 'make format   mend what ruff can mend'
	@echo 'make bench    run the benchmarks: name ours floor ratio budget ok|over'

setup:
	@./fazhi setup

run:
	@./run

test:
	@./test

check: setup
	@.venv/bin/python -m tools.check

format: setup
	@.venv/bin/python -m ruff format
	@.venv/bin/python -m ruff check --fix

bench: setup
	@.venv/bin/python -m tools.bench
