"""A pending approval on a record's page: the posts in their order, what each has said, and what the reader may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from fazhi.kernel.casework.approvals import waiting
from fazhi.kernel.casework.approvals.models import Opinion, OpinionState, Request, RequestState
from fazhi.kernel.ground.access.roles import ROLES
from fazhi.kernel.records.register import Register
from fazhi.kernel.records.register.columns import column_of
from fazhi.web.seats import Seat
from fazhi.web.words import listed, said

_TAGS = {
    OpinionState.OPEN: "soon",
    OpinionState.AGREED: "decided",
    OpinionState.RETURNED: "late",
    OpinionState.LATER: "waiting",
    OpinionState.DROPPED: "waiting",
}


def pending_on(row: Any) -> Request | None:
    """The request that waits on a case, if one does."""
    if not getattr(row, "pending", ""):
        return None
    found = Request.objects.filter(matter_id=row.id, state=RequestState.PENDING).select_related("requested_by")
    return found.first()


def shown(request: Request, seat: Seat, register: type[Register], row: Any, href: str) -> dict[str, Any]:
    """This request for the page; its ``acts`` are those the reader may do now."""
    opinions = list(request.opinions.select_related("account", "behalf").order_by("stage", "id"))
    mine = waiting.waiting(seat.actor).filter(request=request).exists()
    base = f"{href}approval/{request.id}/"
    acts: list[dict[str, Any]] = []
    if mine:
        acts.append(
            {
                "name": "agree",
                "label": gettext("同意"),
                "note": said(request.label),
                "href": f"{base}agree/",
                "main": True,
            }
        )
        acts.append({"name": "return", "label": gettext("退回"), "href": f"{base}return/", "destructive": True})
    if request.requested_by_id == seat.account_id and not any(each.read_at for each in opinions) and not request.stage:
        acts.append({"name": "withdraw", "label": gettext("撤回审批"), "href": f"{base}withdraw/"})
    return {
        "label": said(request.label, register.keeping.name()),
        "who": request.requested_by.name,
        "at": f"{localtime(request.requested_at):%Y-%m-%d %H:%M}",
        "note": request.note,
        "facts": _facts(request, register, row),
        "posts": [_post(each) for each in opinions],
        "acts": acts,
        "mine": mine,
    }


def posts_of(approved: Sequence[Sequence[Any]]) -> str:
    """The posts an act needs, in their order: 科室负责人 → 局领导."""
    return " → ".join(listed(said(role.label) for role in stage) for stage in approved)


def _post(opinion: Opinion) -> dict[str, Any]:
    state = OpinionState(opinion.state)
    who = opinion.account.name if opinion.account else ""
    if opinion.behalf is not None:
        who = gettext("%(deputy)s（代%(who)s）") % {"deputy": who, "who": opinion.behalf.name}
    return {
        "post": said(ROLES[opinion.role].label),
        "who": who,
        "state": {"label": said(state.label), "phase": _TAGS[state]},
        "day": f"{localtime(opinion.at):%Y-%m-%d %H:%M}" if opinion.at else "",
        "text": opinion.text,
    }


def _facts(request: Request, register: type[Register], row: Any) -> list[dict[str, str]]:
    """What was filled in, in words."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    found = []
    for name, value in request.values.items():
        if name not in fields or value in (None, ""):
            continue
        column = column_of(register.keeping, fields[name])
        text = column.show(value) if not fields[name].is_relation else ""
        if text:
            found.append({"label": said(column.label, register.keeping.name()), "value": text})
    return found
