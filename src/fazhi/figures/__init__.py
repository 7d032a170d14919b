"""Reading and proving quantities in Chinese official texts: pure Python, useful without the rest of this project."""

from fazhi.figures.checking import Check, Finding, check
from fazhi.figures.model import Kind, Qualifier, Range, Statement, Verdict
from fazhi.figures.reader import find

__all__ = ["Check", "Finding", "Kind", "Qualifier", "Range", "Statement", "Verdict", "check", "find"]
