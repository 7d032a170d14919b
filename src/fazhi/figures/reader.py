"""Reading: from a text to every statement of quantity in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from fazhi.figures.bounds import bounds_of
from fazhi.figures.claims import Claimed, claims
from fazhi.figures.dates import DateSpan, dates
from fazhi.figures.lexicon import Lexicon
from fazhi.figures.model import PERCENT, Kind, Place, Qualifier, Role, Statement
from fazhi.figures.phrases import Grammar, Phrase, grammar_of
from fazhi.figures.sharing import share_units
from fazhi.figures.sorting import Sorter, Spans
from fazhi.figures.surroundings import surrounded
from fazhi.figures.tables import Cell, cells, numeric_spans
from fazhi.figures.text import Text
from fazhi.figures.topic import topic_of

_ITEM_NUMBER = re.compile(r"(?:^|(?<=[\n：；。）]))(\d{1,2})\.(\d+)$")
_LONGEST_ITEM: Final = 14
_ONE: Final = Decimal(1)
_TEN: Final = Decimal(10)
# A claim holds its qualifier in its words: 过半 is more than half, 基本全覆盖 close to all.
_CLAIMED_BY: Final = {Qualifier.NEARLY: "近", Qualifier.MORE_THAN: "超"}
_SPLIT_UNITS: Final = frozenset({"count", "money"})
_NUMERAL = re.compile(r"[\d〇一二两三四五六七八九十百千万亿]")


def find(text: str | Text, *, lexicon: Lexicon | None = None) -> list[Statement]:
    """Read every quantitative statement of an official text, in order.

    Args:
        text: the text as read; offsets of statements count its characters.
        lexicon: the vocabulary, if not the built-in one.

    Returns:
        Measures and targets, and among them the names and dates that look like figures.
    """
    return _Reader(text if isinstance(text, Text) else Text.of(text, lexicon)).statements()


class _Reader:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.norm = text.norm
        self.grammar = grammar_of(text.lexicon)
        self.dates = list(dates(self.norm))
        self.sorter = Sorter(text, self.dates)

    def statements(self) -> list[Statement]:
        found: list[Statement] = []
        in_cells = list(cells(self.text, self.grammar))
        cell_spans = Spans(numeric_spans(self.text))
        phrases = [p for p in self._phrases() if not cell_spans.meets(p.at, p.core)]
        claimed = list(claims(self.norm, self.text.lexicon))
        claim_spans = Spans((c.start, c.end) for c in claimed)
        found.extend(self._from_phrases(phrases, claim_spans))
        found.extend(self._from_cell(cell) for cell in in_cells)
        found.extend(self._from_dates())
        found.extend(self._from_names(Spans((s.place.start, s.place.end) for s in found)))
        found.extend(self._from_claims(claimed, found))
        return surrounded(self.text, sorted(found, key=lambda s: (s.start, s.end)))

    def _phrases(self) -> Iterator[Phrase]:
        for phrase in self.grammar.phrases(self.norm):
            yield _without_item_number(self.norm, phrase)

    def _from_phrases(self, phrases: Sequence[Phrase], claim_spans: Spans) -> Iterator[Statement]:
        follows = share_units(self.norm, phrases, self.grammar)
        kinds: list[Kind | None] = [None] * len(phrases)
        for i in range(len(phrases) - 1, -1, -1):
            kinds[i] = self.sorter.kind(phrases[i])
            following = kinds[follows[i]] if i in follows else None
            # 2、3号楼, 10至20人以下的: a number that shares a unit shares what its partner is.
            if following in (Kind.NAME, Kind.DATE) and kinds[i] in (Kind.MEASURE, Kind.TARGET):
                kinds[i] = following
        ends = [p.end for p in phrases]
        for phrase, kind in zip(phrases, kinds, strict=True):
            if kind is None or claim_spans.meets(phrase.at, phrase.core):
                continue
            if kind is Kind.NAME and self.sorter.names.covers(phrase.at, phrase.core):
                continue
            previous = bisect_right(ends, phrase.start) - 1
            yield self._statement(phrase, kind, ends[previous] if previous >= 0 else 0)

    def _statement(self, phrase: Phrase, kind: Kind, previous_end: int) -> Statement:
        qualifier, word = _qualified(phrase, self.text.lexicon)
        place = self._place(phrase.start, phrase.end)
        surface, start = self.text.surface(phrase.start, phrase.end)
        unit = self._unit(phrase)
        sign = -1 if phrase.negative else 1
        bounds = bounds_of(phrase.value, qualifier, place=phrase.place, step=phrase.step, unit=unit, word=word)
        return Statement(
            surface=surface,
            start=start,
            value=phrase.value * sign,
            unit=unit,
            qualifier=qualifier,
            kind=kind,
            topic=topic_of(self.norm, (phrase.start, phrase.end), place.clause, previous_end, unit),
            place=place,
            bounds=-bounds if phrase.negative else bounds,
        )

    def _unit(self, phrase: Phrase) -> str:
        if phrase.sort == "percent" and phrase.unit in ("%", "‰", "成"):
            return PERCENT
        return self.text.lexicon.unit_as.get(phrase.unit, phrase.unit).replace("（", "(").replace("）", ")")

    def _from_cell(self, cell: Cell) -> Statement:
        phrase = cell.phrase
        statement = self._statement(phrase, self.sorter.counted(phrase.start), phrase.start)
        topic = " ".join(part for part in (cell.row, cell.column) if part)
        role = Role.PREVIOUS if cell.earlier else Role.CURRENT
        return replace(statement, topic=topic, place=replace(statement.place, table=cell.place, role=role))

    def _from_dates(self) -> Iterator[Statement]:
        for span in self.dates:
            yield self._plain(span.start, span.end, Kind.DATE, _year(span))

    def _from_names(self, taken: Spans) -> Iterator[Statement]:
        for start, end in self.sorter.named:
            if _NUMERAL.search(self.norm, start, end) and not taken.meets(start, end):
                yield self._plain(start, end, Kind.NAME, None)

    def _plain(self, start: int, end: int, kind: Kind, value: Decimal | None) -> Statement:
        surface, at = self.text.surface(start, end)
        place = Place(start, end, self.text.sentence_at(start), paragraph=self.text.paragraph_at(start))
        return Statement(surface, at, value, "", Qualifier.EXACT, kind, place=place)

    def _from_claims(self, claimed: Sequence[Claimed], found: Sequence[Statement]) -> Iterator[Statement]:
        figures = sorted((s for s in found if s.kind in (Kind.MEASURE, Kind.TARGET)), key=lambda s: s.place.start)
        starts = [s.place.start for s in figures]
        for claim in claimed:
            before = figures[bisect_right(starts, claim.start) - 1] if bisect_right(starts, claim.start) else None
            unit = claim.unit or (self._implied_unit(claim, before) if claim.zero else "")
            surface, start = self.text.surface(claim.start, claim.end)
            place = self._place(claim.start, claim.end)
            kind = (
                Kind.NAME if self.sorter.anecdotes.meets(claim.start, claim.end) else self.sorter.counted(claim.start)
            )
            yield Statement(
                surface,
                start,
                claim.value,
                self.text.lexicon.unit_as.get(unit, unit),
                claim.qualifier,
                kind,
                topic=topic_of(self.norm, (claim.start, claim.end), place.clause, 0, ""),
                place=place,
                bounds=bounds_of(
                    claim.value,
                    claim.qualifier,
                    place=_ONE,
                    step=_TEN,
                    unit=unit,
                    word=_CLAIMED_BY.get(claim.qualifier, ""),
                ),
            )

    def _implied_unit(self, claim: Claimed, before: Statement | None) -> str:
        """受理19件，无败诉: zero of what was just counted, when that is a unit of cases in the same sentence."""
        if before is None or before.place.sentence != self.text.sentence_at(claim.start):
            return ""
        return before.unit if before.unit in self.text.lexicon.cases else ""

    def _place(self, start: int, end: int) -> Place:
        headings = self.text.headings_above(start)
        return Place(
            start,
            end,
            self.text.sentence_at(start),
            self.text.clause_at(start, end),
            self.text.paragraph_at(start),
            " / ".join(h.title for h in headings),
        )


def _year(span: DateSpan) -> Decimal | None:
    return Decimal(span.year) if span.year else None


def _qualified(phrase: Phrase, words: Lexicon) -> tuple[Qualifier, str]:
    """The qualifier of a phrase and the word that makes it so."""
    if phrase.before:
        return Qualifier(words.qualifiers_before[phrase.before][0]), phrase.before
    if phrase.after:
        return Qualifier(words.qualifiers_after[phrase.after]), phrase.after
    if phrase.approximate:
        return Qualifier.ABOUT_OVER, "余"
    if phrase.plus:
        return Qualifier.MORE_THAN, "+"
    percent = phrase.sort == "percent" and phrase.unit in ("%", "‰", "成")
    return (Qualifier.RATE if percent else Qualifier.EXACT), ""


def _without_item_number(norm: str, phrase: Phrase) -> Phrase:
    """1.12件: there is no fifth of a case, so the number of an item stands glued to the figure."""
    if phrase.sort not in _SPLIT_UNITS or phrase.place >= 1 or phrase.scaled or phrase.chinese:
        return phrase
    glued = _ITEM_NUMBER.search(norm, max(0, phrase.core - _LONGEST_ITEM), phrase.core)
    if glued is None or phrase.sort == "money":
        return phrase
    digits = Decimal(glued[2])
    start = phrase.core - len(glued[2])
    step = Decimal(10) ** (len(glued[2]) - len(glued[2].rstrip("0") or "1"))
    return replace(phrase, start=start, at=start, digits=digits, value=digits, place=Decimal(1), step=step)


__all__ = ["Grammar", "find"]
