"""Columns: one field of a record as people see it, whatever the surface."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Keeping, Workflow
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.fields import MoneyField, field_of, yuan
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.ground.secrets.fields import SecretField


class Kind(StrEnum):
    """What sort of value a column holds; surfaces choose widget, alignment and filter by it."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    STATE = "state"
    DATE = "date"
    INSTANT = "instant"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    UNIT = "unit"
    ACCOUNT = "account"
    RECORD = "record"
    SECRET = "secret"  # noqa: S105 — the name of a kind


@dataclass(frozen=True, slots=True)
class Column:
    """This column: the field's name, label, kind, the path a list reads, and its choices, if any."""

    name: str
    label: str
    kind: Kind
    path: str
    field: models.Field[Any, Any]
    choices: tuple[tuple[str, str], ...] = ()
    target: type[models.Model] | None = None
    help: str = ""

    @property
    def numeric(self) -> bool:
        """Whether values stand at the right with tabular digits."""
        return self.kind in (Kind.NUMBER, Kind.MONEY)

    def show(self, value: Any) -> str:
        """This stored value as people read it; empty for nothing."""
        if value is None or value == "":
            return ""
        if self.choices:
            return dict(self.choices).get(value, str(value))
        match self.kind:
            case Kind.DATE:
                return value.isoformat() if isinstance(value, date) else str(value)
            case Kind.INSTANT:
                return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else str(value)
            case Kind.MONEY:
                return f"{yuan(value):,.2f}"
            case Kind.YES_NO:
                return "是" if value else "否"
            case _:
                return str(value)

    def plain(self, value: Any) -> Any:
        """This stored value for a spreadsheet or JSON: numbers stay numbers, money in 元, choices as labels."""
        if value is None:
            return None
        if self.kind is Kind.MONEY:
            return Decimal(yuan(value))
        if self.choices or self.kind is Kind.YES_NO:
            return self.show(value)
        return str(value) if self.kind is Kind.SECRET else value


_PLAIN = (
    (SecretField, Kind.SECRET),
    (MoneyField, Kind.MONEY),
    (models.BooleanField, Kind.YES_NO),
    (models.DateTimeField, Kind.INSTANT),
    (models.DateField, Kind.DATE),
    (models.IntegerField, Kind.NUMBER),
    (models.DecimalField, Kind.NUMBER),
    (models.TextField, Kind.LONG_TEXT),
)


def named_by(target: type[models.Model]) -> str:
    """This field by which people name a record that another refers to: a case by its number, all else by name."""
    return "number" if issubclass(target, Case) else "name"


def column_of(keeping: type[Keeping], reference: Any) -> Column:
    """This column of a field reference in a register's declaration (``Mediation.amount``)."""
    field = field_of(reference)
    label = str(getattr(field, "verbose_name", field.name))
    help_text = str(getattr(field, "help_text", "") or "")
    if field.name == "state" and issubclass(keeping, Workflow):
        states = tuple((state.key, state.label) for state in keeping.states.values())
        return Column("state", label, Kind.STATE, "state", field, states)
    if field.is_relation:
        target: Any = field.related_model
        kind = Kind.UNIT if target is Unit else Kind.ACCOUNT if target is Account else Kind.RECORD
        shown = "short_name" if kind is Kind.UNIT else named_by(target)
        return Column(field.name, label, kind, f"{field.name}__{shown}", field, (), target, help_text)
    choices = tuple((str(key), str(text)) for key, text in (field.flatchoices or ()))
    if choices:
        return Column(field.name, label, Kind.CHOICE, field.name, field, choices, None, help_text)
    for type_, kind in _PLAIN:
        if isinstance(field, type_):
            return Column(field.name, label, kind, field.name, field, (), None, help_text)
    return Column(field.name, label, Kind.TEXT, field.name, field, (), None, help_text)
