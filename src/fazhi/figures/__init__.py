"""Reading and proving quantities in Chinese official texts: pure Python, useful without the rest of this project."""

from fazhi.figures.reader import find

__all__ = ["find"]
