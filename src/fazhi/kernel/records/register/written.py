"""How people write names, dates and amounts: read here for form, API and spreadsheet alike."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

_EPOCH = date(1899, 12, 30)
_TAIL = r"(?:日|号)?[.。]?(?:[T ,]+\S.*|\(.*\)|(?:星期|周)\S*)?$"
_DATE = re.compile(r"^(\d{4})\s*[-/.年—–_]\s*(\d{1,2})\s*[-/.月—–_]\s*(\d{1,2})\s*" + _TAIL)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_HAN_DATE = re.compile(
    r"^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})" + _TAIL
)
_HAN = {**{each: place for place, each in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0}
_MONEY = re.compile(r"^(?:人民币|RMB)?\s*[¥￥]?\s*(-?[\d,]+(?:\.\d+)?)\s*(亿|万)?\s*(?:元(?:整)?)?$")
_NUMBER = re.compile(r"^(-?[\d,]+(?:\.\d+)?)\s*[人件次个户名家份场期宗项起年月日天岁]?$")
_TIMES = {"万": 10_000, "亿": 100_000_000, None: 1}
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_NARROW = {
    **{wide: wide - 0xFEE0 for start, end in ("０９", "ａｚ", "ＡＺ") for wide in range(ord(start), ord(end) + 1)},
    **_NOTHING,
}


def tidy(text: str) -> str:
    """This text without what cannot be seen at its ends, digits and letters in ordinary width; punctuation stays."""
    return text.translate(_NARROW).strip()


# A column of a spreadsheet repeats few words many times.
@lru_cache(maxsize=4096)
def narrowed(text: str) -> str:
    """This text with every full-width form in ordinary width: for numbers and dates, never for prose."""
    return unicodedata.normalize("NFKC", text.translate(_NOTHING)).strip()


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """This name as it is compared: whatever width, case or spacing it was typed in."""
    return "".join(narrowed(text).casefold().split())


def read_date(raw: Any) -> date | None:
    """This date, however it was written; None if it is none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return _of_number(raw)
    if not isinstance(raw, str):
        return None
    text = narrowed(raw)
    match = _DATE.match(text) or _COMPACT.match(text)
    if match is not None:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _HAN_DATE.match(text)
    if match is None:
        return None
    year = int("".join(str(_HAN[each]) for each in match[1]))
    return _day(year, _below_hundred(match[2]), _below_hundred(match[3]))


def _of_number(raw: float) -> date | None:
    if 20_000 <= raw <= 80_000:
        return _EPOCH + timedelta(days=int(raw))
    whole = int(raw)
    return _day(whole // 10_000, whole // 100 % 100, whole % 100) if 19_000_101 <= whole <= 29_991_231 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _below_hundred(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones, 0)


def read_money(raw: Any) -> int | None:
    """This amount in 分; None if it is none, or finer than a 分."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float | Decimal):
        amount = Decimal(str(raw))
    else:
        match = _MONEY.match(narrowed(str(raw)))
        if match is None:
            return None
        try:
            amount = Decimal(match[1].replace(",", "")) * _TIMES[match[2]]
        except InvalidOperation:
            return None
    fen = amount * 100
    if fen != fen.to_integral_value() and abs(fen - fen.to_integral_value()) > Decimal("0.001"):
        return None
    return int(fen.to_integral_value())


def read_number(raw: Any) -> Decimal | None:
    """This number, with or without thousands separators and a measure word; None if it is none."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float | Decimal):
        return Decimal(str(raw))
    match = _NUMBER.match(narrowed(str(raw)))
    if match is None:
        return None
    try:
        return Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return None
