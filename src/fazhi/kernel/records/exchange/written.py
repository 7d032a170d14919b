"""How values stand in an exported file, and whether what came back in a cell is still the same."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from fazhi.kernel.ground.core.fields import yuan
from fazhi.kernel.ground.secrets.fields import Secret
from fazhi.kernel.records.register import Column, Kind
from fazhi.kernel.records.register.written import folded, read_date, read_money, read_number, tidy

# What a spreadsheet program takes for the beginning of a formula, in ordinary and in full width.
FORMULA = "=+-@\t\r＝＋－＠"
_LEADS_A_FORMULA = re.compile(rf"^[{re.escape(FORMULA)}]")
# A cell holds 32,767 characters; a longer text is cut with a word about it.
_LONGEST = 32_000
_CUT = "…（未完，全文见系统）"
_NAMES = (Kind.CHOICE, Kind.STATE, Kind.UNIT, Kind.ACCOUNT, Kind.RECORD, Kind.YES_NO)


def safe(text: str) -> str:
    """This text for a cell: never a formula, never longer than a cell holds."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + _CUT
    return f"'{text}" if _LEADS_A_FORMULA.match(text) else text


def exported(column: Column, value: Any, *, clear: bool = False) -> Any:
    """This stored value in a cell: dates and numbers as such, money in 元, text without force. ``clear`` shows secrets."""
    if value is None or value == "":
        return None
    if column.choices or column.kind is Kind.YES_NO:
        return safe(column.show(value))
    match column.kind:
        case Kind.MONEY:
            return yuan(value)
        case Kind.INSTANT:
            return localtime(value).replace(tzinfo=None, second=0, microsecond=0)
        case Kind.DATE | Kind.NUMBER:
            return value
        case Kind.SECRET if isinstance(value, Secret) and clear:
            return safe(value.reveal())
        case _:
            return safe(str(value))


def same(column: Column, present: Any, cell: Any, raw: Any) -> bool:
    """Whether a cell says what the record says. ``cell`` is as prepared for reading, ``raw`` as it stands in the file."""
    if cell is None or present is None or present == "":
        return (cell is None) == (present is None or present == "")
    match column.kind:
        case Kind.MONEY:
            return read_money(cell) == int(present)
        case Kind.NUMBER:
            return read_number(cell) == Decimal(present)
        case Kind.DATE:
            return bool(read_date(cell) == present)
        case Kind.INSTANT:
            moment = localtime(present).strftime("%Y-%m-%d %H:%M")
            return (cell.strftime("%Y-%m-%d %H:%M") if isinstance(cell, datetime) else str(cell)[:16]) == moment
        case Kind.SECRET:
            return str(cell) in (str(present), present.reveal())
    text = str(exported(column, present))
    if column.kind in _NAMES:
        return folded(text) == folded(str(cell))
    return tidy(text).replace("\r\n", "\n") == str(raw).replace("\r\n", "\n")
