"""Giving a report out: every file of it, made from one reading of the text, so that they all say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from fazhi.kernel.casework.papers.rendering import Document, to_docx, to_html, to_pdf
from fazhi.kernel.records.measures.figures import Figure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.publishing import to_csv, to_json
from fazhi.lines.report.models import Report
from fazhi.lines.report.papers.composing import document
from fazhi.lines.report.queries import text
from fazhi.lines.report.queries.text import ReportText

# Spreadsheet programs take a CSV without this mark for a file in an older encoding.
_MARK = "\ufeff"

_RENDERED: dict[str, Callable[[Document, datetime], bytes]] = {
    "docx": lambda made, at: to_docx(made, at=at),
    "pdf": lambda made, at: to_pdf(made, at=at),
    "html": lambda made, at: to_html(made).encode(),
}
_DATA: dict[str, Callable[[list[Figure]], str]] = {
    "csv": lambda figures: _MARK + to_csv(figures),
    "json": to_json,
}
FILES = ("report.docx", "report.pdf", "report.html", "figures.csv", "figures.json")


def read(report: Report) -> ReportText:
    """This report as it reads now, with the year before beside. Needs the jurisdiction in session."""
    return text.read(report, beside=[Period.year(report.year), Period.year(report.year - 1)])


def file(read_text: ReportText, name: str, *, at: datetime) -> bytes:
    """One file of a report, by its name of :data:`FILES`."""
    _, _, kind = name.partition(".")
    if kind in _RENDERED:
        # A file knows a second and its distance from Greenwich, no time zone.
        second = at.replace(microsecond=0).astimezone(timezone(at.utcoffset() or timedelta()))
        return _RENDERED[kind](document(read_text), second)
    return _DATA[kind](figures(read_text)).encode()


def figures(read_text: ReportText) -> list[Figure]:
    """The figures a report uses, those of its year before those of the year before it."""
    keys = list(dict.fromkeys(token.key for token in read_text.used()))
    spans = [str(read_text.report.year), str(read_text.report.year - 1)]
    periods = [*spans, *dict.fromkeys(token.period for token in read_text.used() if token.period not in spans)]
    found = [read_text.figures.get((key, period)) for period in periods for key in keys]
    return [each for each in found if each is not None]
