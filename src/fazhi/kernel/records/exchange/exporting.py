"""Export: exactly the list shown, streamed to a file, by those who may, and noted in the audit.

The last column, 系统编号, is what the list does not show: by it an edited row finds its record again when it is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from django.db.models import F

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.audit.notes import noted
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused
from fazhi.kernel.records.exchange.targets import ID_LABEL
from fazhi.kernel.records.exchange.telling import Teller, nobody
from fazhi.kernel.records.exchange.workbooks import Field, FileFormat, write
from fazhi.kernel.records.exchange.written import exported
from fazhi.kernel.records.register import Column, Kind, Listing, Register

_AT_ONCE = 2_000
_LOOKS = {Kind.DATE: "date", Kind.INSTANT: "instant", Kind.MONEY: "money", Kind.TEXT: "text", Kind.SECRET: "text"}
_WIDTHS = {Kind.LONG_TEXT: 40, Kind.INSTANT: 18, Kind.DATE: 12, Kind.YES_NO: 10, Kind.NUMBER: 10}


def why_not_export(actor: Actor, register: type[Register]) -> str | None:
    """Why ``actor`` may not export a register, or None: seeing a list is not yet taking it away."""
    if actor.holds(register.exports, register.keeping.line):
        return None
    return f"导出“{register.label}”由{'、'.join(role.label for role in register.exports)}办理"


def columns_of(register: type[Register], names: Sequence[str]) -> list[Column]:
    """These columns by name, those of the list when none is named; refused for one the register has not."""
    unknown = [name for name in names if name not in register.all_columns]
    if unknown:
        raise Refused(Fault(f"没有“{unknown[0]}”这一栏", "columns"))
    return [register.all_columns[name] for name in names] if names else list(register.shown)


def export(
    register: type[Register],
    target: BinaryIO,
    form: FileFormat,
    *,
    actor: Actor,
    parameters: Mapping[str, str] | None = None,
    columns: Sequence[Column] | None = None,
    within: Any = None,
    tell: Teller = nobody,
) -> int:
    """Write a list into ``target`` and count its rows: same filters, order and columns as on screen.

    Needs the jurisdiction in session. Raises :class:`NotYours` for somebody who may not export, :class:`Refused` for a
    filter that cannot be read: a file under a filter nobody applied would say something else than asked.
    """
    if refusal := why_not_export(actor, register):
        raise NotYours(refusal)
    chosen = list(columns) if columns is not None else list(register.shown)
    listing = Listing(register, actor, parameters, columns=chosen, within=within)
    if listing.unread:
        raise Refused(Fault(f"筛选条件“{'、'.join(listing.unread)}”看不懂，没有导出", listing.unread[0]))
    total = listing.total()
    clear = frozenset(column.name for column in chosen if column.name in register.in_clear)
    fields = [Field(column.label, _LOOKS.get(column.kind, ""), _WIDTHS.get(column.kind, 16)) for column in chosen]
    count = write(
        target,
        [*fields, Field(ID_LABEL, "text", 12)],
        _rows(listing, chosen, clear),
        form,
        passed=lambda done: tell("导出", done, total),
    )
    noted(
        register.record(),
        0,
        {
            "exported": register.key,
            "filters": dict(parameters or {}),
            "columns": [column.name for column in chosen],
            "in_clear": sorted(clear),
            "format": form.value,
            "rows": count,
        },
        jurisdiction_id=actor.jurisdiction_id,
    )
    return count


def _rows(listing: Listing, columns: Sequence[Column], clear: frozenset[str]) -> Iterator[list[Any]]:
    name, downwards = listing.order
    first = F(name).desc(nulls_last=True) if downwards else F(name).asc(nulls_last=True)
    found = (
        listing.rows()
        .order_by(first, "-id" if downwards else "id")
        .values_list("id", "version", *[column.path for column in columns])
        .iterator(chunk_size=_AT_ONCE)
    )
    writers = [(column, column.name in clear) for column in columns]
    for record_id, version, *values in found:
        yield [
            *(exported(column, value, clear=shown) for (column, shown), value in zip(writers, values, strict=True)),
            f"{record_id}-{version}",
        ]
