"""Papers as Word files that staff go on editing: real styles, the standard's page, nothing drawn that could be set."""

from fazhi.kernel.casework.papers.rendering.word.assembly import to_docx

__all__ = ["to_docx"]
