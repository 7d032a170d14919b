"""Tokens: where a figure stands in the plain text of a block, ``⟦measure|form|period⟧``.

``⟦mediation.cases|plain|2022⟧`` is read, and nothing else: no expressions, no conditions, no code. ``form`` is a way of
writing a value (``fazhi.figures.FORMS``), ``period`` a year, a month or two days. Both may be left out when typing: the
form is then the measure's usual one, the period the report's year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fazhi.figures import is_form
from fazhi.kernel.records.measures.declaring import MEASURES, Measure
from fazhi.kernel.records.measures.periods import Period

OPEN, CLOSE = "⟦", "⟧"
_TOKEN = re.compile(r"⟦([^⟦⟧]*)⟧")
_LONE = re.compile(r"[⟦⟧]")
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Token:
    """This place of a figure: the measure's key, the form it is written in, the code of its period."""

    key: str
    form: str
    period: str

    @property
    def measure(self) -> Measure:
        """The measure it names."""
        return MEASURES[self.key]

    @property
    def span(self) -> Period:
        """The period it names."""
        return Period.read(self.period)

    def write(self) -> str:
        """This token as it stands in a text."""
        return f"{OPEN}{self.key}|{self.form}|{self.period}{CLOSE}"

    def moved(self, years: int) -> Token:
        """This token so many years later."""
        return replace(self, period=self.span.moved(years).code)


@dataclass(frozen=True, slots=True)
class Broken:
    """This that looks like a token and is none: where it begins, what stands there, and why it is refused."""

    at: int
    text: str
    reason: str


def usual_form(measure: Measure) -> str:
    """The form a figure is written in where nobody says otherwise."""
    return "percent1" if measure.unit == "%" else "plain"


def pieces(text: str, year: int) -> Iterator[str | Token | Broken]:
    """This text as what it is made of: words, tokens, and what is wrong, in order."""
    at = 0
    for match in _TOKEN.finditer(text):
        yield from _words(text, at, match.start())
        yield _read(match[1], match.start(), year)
        at = match.end()
    yield from _words(text, at, len(text))


def tokens(text: str, year: int) -> list[Token]:
    """The tokens of a text, in order, repeated ones too."""
    return [piece for piece in pieces(text, year) if isinstance(piece, Token)]


def normalised(text: str, year: int) -> str:
    """This text with every token written out in full."""
    return "".join(piece.write() if isinstance(piece, Token) else _plainly(piece) for piece in pieces(text, year))


def faults(text: str, year: int) -> list[Broken]:
    """What is wrong with the tokens of a text."""
    return [piece for piece in pieces(text, year) if isinstance(piece, Broken)]


def _plainly(piece: str | Broken) -> str:
    return piece if isinstance(piece, str) else piece.text


def _words(text: str, start: int, end: int) -> Iterator[str | Broken]:
    """The words between two tokens; a bracket among them opens or closes nothing."""
    at = start
    for lone in _LONE.finditer(text, start, end):
        if lone.start() > at:
            yield text[at : lone.start()]
        yield Broken(lone.start(), lone[0], f"“{lone[0]}”没有配对；插入数字请从下面选取指标")
        at = lone.end()
    if end > at:
        yield text[at:end]


def _read(inside: str, at: int, year: int) -> Token | Broken:
    whole = f"{OPEN}{inside}{CLOSE}"
    parts = [part.strip() for part in inside.split("|")]
    key, form, period = (*parts, "", "")[:3]
    if len(parts) > 3:
        return Broken(at, whole, f"“{whole}”多了一段；写法是 {OPEN}指标|写法|期间{CLOSE}")
    measure = MEASURES.get(key)
    if measure is None:
        near = [each for each in sorted(MEASURES) if each.partition(".")[0] == key.partition(".")[0]][:_NEAR]
        return Broken(at, whole, f"没有指标“{key}”" + (f"；相近的有：{'、'.join(near)}" if near else ""))
    form = form or usual_form(measure)
    if not is_form(form):
        return Broken(at, whole, f"没有写法“{form}”")
    try:
        return Token(key, form, Period.read(period or str(year)).code)
    except ValueError as error:
        return Broken(at, whole, str(error))
