"""Reading what people type: one reader for form, API and spreadsheet.

A date may be 2022-03-08, 2022/3/8, 2022.3.8, 2022年3月8日, 20220308 or a spreadsheet's serial number; money is in 元 and
may carry thousands separators or 万; a choice may be given by its label or its key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register.columns import Column, Kind

_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_EPOCH = date(1899, 12, 30)
_MONEY = re.compile(r"^[¥￥]?\s*(-?[\d,]+(?:\.\d+)?)\s*(亿|万)?\s*元?$")
_TRUE = {"是", "有", "√", "y", "yes", "true", "1", "对"}
_FALSE = {"否", "无", "×", "x", "n", "no", "false", "0", "未"}


@dataclass(slots=True)
class Lookups:
    """Names resolved to ids, fetched once for a batch: units, accounts, and records of other kinds."""

    units: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, list[int]] = field(default_factory=dict)
    records: dict[type[models.Model], dict[str, list[int]]] = field(default_factory=dict)

    @classmethod
    def gathered(cls, jurisdiction_id: int, columns: Iterable[Column]) -> Lookups:
        """These lookups for the references among ``columns``; needs the jurisdiction in session."""
        made = cls()
        wanted = list(columns)
        for unit_id, code, name, short in Unit.objects.filter(jurisdiction_id=jurisdiction_id).values_list(
            "id", "code", "name", "short_name"
        ):
            for key in (code, name, short):
                made.units.setdefault(key, unit_id)
        if any(column.kind is Kind.ACCOUNT for column in wanted):
            for account_id, login, name in Account.objects.filter(home_id=jurisdiction_id).values_list(
                "id", "login", "name"
            ):
                made.accounts.setdefault(login, []).append(account_id)
                made.accounts.setdefault(name, []).append(account_id)
        for column in wanted:
            target = column.target
            if column.kind is Kind.RECORD and target is not None and target not in made.records:
                names: dict[str, list[int]] = {}
                rows = target._default_manager.filter(jurisdiction_id=jurisdiction_id).values_list("id", "name")
                for record_id, name in rows:
                    names.setdefault(name, []).append(record_id)
                made.records[target] = names
        return made


def _tidy(raw: Any) -> Any:
    return unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw


def read_date(raw: Any) -> date | None:
    """This date, however it was written; None if it is none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float):
        return _EPOCH + timedelta(days=int(raw)) if 20_000 <= raw <= 80_000 else None
    match = _DATE.match(raw) or _COMPACT.match(raw) if isinstance(raw, str) else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_money(raw: Any) -> int | None:
    """This amount in 分; None if it is none, or finer than a 分."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float | Decimal):
        amount = Decimal(str(raw))
    else:
        match = _MONEY.match(raw)
        if match is None:
            return None
        try:
            amount = Decimal(match[1].replace(",", "")) * {"万": 10_000, "亿": 100_000_000, None: 1}[match[2]]
        except InvalidOperation:
            return None
    fen = amount * 100
    if fen != fen.to_integral_value() and abs(fen - fen.to_integral_value()) > Decimal("0.001"):
        return None
    return int(fen.to_integral_value())


def read(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, Fault | None]:
    """This value a field holds for what was typed, or a fault that says what was expected. Empty reads as None or ""."""
    raw = _tidy(raw)
    if raw is None or raw == "":
        return ("" if isinstance(column.field, models.CharField | models.TextField) else None), None
    value, expected = _READERS.get(column.kind, _text)(column, raw, lookups)
    if expected:
        return None, Fault(f"“{column.label}”填写为“{_short(raw)}”：{expected}", column.name)
    return value, None


def _short(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 30 else f"{text[:29]}…"


def _text(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw)
    limit = getattr(column.field, "max_length", None)
    return (text, "") if limit is None or len(text) <= limit else (None, f"最多{limit}个字，现有{len(text)}个字")


def _date(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    found = read_date(raw)
    return (found, "") if found else (None, "应为日期，例如2022-03-08")


def _money(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    found = read_money(raw)
    return (found, "") if found is not None else (None, "应为金额（元），例如12000.50")


def _number(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    try:
        amount = Decimal(str(raw).replace(",", ""))
    except InvalidOperation:
        return None, "应为数字"
    if not isinstance(column.field, models.DecimalField):
        return (int(amount), "") if amount == amount.to_integral_value() else (None, "应为整数")
    return amount, ""


def _choice(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    text = str(raw)
    for key, label in column.choices:
        if text in (key, label):
            return key, ""
    for key, label in column.choices:
        if text in re.split(r"[（()）/、]", label):
            return key, ""
    names = "、".join(label for _, label in column.choices[:12])
    return None, f"不在选项中，可填：{names}{' 等' if len(column.choices) > 12 else ''}"


def _yes_no(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    if isinstance(raw, bool):
        return raw, ""
    text = str(raw).lower()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE, ""
    return None, "请填“是”或“否”"


def _one_of(found: Mapping[str, list[int]], raw: Any, what: str) -> tuple[Any, str]:
    ids = found.get(str(raw), [])
    if len(ids) == 1:
        return ids[0], ""
    return (
        (None, f"有{len(ids)}个同名的{what}，请改填登录名或代码")
        if ids
        else (None, f"没有这个{what}，请先登记或核对名称")
    )


def _unit(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    found = raw if isinstance(raw, int) else lookups.units.get(str(raw))
    return (found, "") if found is not None else (None, "没有这个单位，请核对名称或代码")


def _account(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    return (raw, "") if isinstance(raw, int) else _one_of(lookups.accounts, raw, "人员")


def _record(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw, ""
    target: Any = column.target
    return _one_of(lookups.records.get(target, {}), raw, str(target._meta.verbose_name))


_READERS = {
    Kind.DATE: _date,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.STATE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.UNIT: _unit,
    Kind.ACCOUNT: _account,
    Kind.RECORD: _record,
}
