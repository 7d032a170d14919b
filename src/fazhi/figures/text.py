"""A text as read and as analysed: headings, sentences, clauses, parts that state what is aimed at."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from fazhi.figures.layout import Span, laid_out
from fazhi.figures.lexicon import Lexicon, built_in
from fazhi.figures.plans import Heading, headings_of, planned_parts

_SENTENCE_END = re.compile(r"[。！？\n]+")
_CLAUSE_END = re.compile(r"[，；：、。！？（）\n\t|]")


@dataclass(frozen=True, eq=False, slots=True)
class Text:
    """A text as read (`raw`) with its analysed form.

    `norm` has half-width digits, full-width punctuation, no spaces inside prose and no line breaks inside sentences;
    `offsets[i]` is the place in `raw` of the i-th character of `norm`. `headings`, `sentences`, `rows` (the cells of
    the rows of tables) and `plans` (spans that state what is aimed at) count in `norm`.
    """

    raw: str
    norm: str
    offsets: array[int]
    headings: tuple[Heading, ...]
    sentences: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    plans: tuple[Span, ...]
    lexicon: Lexicon = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)
    _marks: tuple[int, ...] = field(repr=False)
    _heading_starts: tuple[int, ...] = field(repr=False)
    _above: tuple[tuple[Heading, ...], ...] = field(repr=False)

    @classmethod
    def of(cls, raw: str, lexicon: Lexicon | None = None) -> Text:
        """Analyse `raw`; offsets of everything found in it count its characters."""
        words = lexicon or built_in()
        norm, offsets, rows = laid_out(raw, words)
        headings = tuple(headings_of(norm))
        sentences = tuple(_spans(norm, _SENTENCE_END))
        return cls(
            raw,
            norm,
            offsets,
            headings,
            sentences,
            rows,
            tuple(planned_parts(norm, headings, words)),
            words,
            tuple(start for start, _ in sentences),
            tuple(mark.start() for mark in _CLAUSE_END.finditer(norm)),
            tuple(heading.start for heading in headings),
            tuple(_stacked(headings)),
        )

    def sentence_at(self, position: int) -> Span:
        """The span of the sentence that holds `position` (an offset in `norm`)."""
        return self.sentences[self.sentence_index(position)] if self.sentences else (0, 0)

    def sentence_index(self, position: int) -> int:
        """The running number of that sentence."""
        return max(0, bisect_right(self._starts, position) - 1)

    def clause_at(self, start: int, end: int) -> Span:
        """The span between the punctuation marks around `start` and `end`."""
        low, high = self.sentence_at(start)
        before = bisect_left(self._marks, start) - 1
        after = bisect_left(self._marks, end)
        begin = self._marks[before] + 1 if before >= 0 else 0
        stop = self._marks[after] if after < len(self._marks) else len(self.norm)
        return max(low, begin), min(stop, max(high, end))

    def paragraph_at(self, position: int) -> int:
        """Where the paragraph that holds `position` begins."""
        return self.norm.rfind("\n", 0, position) + 1

    def headings_above(self, position: int) -> tuple[Heading, ...]:
        """The headings in force at `position`, outermost first."""
        at = bisect_right(self._heading_starts, position) - 1
        return self._above[at] if at >= 0 else ()

    def planned(self, position: int) -> bool:
        """Tell whether `position` lies in a part that states what is aimed at."""
        # Parts may lie within each other, so those that began before are all looked at; a text has few.
        last = bisect_right(self.plans, (position, len(self.norm) + 1))
        return any(position < end for _, end in self.plans[:last])

    def surface(self, start: int, end: int) -> tuple[str, int]:
        """The characters as read of the span `start:end` of `norm`, and where they begin."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return self.raw[first:last], first


def _spans(norm: str, end: re.Pattern[str]) -> Iterator[Span]:
    at = 0
    for mark in end.finditer(norm):
        yield at, mark.end()
        at = mark.end()
    if at < len(norm):
        yield at, len(norm)


def _stacked(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading, ...]]:
    """For each heading those in force from there on, outermost first."""
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
        yield tuple(above)
