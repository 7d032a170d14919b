"""The parts of a text that state what is aimed at, told from those that state what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazhi.figures.dates import dates
from fazhi.figures.layout import MARKER, Span
from fazhi.figures.lexicon import Lexicon

# Not the end of a range: (2021—2025年) names a plan.
_YEAR = re.compile(r"(?<![-\d])(20\d{2})年")
_TITLE_END = re.compile(r"[。；\n]")
_NO_HEADING = re.compile(r"[，。；：、\t]|\d")
_SENTENCE_START = re.compile(r"(?:^|(?<=[。！？；\n]))(?:[（(][一二三四五六七八九十\d]{1,3}[）)])?")
_LONGEST_HEADING = 60
_LONGEST_PLAIN_HEADING = 16
_OPENING_PART = 400


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or plain heading: offset in the normalised text, `level` 1 to 3, words."""

    start: int
    level: int
    title: str


def headings_of(norm: str) -> Iterator[Heading]:
    """The headings of a normalised text, in order."""
    at = 0
    for line in norm.split("\n"):
        mark = MARKER.match(line)
        if mark and "\t" not in line:
            level = 1 if mark["one"] else 2 if mark["two"] else 3
            title = _TITLE_END.split(line[mark.end() :], maxsplit=1)[0]
            if len(title) <= _LONGEST_HEADING:
                yield Heading(at, level, title)
        elif 2 <= len(line) <= _LONGEST_PLAIN_HEADING and not _NO_HEADING.search(line):
            yield Heading(at, 1, line)
        at += len(line) + 1


def planned_parts(norm: str, headings: Sequence[Heading], words: Lexicon) -> list[Span]:
    """The spans that speak of the coming time: sections by their heading, paragraphs and sentences by their opening."""
    year = _reported_year(norm)
    return sorted([*_sections(norm, headings, words, year), *_openings(norm, headings, words, year)])


def _reported_year(norm: str) -> int:
    """The year a report is about: the first it names."""
    first = _YEAR.search(norm, 0, _OPENING_PART)
    named = next((d.year for d in dates(norm[:_OPENING_PART]) if d.year), None)
    return int(first[1]) if first else named or 0


def _sections(norm: str, headings: Sequence[Heading], words: Lexicon, year: int) -> Iterator[Span]:
    for i, heading in enumerate(headings):
        if not _plans(heading.title, words, year):
            continue
        stop = next((h.start for h in headings[i + 1 :] if h.level <= heading.level), len(norm))
        start = heading.start
        # 存在的问题及下一步打算: the plan begins where the text turns to it.
        if words.other_heading.search(heading.title):
            start = next(_turns(norm, words, year, start + len(heading.title), stop), stop)
        yield start, stop


def _plans(title: str, words: Lexicon, year: int) -> bool:
    if words.plan_heading.search(title):
        return True
    named = _YEAR.search(title)
    # 2024年重点任务 is done in a report on 2024 and aimed at in one on 2023.
    return named is not None and int(named[1]) > year > 0 and words.plan_year_heading.search(title) is not None


def _turns(norm: str, words: Lexicon, year: int, start: int, stop: int) -> Iterator[int]:
    """Where sentences between `start` and `stop` begin to speak of the coming time."""
    for place in _SENTENCE_START.finditer(norm, start, stop):
        if words.plan_opening.match(norm, place.end(), stop):
            yield place.end()
            continue
        dated = words.plan_year_opening.match(norm, place.end(), stop)
        if dated and year and int(dated[0][:4]) > year:
            yield place.end()


def _openings(norm: str, headings: Sequence[Heading], words: Lexicon, year: int) -> Iterator[Span]:
    for start in _turns(norm, words, year, 0, len(norm)):
        paragraph = norm.rfind("\n", 0, start) + 1
        if start - paragraph <= 4:
            # A paragraph that opens so begins the plan, up to the next heading.
            stop = next((h.start for h in headings if h.start > start and h.level <= 2), len(norm))
        else:
            stop = norm.find("\n", start)
        yield start, len(norm) if stop < 0 else stop
