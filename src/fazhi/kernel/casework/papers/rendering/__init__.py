"""Official papers as Word, PDF and HTML from one document model.

Build a `Document`, then call `to_docx`, `to_pdf` or `to_html`. What cannot be rendered faithfully is refused with a
`PaperError`; nothing is dropped.
"""

from fazhi.kernel.casework.papers.rendering.document import (
    Attachment,
    Block,
    Check,
    Document,
    Heading,
    Imprint,
    Labelled,
    Layout,
    List,
    Openness,
    PageBreak,
    Paragraph,
    Seal,
    Secrecy,
    Signature,
    SignatureLine,
)
from fazhi.kernel.casework.papers.rendering.fonts import FontLibrary, MissingGlyph, font_library
from fazhi.kernel.casework.papers.rendering.html import STYLESHEET, stylesheet, to_html, to_html_fragment
from fazhi.kernel.casework.papers.rendering.pdf import DoesNotFit, to_pdf
from fazhi.kernel.casework.papers.rendering.tables import Align, Cell, Row, Table, UnevenTable
from fazhi.kernel.casework.papers.rendering.text import Figure, PaperError, Run, Text, UnprintableText
from fazhi.kernel.casework.papers.rendering.word import to_docx

__all__ = [
    "STYLESHEET",
    "Align",
    "Attachment",
    "Block",
    "Cell",
    "Check",
    "Document",
    "DoesNotFit",
    "Figure",
    "FontLibrary",
    "Heading",
    "Imprint",
    "Labelled",
    "Layout",
    "List",
    "MissingGlyph",
    "Openness",
    "PageBreak",
    "PaperError",
    "Paragraph",
    "Row",
    "Run",
    "Seal",
    "Secrecy",
    "Signature",
    "SignatureLine",
    "Table",
    "Text",
    "UnevenTable",
    "UnprintableText",
    "font_library",
    "stylesheet",
    "to_docx",
    "to_html",
    "to_html_fragment",
    "to_pdf",
]
