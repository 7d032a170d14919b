"""Claims of quantity without digits: 全覆盖 is 100 %, 无超期 is 0, 每月召开 is 12 a year, 第六次、第七次会议 are two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fazhi.figures.lexicon import Claim, Lexicon
from fazhi.figures.model import Qualifier
from fazhi.figures.numerals import DIGITS, NumeralError, parse

_TIMES_A_YEAR: Final = {
    "半个月": 24, "半月": 24, "月": 12, "个月": 12, "两个月": 6, "两月": 6, "双月": 6, "双周": 26, "二个月": 6, "三个月": 4, "四个月": 3, "六个月": 2,
    "季": 4, "季度": 4, "个季度": 4, "半年": 2, "两周": 26, "周": 52, "星期": 52, "个星期": 52, "旬": 36, "天": 365, "日": 365,
}  # fmt: skip
_ORDINAL = re.compile(r"[一二三四五六七八九十百]+|\d+")
_QUOTE_CLOSED = re.compile(r"”(?![，。；、！？）\n]|$)")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim found: the span of its surface in the normalised text and what it says."""

    start: int
    end: int
    value: Decimal
    unit: str
    qualifier: Qualifier
    zero: bool


def claims(norm: str, words: Lexicon) -> Iterator[Claimed]:
    """Every claim without digits in a normalised text; the first pattern that matches a place wins."""
    taken: list[tuple[int, int]] = []
    for claim in words.claims:
        for found in claim.pattern.finditer(norm):
            start, end = found.span("claim")
            if any(a < end and start < b for a, b in taken) or _is_label(norm, start, end):
                continue
            if claim.not_before and claim.not_before.search(norm, max(0, start - 8), start):
                continue
            value = _value(claim, found)
            if value is None:
                continue
            taken.append((start, end))
            yield Claimed(start, end, value, _unit(claim, found), Qualifier(claim.qualifier), claim.value == "0")


def _is_label(norm: str, start: int, end: int) -> bool:
    """“零投诉”窗口 is a name: the quoted words go on to qualify a noun."""
    return start > 0 and norm[start - 1] == "“" and _QUOTE_CLOSED.match(norm, end) is not None


def _unit(claim: Claim, found: re.Match[str]) -> str:
    return claim.unit or found.groupdict().get("unit") or ""


def _value(claim: Claim, found: re.Match[str]) -> Decimal | None:
    if claim.value == "every":
        return _regularly(found.groupdict())
    if claim.value == "sessions":
        return _sessions(found["from"] + found["rest"])
    return Decimal(claim.value)


def _regularly(parts: dict[str, str | None]) -> Decimal | None:
    times = _TIMES_A_YEAR.get(parts.get("every") or parts.get("by") or "")
    if times is None:
        return None
    each = parts.get("times") or "1"
    return Decimal(times * (DIGITS[each] if each in DIGITS else int(each)))


def _sessions(written: str) -> Decimal | None:
    """How many sessions a run of ordinals names; a range counts all between."""
    try:
        numbers = [int(parse(ordinal).value) for ordinal in _ORDINAL.findall(written)]
    except NumeralError:
        return None
    if numbers != sorted(set(numbers)):
        return None
    if re.search(r"[-至到]", written) and len(numbers) == 2:
        return Decimal(numbers[1] - numbers[0] + 1)
    return Decimal(len(numbers)) if len(numbers) > 1 else None
