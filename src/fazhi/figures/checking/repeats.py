"""The same figure twice: in two places of the prose, in prose and table, in a table and its total."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage, is_count, is_plain, is_rate
from fazhi.figures.model import Role, Statement, Verdict, shown

_NOISE = re.compile(
    r"^(?:今年以来|截至目前|截至[^，]*?|全年|年内|共计?|累计|目前|其中|先后|已经?|我[市区县局省]|全[市区县省]|新区|\d{4}年度?|组织|依法|：|，|、)+"
    r"|(?:数|数量|总数|共计?|累计|合计|达到?|为|了|约|的)+$"
)
_SCOPED = re.compile(
    r"上年|去年|同期|月|季度|半年|第[一二三四五]批|每|平均|较|比|分别|其中|新增|市级|省级|区级|县级|国家级|本级|各"
)
_SHORTEST_TOPIC = 5
_TOTAL_ROW = re.compile(r"^(?:合计|总计|共计|小计|总数|全[市区县省])$")


def repeats(passage: Passage) -> Iterator[Finding]:
    """Checks figures of the same topic and unit against each other."""
    places: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in passage.measures:
        if statement.place.role is not Role.CURRENT:
            continue
        topic = _topic(passage.lead(statement))
        if len(topic) >= _SHORTEST_TOPIC and (is_count(statement) or is_rate(statement)) and not _SCOPED.search(topic):
            places[topic, statement.unit].append(statement)
    for (topic, _), found in places.items():
        yield from _compared(topic, found)


def _topic(words: str) -> str:
    before = ""
    words = re.sub(r"[“”（）《》 ]", "", words)
    while words != before:
        before, words = words, _NOISE.sub("", words)
    return words


def _compared(topic: str, found: Sequence[Statement]) -> Iterator[Finding]:
    first = found[0]
    for other in found[1:]:
        if other.bounds.meets(first.bounds):
            yield Finding(
                Check.REPEAT, Verdict.AGREES, f"“{topic}”前后两处一致：{first.surface}、{other.surface}", (other, first)
            )
        elif is_plain(first) and is_plain(other) and other.place.heading == first.place.heading:
            reason = f"“{topic}”在同一部分两处不同：{first.surface}、{other.surface}；是否同一口径，文中未说明"
            yield Finding(Check.REPEAT, Verdict.UNBOUND, reason, (other, first))
        else:
            reason = f"“{topic}”前后不一致：前为{first.surface}，后为{other.surface}"
            yield Finding(Check.REPEAT, Verdict.CONTRADICTS, reason, (other, first), first.value)


def tables(passage: Passage) -> Iterator[Finding]:
    """Checks the rows of tables against their total row, and labelled cells against the prose."""
    columns: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for cell in passage.cells:
        if cell.place.table:
            columns[cell.place.table[0], cell.place.table[2]].append(cell)
    for column in columns.values():
        yield from _total_row(column)
    yield from _against_prose(passage)


def _total_row(column: Sequence[Statement]) -> Iterator[Finding]:
    """A last row headed 合计 holds the sum of those above it."""
    total = column[-1]
    parts = column[:-1]
    if len(parts) < 2 or not _TOTAL_ROW.match(total.topic.split(" ")[0]) or not is_count(total):
        return
    sum_ = sum((p.value or Decimal(0) for p in parts), Decimal(0))
    if total.value == sum_:
        yield Finding(Check.TABLE, Verdict.AGREES, f"表中{total.topic}与各行之和一致", (total, *parts))
    else:
        reason = f"表中{total.topic}为{total.surface}，各行之和为{shown(sum_)}{total.unit}"
        yield Finding(Check.TABLE, Verdict.CONTRADICTS, reason, (total, *parts), sum_)


def _against_prose(passage: Passage) -> Iterator[Finding]:
    told: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in passage.measures:
        told[_topic(passage.lead(statement)), statement.unit].append(statement)
    for cell in passage.cells:
        row = cell.topic.partition(" ")[0]
        if cell.place.role is not Role.CURRENT:
            continue
        label = _topic(re.sub(r"（[^（）]*）", "", row))
        for (topic, unit), found in told.items():
            same = topic == label or (len(label) >= _SHORTEST_TOPIC and topic.endswith(label))
            if unit == cell.unit and len(label) > 3 and same and not _SCOPED.search(topic):
                yield from _cell_and_prose(cell, found[0])


def _cell_and_prose(cell: Statement, prose: Statement) -> Iterator[Finding]:
    if cell.bounds.meets(prose.bounds):
        reason = f"表中{cell.topic}{cell.surface}与文中{prose.surface}一致"
        yield Finding(Check.TABLE, Verdict.AGREES, reason, (prose, cell))
    else:
        reason = f"表中{cell.topic}为{cell.surface}，文中为{prose.surface}，不一致"
        yield Finding(Check.TABLE, Verdict.CONTRADICTS, reason, (prose, cell), cell.value)
