"""Finding the head among titles, and the rows that hold records among blank rows, totals and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from fazhi.kernel.records.exchange.sheets import Row, Sheet, Workbook
from fazhi.kernel.records.register.written import folded

# Titles above a head are few; whoever keeps more names the row.
_LOOKED_AT = 40
_LONGEST_HEADING = 40
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕")
_MARKS = re.compile(r"[*:：、,，.。/\\|_\-—'\"“”‘’]")
_TOTAL = re.compile(r"^.{0,8}[合总小累]\s*计\s*[:：)）]?\s*[\d.,]*\s*[件人元个]?$")
_NOTE = re.compile(
    r"^(?:备?注|说明|填表(?:人|说明|单位|日期)|填报|制表|审核人?|审批|单位负责人|负责人|联系人|联系电话|统计时间|打印日期|第\d+页)"
    r"\s*(?:[:：(（0-9]|$)"
)

Known = Callable[[str], bool]
"""Whether a heading, plain, is one of a register's."""


def plain(heading: str) -> str:
    """This heading as it is compared: without asides in brackets, marks, spaces, width and case."""
    return _MARKS.sub("", _ASIDE.sub("", folded(heading)))


@dataclass(frozen=True, slots=True)
class Heading:
    """This column of a sheet: its place from the left, from 0, and its heading; ``group`` stands above it, if any."""

    place: int
    text: str
    group: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, plain, the fullest first."""
        found = [plain(self.group + self.text), plain(self.text)] if self.group else [plain(self.text)]
        return tuple(each for each in dict.fromkeys(found) if each)

    @property
    def shown(self) -> str:
        """This heading as the person knows it."""
        return f"{self.group}·{self.text}" if self.group else self.text


@dataclass(frozen=True, slots=True)
class Head:
    """This head of a sheet, in rows ``first`` to ``last`` of it (one or two), numbered as the spreadsheet shows them."""

    sheet: str
    first: int
    last: int
    headings: tuple[Heading, ...]


def found_in(workbook: Workbook, known: Known) -> Head:
    """The head of the sheet and at the row that name most of a register's columns; the first such.

    Where nothing is known, the row that looks most like a head: the most short texts.
    """
    best: tuple[int, int, Head] | None = None
    for sheet in workbook.sheets:
        for head in _candidates(sheet):
            hits = sum(any(known(name) for name in heading.names) for heading in head.headings)
            looks = sum(1 for heading in head.headings if len(heading.text) <= _LONGEST_HEADING)
            score = (hits, looks if not hits else -(head.last - head.first))
            if best is None or score > best[:2]:
                best = (*score, head)
    if best is None:
        return at(workbook.sheets[0], 1)
    return best[2]


def at(sheet: Sheet, first: int, last: int | None = None) -> Head:
    """The head a person pointed at: row ``first`` of the sheet, or rows ``first`` to ``last``."""
    rows = list(islice(sheet.rows(), max(first - 1, 0), last or first))
    if not rows:
        return Head(sheet.name, first, first, ())
    lower = rows[1] if len(rows) > 1 else None
    return Head(sheet.name, first, last or first, _headings(rows[0], lower))


def _candidates(sheet: Sheet) -> Iterator[Head]:
    rows = list(islice(sheet.rows(), _LOOKED_AT))
    for upper, lower in zip(rows, [*rows[1:], None], strict=True):
        if sum(isinstance(cell, str) for cell in upper.cells) < 2:
            continue
        yield Head(sheet.name, upper.number, upper.number, _headings(upper, None))
        if lower is not None and _may_be_second(upper, lower):
            yield Head(sheet.name, upper.number, lower.number, _headings(upper, lower))


def _may_be_second(upper: Row, lower: Row) -> bool:
    """Whether ``lower`` names parts of what ``upper`` names, rather than being the first record."""
    own = [cell for place, cell in enumerate(lower.cells) if cell is not None and place not in lower.filled]
    if len(own) < 2 or not all(isinstance(cell, str) and len(cell) <= _LONGEST_HEADING for cell in own):
        return False
    under_nothing = any(cell is not None and _of(upper.cells, place) is None for place, cell in enumerate(lower.cells))
    return bool(upper.wide) or under_nothing


def _headings(upper: Row, lower: Row | None) -> tuple[Heading, ...]:
    found = []
    group, until = "", 0
    width = max(len(upper.cells), len(lower.cells) if lower is not None else 0)
    for place in range(width):
        above = _of(upper.cells, place)
        below = _of(lower.cells, place) if lower is not None else None
        if lower is not None and place in lower.filled:
            below = None
        if above is not None:
            group, until = str(above), place + upper.wide.get(place, 1 if upper.wide else width)
        if below is not None:
            over = group if place < until else ""
            found.append(Heading(place, str(below), over if over != str(below) else ""))
        elif above is not None:
            found.append(Heading(place, str(above)))
    return tuple(found)


def _of(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


# -- rows below the head -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Aside:
    """This row below the head that is no record, and what it was taken for."""

    number: int
    what: str


def body(sheet: Sheet, head: Head) -> Iterator[Row | Aside]:
    """The rows below the head: records, and what was passed over and why. Blank rows are not mentioned."""
    names = {heading.place: heading.text for heading in head.headings}
    for row in islice(sheet.rows(), head.last, None):
        if row.empty:
            continue
        what = _taken_for(row, names)
        yield Aside(row.number, what) if what else row


def _taken_for(row: Row, names: dict[int, str]) -> str:
    own = [(place, cell) for place, cell in enumerate(row.cells) if cell is not None and place not in row.filled]
    place, first = own[0]
    if isinstance(first, int | float | date):
        return ""
    text = str(first)
    if _TOTAL.match(text) and all(isinstance(cell, int | float) for _, cell in own[1:]):
        return "合计行"
    if len(own) <= 2 and (_NOTE.match(text) or row.wide.get(place, 1) >= max(3, len(names) // 2)):
        return "说明行"
    if len(own) > 1 and all(names.get(where) == str(cell) for where, cell in own):
        return "重复的表头"
    return ""
