"""Supervision of enforcement (行政执法监督): figures reported until its registers are built."""
