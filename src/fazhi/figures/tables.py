"""Figures in the cells of tables: their unit stands in the cell, in the head of the column or row, or in a line above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fazhi.figures.layout import Span
from fazhi.figures.model import PERCENT
from fazhi.figures.numerals import SCALES, NumeralError, parse
from fazhi.figures.phrases import Grammar, Phrase
from fazhi.figures.text import Text

_NUMERIC = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?P<scale>[万亿]?)$")
_BRACKET = re.compile(r"（(?:单位：?)?(?P<unit>[^（）]{1,8})）$")
_CAPTION = re.compile(r"单位：(?P<unit>[^\s（）；。\t\n]{1,12})")
_COUNTED: Final = (
    "人次",
    "件次",
    "场次",
    "户次",
    "项次",
    "家次",
    "人数",
    "件数",
    "场数",
    "次数",
    "户数",
    "家数",
    "起数",
    "个数",
    "份数",
)
_UNIT_COLUMN = re.compile(r"(?:计量)?单位$")
_PERCENT_HEAD = re.compile(r"率$|占比|比例|比重|增幅|增速|增长|同比|%")
_MONEY_HEAD = re.compile(r"款|金|额|费|资产|收入|支出|产值|损失|价值")
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?$")
_YEARS = re.compile(r"(?:19|20)\d{2}(?=年|$|\s)")
_LONGEST_CAPTION = 80


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together: the spans of their cells and the words in them, the caption above."""

    cells: tuple[tuple[Span, ...], ...]
    words: tuple[tuple[str, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A numeric cell with its labels; `earlier` tells whether its column is of an earlier year than another."""

    phrase: Phrase
    row: str
    column: str
    place: tuple[int, int, int]
    earlier: bool


def tables(text: Text) -> Iterator[Table]:
    """The tables of a text, in order; a second head below figures begins a table of its own."""
    group: list[tuple[Span, ...]] = []
    filled = False
    for row in text.rows:
        figures = _has_figures(_words(text, row))
        if group and (row[0][0] != group[-1][-1][1] + 1 or (filled and not figures and len(row) > 1)):
            yield _table(text, group)
            group, filled = [], False
        group.append(row)
        filled = filled or figures
    if group:
        yield _table(text, group)


def _words(text: Text, row: Sequence[Span]) -> tuple[str, ...]:
    return tuple(text.norm[a:b].strip() for a, b in row)


def _has_figures(words: Sequence[str]) -> bool:
    return any(_NUMERIC.match(word) and not _YEAR.match(word) for word in words[1:])


def _table(text: Text, rows: Sequence[tuple[Span, ...]]) -> Table:
    start = rows[0][0][0]
    above = text.norm[max(0, start - _LONGEST_CAPTION) : max(0, start - 1)]
    caption = "\n".join(above.split("\n")[-2:])
    return Table(tuple(rows), tuple(_words(text, row) for row in rows), caption)


def cells(text: Text, grammar: Grammar) -> Iterator[Cell]:
    """The numeric cells of all tables with their unit, those of numbering and contact columns left out."""
    for number, table in enumerate(tables(text)):
        heads = _heads(table)
        for i in range(heads, len(table.words)):
            yield from _row(table, grammar, (number, i), heads)


def numeric_spans(text: Text) -> Iterator[Span]:
    """The cells that hold a number and nothing else, whether it is a figure or a running number."""
    return (span for row in text.rows for span in row if _NUMERIC.match(text.norm[slice(*span)].strip()))


def _heads(table: Table) -> int:
    """How many rows at the top are heads: those without a numeric cell but years."""
    return next((i for i, row in enumerate(table.words) if _has_figures(row)), len(table.words))


def _row(table: Table, grammar: Grammar, at: tuple[int, int], heads: int) -> Iterator[Cell]:
    words = table.words[at[1]]
    label = _label(words)
    if grammar.lexicon.bare_columns.search(label):
        return
    for j, word in enumerate(words):
        written = _NUMERIC.match(word)
        if written is None:
            continue
        column = _column(table, heads, j, len(words))
        if grammar.lexicon.bare_columns.search(column) or (j == 0 and heads and not column):
            continue
        phrase = _phrase(table.cells[at[1]][j], word)
        if phrase is None or (j == 0 and _is_numbering(table, heads)):
            continue
        _set_unit(phrase, grammar, _unit_of(table, at[1], heads, j, column, label, grammar))
        yield Cell(phrase, label, column, (at[0], at[1], j), _is_earlier(table, heads, column))


def _label(words: Sequence[str]) -> str:
    """The words that name a row: its first cell that is not a number."""
    return next((word for word in words if word and not _NUMERIC.match(word)), "")


def _column(table: Table, heads: int, j: int, width: int) -> str:
    """The words above column `j`, all heads together; heads narrower than the body are set flush right."""
    found = []
    for row in table.words[:heads]:
        k = j - (width - len(row)) if len(row) < width else j
        if 0 <= k < len(row):
            found.append(row[k])
    return " ".join(dict.fromkeys(found))


def _is_earlier(table: Table, heads: int, column: str) -> bool:
    own = _YEARS.findall(column)
    years = _YEARS.findall(" ".join(" ".join(row) for row in table.words[:heads]))
    return bool(own) and max(own) < max(years)


def _is_numbering(table: Table, heads: int) -> bool:
    first = [row[0] for row in table.words[heads:] if row]
    return first == [str(n) for n in range(1, len(first) + 1)]


def _phrase(span: Span, word: str) -> Phrase | None:
    try:
        number = parse(word.lstrip("+-"))
    except NumeralError:
        return None
    scaled = word[-1] in "万亿"
    return Phrase(
        span[0], span[1], span[0], span[1], number.value, number.value, number.place, number.step,
        scaled=scaled, negative=word.startswith("-"),
    )  # fmt: skip


def _unit_of(table: Table, i: int, heads: int, j: int, column: str, label: str, grammar: Grammar) -> str:
    for head in (column, label):
        if unit := _unit_in(head, grammar):
            return unit
    for k, cell in enumerate(table.words[i]):
        if k != j and (_UNIT_COLUMN.search(_column(table, heads, k, len(table.words[i]))) and cell):
            return cell
    if _PERCENT_HEAD.search(column) or label.endswith(("率", "占比", "比例", "比重")):
        return PERCENT
    above = _unit_in(_spanning(table, heads), grammar)
    return _counted(label) or _counted(column) or above or _captioned(table.caption, column + label, grammar)


def _spanning(table: Table, heads: int) -> str:
    """A head that stands alone in its row is said of all columns."""
    for row in table.words[:heads]:
        filled = [word for word in row if word]
        if len(filled) == 1:
            return filled[0]
    return ""


def _captioned(caption: str, head: str, grammar: Grammar) -> str:
    """The unit stated above a table; of several, the one that suits the head of the column or row."""
    found = _CAPTION.search(caption)
    if found is None:
        return _unit_in(caption.rsplit("\n", maxsplit=1)[-1], grammar)
    units = re.split(r"[、/，]", found["unit"])
    money = next((unit for unit in units if unit.endswith("元")), "")
    return money if money and _MONEY_HEAD.search(head) else units[0]


def _unit_in(head: str, grammar: Grammar) -> str:
    """The unit a head states in brackets (金额（万元）) or consists of (件)."""
    bracket = _BRACKET.search(head)
    if bracket and grammar.unit.match(bracket["unit"]):
        return bracket["unit"]
    return head if grammar.unit.match(head) else ""


def _counted(head: str) -> str:
    for word in _COUNTED:
        if head.endswith(word):
            return word if word[-1] == "次" else word[:-1]
    return ""


def _set_unit(phrase: Phrase, grammar: Grammar, unit: str) -> None:
    found = grammar.unit.match(unit)
    if not found:
        phrase.unit, phrase.sort = unit, "count" if unit else ""
        return
    phrase.unit, phrase.sort = found["unit"], grammar.sort_of(found["unit"])
    for sign in found["scale"] or "":
        phrase.scale(Decimal(SCALES[sign]))
