"""Dates and periods: the spans of a text in which numbers tell when, not how many."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?:\s*\d{{1,2}}：\d{{2}}(?:：\d{{2}})?)?"
    rf"|{_YEAR}(?:[、，和与及至到-]{_YEAR})*(?:年(?:度|底|末|初|版)?|(?=[-—至到]{_YEAR}年))"
    rf"(?:{_SMALL}月(?:份|底|末|初)?(?:{_SMALL}日)?)?(?:(?:[-至到]{{1,2}})(?:{_SMALL}月(?:份|底|末|初)?)?(?:{_SMALL}日)?(?<=[月日份底末初]))?"
    rf"|{_SMALL}月(?:份|底|末|初)?{_SMALL}日(?:(?:[-至到、])(?:{_SMALL}月)?{_SMALL}日)*"
    rf"|(?<![\d个]){_SMALL}(?:[-至到、和]{_SMALL})?月(?:份|底|末|初)?(?!份额)"
    rf"|(?<=[月日][、至到和-]){_SMALL}日"
)
_FULL = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_FIRST_YEAR = re.compile(r"(?:19|20)\d{2}")
_CHINESE_YEAR = re.compile(r"[一二][〇○零九][〇○零一二三四五六七八九]{2}")


class DateSpan(NamedTuple):
    """A date or period as written; `year` is the year it names, if any."""

    start: int
    end: int
    year: int | None


def dates(norm: str) -> Iterator[DateSpan]:
    """Every date and calendar period of a normalised text, in order."""
    for found in _DATE.finditer(norm):
        yield DateSpan(found.start(), found.end(), _year(found[0]))


def _year(written: str) -> int | None:
    if arabic := _FIRST_YEAR.match(written):
        return int(arabic[0])
    if chinese := _CHINESE_YEAR.match(written):
        return int("".join(str("〇一二三四五六七八九".index("〇" if c in "○零" else c)) for c in chinese[0]))
    return None


def impossible(written: str) -> str:
    """Why the date as written cannot be (2月30日, 13月), in Chinese; empty when it can or does not name a month."""
    for found in _FULL.finditer(written):
        month = int(found["month"])
        if not 1 <= month <= 12:
            return f"没有{month}月"
        if not found["day"]:
            continue
        # Without a year 2月29日 may be right.
        days = monthrange(int(found["year"]), month)[1] if found["year"] else monthrange(2024, month)[1]
        if not 1 <= int(found["day"]) <= days:
            return f"{found['year'] + '年' if found['year'] else ''}{month}月没有{int(found['day'])}日"
    return ""
