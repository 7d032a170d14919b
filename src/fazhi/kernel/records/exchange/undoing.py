"""Undoing an import whole: every record it brought is voided, if none was changed since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.records.exchange.models import Import, Origin
from fazhi.kernel.records.register import register_of

_NAMED = 20


def changed_since(of: Import) -> list[tuple[int, str]]:
    """These rows whose record was changed after the import, each with the record's number or name."""
    record: Any = register_of(of.register).record()
    origins = dict(Origin.objects.filter(of=of).values_list("record_id", "row"))
    name = "number" if issubclass(record, Case) else "name" if hasattr(record, "name") else "pk"
    rows = record._default_manager.filter(pk__in=list(origins), version__gt=1).values_list("pk", name)
    return sorted((origins[pk], str(said)) for pk, said in rows)


def why_not(of: Import) -> None:
    """Refuse where an import cannot be undone, and say which records stand against it."""
    if not Origin.objects.filter(of=of).exists():
        raise Refused("这次导入只更正了已有记录，没有新登记的可以撤销；要改回去，请再作更正")
    found = changed_since(of)
    if found:
        named = "、".join(f"第{row}行（{said}）" for row, said in found[:_NAMED])
        more = f"等{len(found)}条" if len(found) > _NAMED else ""
        raise Refused(f"导入之后以下记录已被更改或办理，不能整批撤销：{named}{more}。请逐条核对作废")


def take_back(of: Import, *, actor: Actor, at: datetime, reason: str) -> None:
    """Void every record the import brought; numbers it brought with it are free again."""
    origins = list(Origin.objects.filter(of=of).order_by("record_id").values_list("record_id", "numbered"))
    procedure.void_all(
        register_of(of.register).record(),
        [record_id for record_id, _ in origins],
        reason=f"撤销导入“{of.file_name}”：{reason}"[:200],
        actor=actor,
        at=at,
        released=[record_id for record_id, numbered in origins if numbered],
    )
