"""Reading what people type: one reader for form, API and spreadsheet.

A date may be 2022-03-08, 2022/3/8, 2022.3.8, 2022年3月8日, 二〇二二年三月八日, 20220308 or a spreadsheet's serial number;
money is in 元 and may carry thousands separators or 万; a choice may be given by its label, an unmistakable part of it,
or its key. Names of units, people and records are found whatever width or spacing they were typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register.columns import Column, Kind, named_by
from fazhi.kernel.records.register.written import folded, narrowed, read_date, read_money, read_number, tidy

_TRUE = {"是", "有", "√", "✓", "y", "yes", "true", "1", "对"}
_FALSE = {"否", "无", "×", "x", "n", "no", "false", "0", "未"}
# Prose keeps its punctuation as typed; what is compared with lists is folded.
_PROSE = (Kind.TEXT, Kind.LONG_TEXT, Kind.SECRET)


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
                made.units.setdefault(folded(key), unit_id)
        if any(column.kind is Kind.ACCOUNT for column in wanted):
            for account_id, login, name in Account.objects.filter(home_id=jurisdiction_id).values_list(
                "id", "login", "name"
            ):
                for key in {folded(login), folded(name)}:
                    made.accounts.setdefault(key, []).append(account_id)
        for column in wanted:
            target = column.target
            if column.kind is Kind.RECORD and target is not None and target not in made.records:
                names: dict[str, list[int]] = {}
                rows = target._default_manager.filter(jurisdiction_id=jurisdiction_id)
                if any(each.name == "void_reason" for each in target._meta.concrete_fields):
                    living: dict[str, Any] = {"void_reason": ""}
                    rows = rows.filter(**living)
                for record_id, name in rows.values_list("id", named_by(target)):
                    names.setdefault(folded(name), []).append(record_id)
                made.records[target] = names
        return made


def read(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, Fault | None]:
    """This value a field holds for what was typed, or a fault that says what was expected. Empty reads as None or ""."""
    if isinstance(raw, str):
        raw = tidy(raw) if column.kind in _PROSE else narrowed(raw)
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
    amount = read_number(raw)
    if amount is None:
        return None, "应为数字"
    if not isinstance(column.field, models.DecimalField):
        return (int(amount), "") if amount == amount.to_integral_value() else (None, "应为整数")
    return amount, ""


def _choice(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    text = folded(str(raw))
    for key, label in column.choices:
        if text in (key.casefold(), folded(label)):
            return key, ""
    partly = {key for key, label in column.choices if text in re.split(r"[()/、]", folded(label))}
    if len(partly) == 1:
        return partly.pop(), ""
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
    ids = found.get(folded(str(raw)), [])
    if len(ids) == 1:
        return ids[0], ""
    return (
        (None, f"有{len(ids)}个同名的{what}，请改填登录名或代码")
        if ids
        else (None, f"没有这个{what}，请先登记或核对名称")
    )


def _unit(column: Column, raw: Any, lookups: Lookups) -> tuple[Any, str]:
    found = raw if isinstance(raw, int) else lookups.units.get(folded(str(raw)))
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
