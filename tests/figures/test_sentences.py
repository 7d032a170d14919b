"""Short sentences with every pattern of quantity, marked by hand: what must be read, and that nothing else is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fazhi import figures

_MARK = re.compile(r"\[\[([^\[\]]*)\]\]")


@dataclass(frozen=True)
class Expected:
    surface: str
    start: int
    value: float
    unit: str
    qualifier: str
    kind: str


def sentences() -> list[str]:
    lines = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def parsed(line: str) -> tuple[str, list[Expected]]:
    """The bare text of a marked line and its expectations, with their offsets."""
    line = line.replace("\\n", "\n").replace("\\t", "\t")
    text = ""
    found = []
    at = 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        surface, value, unit, *rest = mark[1].split("|")
        qualifier = rest[0] if rest else ("rate" if unit == "%" else "exact")
        kind = rest[1] if len(rest) > 1 else "measure"
        found.append(Expected(surface, len(text), float(value), unit, qualifier, kind))
        text += surface
        at = mark.end()
    return text + line[at:], found


@pytest.mark.parametrize("line", sentences())
def test_sentence_is_read(line: str) -> None:
    text, expected = parsed(line)
    read = [s for s in figures.find(text) if s.kind in ("measure", "target")]
    assert [(s.surface, s.start) for s in read] == [(e.surface, e.start) for e in expected]
    for got, want in zip(read, expected, strict=True):
        assert got.value is not None
        assert math.isclose(float(got.value), want.value, rel_tol=1e-9), got
        assert (got.unit, str(got.qualifier), str(got.kind)) == (want.unit, want.qualifier, want.kind), got
        assert text[got.start : got.end] == got.surface


def test_every_sentence_of_names_holds_numerals() -> None:
    """Sentences without an expectation would test nothing if they held no numeral."""
    for line in sentences():
        text, expected = parsed(line)
        assert expected or re.search(r"[\d０-９〇一二两三四五六七八九十百千万]", text), line
