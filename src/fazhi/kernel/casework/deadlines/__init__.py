"""Deadlines: statutory clocks that run, pause and stop with the case, and can always explain themselves."""
