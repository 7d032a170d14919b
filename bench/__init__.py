"""Benchmarks: each module is run by `python -m tools.bench` and prints what it measured."""
