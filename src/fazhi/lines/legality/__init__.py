"""Legality review (合法性审核): figures reported until its registers are built."""
