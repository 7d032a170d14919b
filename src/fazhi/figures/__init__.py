"""Reading and proving quantities in Chinese official texts: pure Python, useful without the rest of this project."""

from fazhi.figures.annotating import OtherText, annotate_docx
from fazhi.figures.batch import Reading, read_many
from fazhi.figures.binding import bind, context
from fazhi.figures.catalogue import Catalogue, Measure
from fazhi.figures.checking import Check, Finding, check
from fazhi.figures.lexicon import Lexicon, built_in
from fazhi.figures.model import Kind, Qualifier, Range, Role, Statement, Verdict
from fazhi.figures.proof import Proof, Recorded, prove
from fazhi.figures.reader import find
from fazhi.figures.sources import Source, Spot, UnreadableFile, read_file
from fazhi.figures.writing import FORMS, UnknownForm, UntrueForm, is_form, written

__all__ = [
    "FORMS",
    "Catalogue",
    "Check",
    "Finding",
    "Kind",
    "Lexicon",
    "Measure",
    "OtherText",
    "Proof",
    "Qualifier",
    "Range",
    "Reading",
    "Recorded",
    "Role",
    "Source",
    "Spot",
    "Statement",
    "UnknownForm",
    "UnreadableFile",
    "UntrueForm",
    "Verdict",
    "annotate_docx",
    "bind",
    "built_in",
    "check",
    "context",
    "find",
    "is_form",
    "prove",
    "read_file",
    "read_many",
    "written",
]
