"""Values as JSON: keys of choices, days and instants in ISO form, money as a decimal text in 元, references with id and name.

The same declaration gives the value and its schema, so that what is described is what is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.timezone import localtime

from fazhi.kernel.ground.core.fields import yuan
from fazhi.kernel.ground.secrets.fields import Secret
from fazhi.kernel.records.register import Column, Kind, Register
from fazhi.kernel.records.register.columns import column_of

REFERENCES = (Kind.UNIT, Kind.ACCOUNT, Kind.RECORD)
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JsonColumn(Column):
    """A column whose value is shown as JSON."""

    def show(self, value: Any) -> Any:
        """This stored value as JSON."""
        return json_of(self, value)


def json_of(column: Column, value: Any) -> Any:
    """This stored value of a column as JSON; None for nothing."""
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.MONEY:
            return f"{yuan(value):.2f}"
        case Kind.YES_NO:
            return bool(value)
        case Kind.DATE:
            return value.isoformat()
        case Kind.INSTANT:
            return localtime(value).isoformat(timespec="seconds")
        case Kind.NUMBER:
            return value if isinstance(value, int) else f"{value:f}"
        case _:
            return str(value)


def plain(value: Any) -> Any:
    """This value of a field, whatever it is, as JSON: for what others have changed meanwhile."""
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Secret | Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


class Row:
    """How rows of a list, or one record, become objects: the columns to read, and the object made of what was read."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns: list[JsonColumn] = []
        self._parts: list[tuple[str, int, int | None]] = []
        for column in columns:
            at = len(self.columns)
            self.columns.append(JsonColumn(**{each.name: getattr(column, each.name) for each in fields(column)}))
            if column.kind in REFERENCES:
                attribute = str(getattr(column.field, "attname", column.name))
                self.columns.append(
                    JsonColumn(attribute, column.label, Kind.RECORD, attribute, column.field, (), column.target)
                )
            self._parts.append((column.name, at, at + 1 if column.kind in REFERENCES else None))

    def objected(self, record_id: int, cells: Sequence[Any]) -> dict[str, Any]:
        """This row as an object."""
        made: dict[str, Any] = {"id": record_id}
        for name, at, reference in self._parts:
            value = cells[at]
            if reference is not None:
                key = cells[reference]
                value = None if key is None else {"id": int(key), "name": value}
            made[name] = value
        return made


def every_column(register: type[Register]) -> list[Column]:
    """All columns of a register, with those every record has."""
    record = register.record()
    names = {field.name for field in record._meta.concrete_fields}
    base = ("number", "title", "state", "unit", "handler", "opened_on", "on", "valid_from", "valid_to", "due_on")
    found = dict(register.all_columns)
    for name in base:
        if name in names and name not in found:
            found[name] = column_of(register.keeping, record._meta.get_field(name))
    return list(found.values())


# -- schemas -----------------------------------------------------------------------------------------------------------


def schema_of(column: Column, *, typed: bool = False) -> Schema:
    """The schema of a column's value as sent, or with ``typed`` as it may be given."""
    made = _given(column) if typed else _sent(column)
    made["title"] = column.label
    if column.help:
        made["description"] = column.help
    return made


def _sent(column: Column) -> Schema:
    match column.kind:
        case Kind.CHOICE | Kind.STATE:
            return {"type": ["string", "null"], "enum": [*(key for key, _ in column.choices), None]}
        case Kind.YES_NO:
            return {"type": ["boolean", "null"]}
        case Kind.DATE:
            return {"type": ["string", "null"], "format": "date"}
        case Kind.INSTANT:
            return {"type": ["string", "null"], "format": "date-time"}
        case Kind.MONEY:
            return {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$", "description": "元"}
        case Kind.NUMBER if isinstance(column.field, models.IntegerField):
            return {"type": ["integer", "null"]}
        case Kind.NUMBER:
            return {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
        case Kind.UNIT | Kind.ACCOUNT | Kind.RECORD:
            return {"anyOf": [{"$ref": "#/components/schemas/Reference"}, {"type": "null"}]}
        case _:
            return {"type": ["string", "null"]}


def _given(column: Column) -> Schema:
    match column.kind:
        case Kind.UNIT | Kind.ACCOUNT | Kind.RECORD:
            return {"type": ["integer", "string", "null"], "description": "编号、名称或代码"}
        case Kind.MONEY | Kind.NUMBER:
            return {
                "type": ["number", "string", "null"],
                **({"description": "元"} if column.kind is Kind.MONEY else {}),
            }
        case Kind.YES_NO:
            return {"type": ["boolean", "string", "null"]}
        case Kind.CHOICE | Kind.STATE:
            known = "、".join(f"{key}（{label}）" for key, label in column.choices)
            return {"type": ["string", "null"], "description": f"代码或名称：{known}"}
        case _:
            return _sent(column)
