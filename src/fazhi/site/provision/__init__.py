"""Installs what a checkout needs, with Python's standard library alone, since nothing else is there yet.

`./fazhi setup` runs it on the machine's own Python: an environment `.venv` with the packages of `requirements.lock`,
and the files browsers load by `package-lock.json`. Both locks carry hashes and name no registry; packages come from
whatever index pip, uv and npm are configured for on the machine. What is up to date is left alone, by a stamp.
"""
