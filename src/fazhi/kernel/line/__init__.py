"""A business line's manifest: what it declares, collected, examined at start."""

from fazhi.kernel.line.manifest import CHAPTERS, LINES, Line

__all__ = ["CHAPTERS", "LINES", "Line"]
