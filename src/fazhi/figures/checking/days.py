"""Dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage
from fazhi.figures.dates import impossible
from fazhi.figures.model import Kind, Verdict


def days(passage: Passage) -> Iterator[Finding]:
    """Checks every date of the text against the calendar."""
    for statement in passage.statements:
        if statement.kind is not Kind.DATE:
            continue
        why = impossible(passage.text.norm[statement.place.start : statement.place.end])
        if why:
            reason = f"日期“{statement.surface}”不存在：{why}"
            yield Finding(Check.DATE, Verdict.CONTRADICTS, reason, (statement,))
