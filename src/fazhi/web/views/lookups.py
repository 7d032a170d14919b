"""Looking up a name by its beginning, for fields that refer to people and to other records."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.records.register import Kind
from fazhi.kernel.records.register.columns import column_of
from fazhi.web import entering, frame
from fazhi.web.due import keeping_named

_MOST = 12


@require_GET
def names(request: Any, line: str, record: str, column: str) -> HttpResponse:
    """Up to a dozen names a field may be given, containing what was typed."""
    seat = frame.seat_of(request)
    keeping = keeping_named(f"{line}.{record}")
    if keeping is None or not seat.actor.holds(keeping.reads, keeping.line):
        raise Unseen(record)
    fields = {field.name: field for field in keeping.record._meta.concrete_fields}
    found = column_of(keeping, fields[column]) if column in fields else None
    if found is None or found.kind not in (Kind.ACCOUNT, Kind.RECORD):
        raise Unseen(column)
    desk = entering.Desk(seat.actor, seat.home, keeping, request.at.date())
    beginning = request.GET.get("q", "").strip()[:40]
    offered = entering.offered_names(found, desk, beginning, _MOST) if beginning else []
    return JsonResponse([{"label": name} for name in offered], safe=False)
