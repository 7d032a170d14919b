"""Changes against the values they lie between: 由76%提升至92%，提高16个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage, decimals_of, is_count, is_plain, is_rate, rounded
from fazhi.figures.model import PERCENT, PERCENTAGE_POINT, Statement, Verdict, shown

_UP: Final = "增长|上升|提高|提升|增加|增至|扩大|多"
_DOWN: Final = "下降|减少|降低|缩短|压缩|压减|回落|降|少"
_MOVED = re.compile(rf"(?:{_UP}|{_DOWN})[^，。；]{{0,3}}$")
_FELL = re.compile(rf"(?:{_DOWN})[^，。；]{{0,3}}$")
_TO = re.compile(r"^[^，。；、]{0,10}(?:至|到|为|成)(?:了)?$")
_FROM = re.compile(r"(?:由|从)[^，。；]{0,10}$")
# 由60%提升至80%，较上年多3个百分点 compares with another value.
_AGAINST = re.compile(r"较|比|同比|环比")
_LAST_YEAR = re.compile(r"上年|去年|20\d{2}年")
_NEXT = re.compile(
    r"^(?:，|；|、|（)?(?:同比|较上年|比上年|较去年|比去年|累计|共|环比|平均|分别)?(?:净)?[^，。；]{0,6}$"
)


def changes(passage: Passage) -> Iterator[Finding]:
    """Checks every change stated right after the two values it lies between, or after a value and a difference."""
    for _, found in passage.by_sentence:
        for i, first in enumerate(found):
            rest = found[i + 1 : i + 3]
            if len(rest) == 2:
                yield from _from_to(passage, first, rest)
                yield from _by(passage, first, rest)


def _from_to(passage: Passage, first: Statement, rest: Sequence[Statement]) -> Iterator[Finding]:
    second, change = rest
    if (
        first.unit != second.unit
        or not _FROM.search(passage.lead(first))
        or not _TO.match(passage.between(first, second))
    ):
        return
    if not _follows(passage, second, change) or not all(map(is_plain, (first, second, change))):
        return
    if first.value is None or second.value is None or change.value is None or not first.value:
        return
    if _AGAINST.search(passage.between(second, change)) and not _LAST_YEAR.search(passage.lead(first)):
        return
    moved = abs(second.value - first.value)
    told = f"由{first.surface}到{second.surface}"
    if change.unit == PERCENTAGE_POINT and is_rate(first):
        yield _compared(change, moved, f"{told}相差{shown(moved)}个百分点", (change, first, second))
    elif change.unit == PERCENT and not is_rate(first):
        percent = moved * 100 / first.value
        yield _compared(change, percent, f"{told}变化{shown(rounded(percent, 2))}%", (change, first, second))
    elif change.unit == PERCENT and is_rate(first) and change.value == moved:
        reason = f"{told}相差{shown(moved)}个百分点，写作“{change.surface}”易误解为相对变化"
        yield Finding(Check.CHANGE, Verdict.EXPLAINED, reason, (change, first, second))
    elif change.unit == first.unit and is_count(change):
        yield _compared(change, moved, f"{told}相差{shown(moved)}{first.unit}", (change, first, second))


def _by(passage: Passage, value: Statement, rest: Sequence[Statement]) -> Iterator[Finding]:
    """办结967件，较上年增加351件，增长57%."""
    difference, percent = rest
    if value.unit != difference.unit or percent.unit != PERCENT or not is_count(value):
        return
    if not (_follows(passage, value, difference) and _follows(passage, difference, percent)):
        return
    if not all(map(is_plain, (value, difference, percent))) or value.value is None or difference.value is None:
        return
    fell = _FELL.search(passage.lead(difference)) is not None
    before = value.value + difference.value if fell else value.value - difference.value
    if before <= 0:
        return
    right = difference.value * 100 / before
    told = f"上年为{shown(before)}{value.unit}，变化{shown(rounded(right, 2))}%"
    yield _compared(percent, right, told, (percent, value, difference))


def _follows(passage: Passage, left: Statement, right: Statement) -> bool:
    between = passage.between(left, right)
    return _NEXT.match(between) is not None and _MOVED.search(between) is not None


def _compared(change: Statement, right: Decimal, told: str, statements: tuple[Statement, ...]) -> Finding:
    decimals = decimals_of(change)
    fits = change.value is not None and abs(change.value - right) < Decimal(1).scaleb(-decimals)
    if fits:
        return Finding(Check.CHANGE, Verdict.AGREES, f"{told}，与{change.surface}相符", statements)
    return Finding(
        Check.CHANGE, Verdict.CONTRADICTS, f"{told}，与{change.surface}不符", statements, rounded(right, decimals)
    )
