"""From a register's columns to form fields, and from what was typed back to values; one way for every form of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.matters.workflow import KEEPINGS, Keeping
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.codes import CodeField
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.core.fields import yuan
from fazhi.kernel.records.register import Column, Kind, Lookups, read
from fazhi.kernel.records.register.columns import named_by
from fazhi.web.fields import Shown, choice_field, options, text_field
from fazhi.web.homes import Home
from fazhi.web.words import said

# Up to so many units or records are offered at once; more are looked up by what is typed.
_OFFERED = 60
_MARKED = re.compile(r"^(?P<name>.*?)［(?P<id>\d+)］$")
_WIDGETS = {Kind.LONG_TEXT: "textarea", Kind.DATE: "date", Kind.INSTANT: "datetime-local"}
_REFERENCES = (Kind.UNIT, Kind.ACCOUNT, Kind.RECORD)


@dataclass(slots=True)
class Typed:
    """What was typed into the fields of some columns: values that could be read, and faults of those that could not."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who fills in a form, where: what fields need to offer choices."""

    actor: Actor
    home: Home
    keeping: type[Keeping]
    today: date


def fields_of(
    columns: Iterable[Column],
    desk: Desk,
    *,
    typed: QueryDict | None = None,
    initial: Mapping[str, Any] | None = None,
    required: Sequence[str] = (),
    history: bool = False,
) -> list[Shown]:
    """These fields, showing again what was ``typed``, else the ``initial`` values (as a record holds them)."""
    shown = []
    for column in columns:
        if typed is not None:
            value: Any = typed.get(column.name, "")
        else:
            value = as_typed(column, (initial or {}).get(column.name))
        shown.append(_field(column, desk, value, required=column.name in required, history=history))
    return shown


def as_typed(column: Column, value: Any) -> str:
    """This stored value as somebody would type it; secrets are never put into a form again."""
    if value is None or value == "" or column.kind is Kind.SECRET:
        return ""
    if column.kind is Kind.MONEY and isinstance(value, int):
        return f"{yuan(value):f}"
    if column.kind is Kind.YES_NO:
        return "1" if value else "0"
    if column.kind is Kind.UNIT:
        return str(getattr(value, "pk", value))
    if isinstance(value, date) and column.kind is Kind.DATE:
        return value.isoformat()
    return str(value)


def _field(column: Column, desk: Desk, value: str, *, required: bool, history: bool) -> Shown:
    name, label = column.name, said(column.label, desk.keeping.name())
    # A choice that has a default and may not be empty is never asked as if it could be left out.
    required = required or (bool(column.choices) and column.field.has_default() and not column.field.blank)
    more: dict[str, Any] = {"required": required, "help": said(column.help)}
    if column.kind is Kind.YES_NO:
        if column.field.null:
            return choice_field(name, label, [("1", said("是")), ("0", said("否"))], value, **more)
        return text_field(name, label, value in ("1", "on"), kind="bool", **more)
    if column.choices:
        return choice_field(name, label, _choices(column, desk.today, value, history=history), value, **more)
    if column.kind is Kind.UNIT:
        units = [(str(unit.id), unit.name) for unit in desk.home.units.values() if unit.open or str(unit.id) == value]
        return choice_field(name, label, units, value, **more)
    if column.kind in (Kind.ACCOUNT, Kind.RECORD):
        offered = offered_names(column, desk)
        lookup = "" if offered else lookup_address(desk.keeping, column)
        shown = options([(each, "") for each in offered], ())
        return text_field(name, label, value, kind="ref", options=shown, lookup=lookup, **more)
    if column.kind is Kind.MONEY:
        return text_field(name, label, value, unit=said("元"), **more)
    if column.kind is Kind.NUMBER:
        return text_field(name, label, value, inputmode="decimal", **more)
    kind = _WIDGETS.get(column.kind, "text")
    wide = kind == "textarea" or (getattr(column.field, "max_length", None) or 0) > 100
    if column.kind is Kind.SECRET and not more["help"]:
        more["help"] = said("加密保存，显示时遮盖")
    return text_field(name, label, value, kind=kind, wide=wide, **more)


def _choices(column: Column, today: date, value: str, *, history: bool) -> list[tuple[str, str]]:
    codes = column.field.codes if isinstance(column.field, CodeField) else None
    if codes is None or history:
        return [(key, said(label, column.name)) for key, label in column.choices]
    return [
        (key, said(label, column.name))
        for key, label in column.choices
        if key == value or codes.codes[key].current(today)
    ]


def lookup_address(keeping: type[Keeping], column: Column) -> str:
    """Where names for a reference are looked up by their beginning."""
    return f"/lookup/{keeping.name().replace('.', '/')}/{column.name}/"


def offered_names(column: Column, desk: Desk, beginning: str = "", most: int = _OFFERED) -> list[str]:
    """These names a reference may be given, or none when there are too many to offer and nothing was typed."""
    rows, called = _named(column, desk.actor), _called(column)
    if beginning:
        rows = rows.filter(**{f"{called}__contains": beginning})
    found: list[tuple[int, str]] = list(rows.order_by(called, "id").values_list("id", called)[: most + 1])
    if len(found) > most and not beginning:
        return []
    names = [name for _, name in found]
    return [name if names.count(name) == 1 else f"{name}［{row_id}］" for row_id, name in found[:most]]


def _called(column: Column) -> str:
    return named_by(column.target) if column.target is not None else "name"


def _named(column: Column, actor: Actor) -> Any:
    """The rows a reference may point to, as far as ``actor`` sees them."""
    if column.kind is Kind.ACCOUNT:
        return Account.objects.filter(home_id=actor.jurisdiction_id, is_active=True)
    target: Any = column.target
    return reachable(actor, target) if target in KEEPINGS else target.objects.none()


def values_of(
    columns: Iterable[Column], typed: QueryDict, desk: Desk, *, current: Mapping[str, Any] | None = None
) -> Typed:
    """These values of what was typed; a reference left as ``current`` shows it stays what it is."""
    wanted = list(columns)
    lookups = (
        Lookups.gathered(desk.actor.jurisdiction_id, [each for each in wanted if each.kind in _REFERENCES])
        if any(each.kind in _REFERENCES for each in wanted)
        else Lookups()
    )
    found = Typed()
    for column in wanted:
        raw = typed.get(column.name, "").strip()
        if column.kind is Kind.SECRET and not raw and current is not None:
            continue
        value, fault = _read(column, raw, lookups, desk, (current or {}).get(column.name))
        if fault is not None:
            found.faults.append(fault)
        else:
            found.values[column.name] = value
    return found


def _read(column: Column, raw: str, lookups: Lookups, desk: Desk, current: Any) -> tuple[Any, Fault | None]:
    if column.kind is Kind.YES_NO and not column.field.null:
        return raw in ("1", "on"), None
    if column.kind in _REFERENCES and raw:
        if current is not None and raw == as_typed(column, current):
            return current.pk, None
        return _reference(column, raw, lookups, desk)
    return read(column, raw, lookups)


def _reference(column: Column, raw: str, lookups: Lookups, desk: Desk) -> tuple[Any, Fault | None]:
    if column.kind is Kind.UNIT:
        if raw.isdigit():
            return (
                (int(raw), None)
                if int(raw) in desk.home.units
                else (None, Fault("没有这个单位，请重新选择", column.name))
            )
        return read(column, raw, lookups)
    marked = _MARKED.match(raw)
    if marked is None:
        return read(column, raw, lookups)
    row_id = int(marked["id"])
    if not _named(column, desk.actor).filter(**{"pk": row_id, _called(column): marked["name"]}).exists():
        return None, Fault(f"没有“{raw}”，请从列表中重新选择", column.name)
    return row_id, None
