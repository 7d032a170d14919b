"""The changes of a record as people read them, from the images the audit keeps of its row. Secrets stay hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.db import models
from django.utils.timezone import localtime

from fazhi.kernel.casework.matters.models import Case, Step
from fazhi.kernel.casework.matters.workflow import KEEPINGS, Workflow
from fazhi.kernel.casework.procedure.amending import CORRECTED
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.audit.models import Entry, Operation, Payload
from fazhi.kernel.ground.core.fields import MoneyField, yuan
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.ground.secrets.fields import SecretField, SecretHash
from fazhi.kernel.line import LINES
from fazhi.kernel.records.register import Register
from fazhi.web import due
from fazhi.web.seats import Seat
from fazhi.web.words import said

_SHOWN = (Operation.INSERTED, Operation.UPDATED, Operation.NOTED)
# What follows from something else that is shown, or says nothing to a reader.
_SILENT = frozenset(
    {"id", "version", "phase", "title", "due_on", "recorded_at", "recorded_by", "jurisdiction_id", "historical"}
)
_MOST = 300
_HIDDEN = "（加密内容，不显示）"


def of(
    seat: Seat, register: type[Register], row: Any, act_label: Callable[[type[Register], str], str]
) -> list[dict[str, Any]]:
    """What happened to a record, newest first: when, by whom, what, from which value to which, why."""
    entries = list(
        Entry.objects.filter(row_id=row.id, table_name=row._meta.db_table, op__in=_SHOWN).order_by("id")[:_MOST]
    )
    images = dict(Payload.objects.filter(pk__in=[entry.id for entry in entries]).values_list("id", "image"))
    reasons = _reasons(row)
    reader = Reader(
        seat, type(row), [images.get(entry.id, {}) for entry in entries], [entry.actor for entry in entries]
    )
    shown: list[dict[str, Any]] = []
    before: dict[str, Any] | None = None
    for entry in entries:
        image = images.get(entry.id)
        if entry.op == Operation.NOTED and image and image.get("what") == CORRECTED and shown:
            # Written right after the change it is the reason of.
            shown[-1]["reason"] = str(image.get("reason", ""))
            continue
        act = act_label(register, entry.act.rpartition(".")[2])
        at = entry.at or entry.recorded
        change: dict[str, Any] = {
            "at": f"{localtime(at):%Y-%m-%d %H:%M}",
            "who": reader.person(entry.actor),
            "act": act,
            "items": [],
            "reason": reasons.get(at, ""),
        }
        if image is None:
            change["reason"] = said("内容已依法销毁")
        elif entry.op == Operation.NOTED:
            change |= {"act": said(str(image.get("what", act))), "reason": str(image.get("reason", ""))}
        else:
            change["items"] = reader.differences(before, image) if before is not None else []
            before = image
        shown.append(change)
    return shown[::-1]


def _reasons(row: Any) -> dict[Any, str]:
    """The reasons given with changes, by the instant of each."""
    if not isinstance(row, Case):
        return {}
    return dict(Step.objects.filter(matter_id=row.id).exclude(note="").values_list("at", "note"))


class Reader:
    """Reads images of one table: which columns differ, and what their values say."""

    def __init__(
        self, seat: Seat, model: type[models.Model], images: list[dict[str, Any]], actors: list[int | None]
    ) -> None:
        self._seat = seat
        line = LINES.get(model._meta.app_label)
        self.restricted = line is not None and line.restricted
        self._keeping = KEEPINGS.get(cast("type[Record]", model))
        self._fields = {str(field.column): field for field in model._meta.concrete_fields}
        self._names: dict[type[models.Model], dict[int, str]] = {}
        wanted: dict[type[models.Model], set[int]] = {Account: {actor for actor in actors if actor is not None}}
        for column, field in self._fields.items():
            target: Any = field.related_model if field.is_relation else None
            if target is not None and target is not Unit and column not in _SILENT:
                wanted.setdefault(target, set()).update(image[column] for image in images if image.get(column))
        for target, ids in wanted.items():
            if ids:
                rows = target._default_manager.filter(pk__in=ids)
                self._names[target] = {each.pk: getattr(each, "name", "") or str(each) for each in rows}

    def person(self, account_id: int | None) -> str:
        """The name of who did something; the system where nobody did."""
        return said("系统") if account_id is None else self._names.get(Account, {}).get(account_id, "—")

    def differences(self, before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
        """The columns in which two images differ, with both values."""
        found = []
        for column, field in self._fields.items():
            if column in _SILENT or isinstance(field, SecretHash) or before.get(column) == after.get(column):
                continue
            label = said(str(field.verbose_name))
            if isinstance(field, SecretField):
                found.append({"label": label, "was": "", "now": said(_HIDDEN)})
                continue
            found.append(
                {
                    "label": label,
                    "was": self._said(field, before.get(column), after),
                    "now": self._said(field, after.get(column), after),
                }
            )
        return found

    def _said(self, field: models.Field[Any, Any], value: Any, image: dict[str, Any]) -> str:
        if value is None or value == "":
            return ""
        if field.name == "state":
            return self._state(str(value), image)
        if field.is_relation:
            target: Any = field.related_model
            if target is Unit:
                return self._seat.home.unit_name(value)
            return self._names.get(target, {}).get(value, str(value))
        if field.flatchoices:
            return said(str(dict(field.flatchoices).get(value, value)))
        if isinstance(field, MoneyField):
            return f"{yuan(value):,.2f}"
        if isinstance(value, bool):
            return said("是") if value else said("否")
        return str(value)

    def _state(self, key: str, image: dict[str, Any]) -> str:
        """This state of a case, or of the card of one, which says itself of what kind it is."""
        keeping = self._keeping or due.keeping_named(str(image.get("record", "")))
        if keeping is None or not issubclass(keeping, Workflow) or key not in keeping.states:
            return key
        return said(keeping.states[key].label, keeping.name())
