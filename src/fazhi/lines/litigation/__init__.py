"""Responding to administrative suits (行政应诉): figures reported until its registers are built."""
