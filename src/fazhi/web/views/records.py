"""A record's page: its head, one tab at a time, and what may be done with it now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals import deciding
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.procedure.amending import why_not_correct
from fazhi.kernel.ground.audit.notes import noted
from fazhi.kernel.records.register import Register
from fazhi.web import approving, asked, due, frame, tabs
from fazhi.web.navigation import address_of
from fazhi.web.opened import Opened
from fazhi.web.seats import Seat
from fazhi.web.words import said, sentence

# In a line where every opening of a record is logged, this is what the log says.
_OPENED = "打开记录"


@require_GET
def record(request: Any, line: str, register: str, record_id: int, tab: str = "") -> HttpResponse:
    """A record's page, opened at one of its tabs."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    row = asked.record_at(seat.actor, found, record_id, whole=tab == "")
    if asked.line_at(seat.actor, line).restricted:
        noted(found.record(), row.id, {"what": _OPENED}, jurisdiction_id=seat.home.id)
    runs = list(Run.objects.filter(matter_id=row.id).order_by("started_on", "id")) if isinstance(row, Case) else []
    href = f"{address_of(found)}{row.id}/"
    shown = Opened(request, seat, found, row, href, runs)
    template, content = tabs.content(shown, tab)
    acts, barred = _acts(seat, found, row, href)
    approval = _approval(request, seat, found, row, href)
    if approval is not None:
        acts = [*approval["acts"], *acts]
    context = {
        "head": _head(request, seat, found, row, runs, href),
        "crumbs": [
            {"label": said(asked.line_at(seat.actor, line).label), "href": f"/{line}/"},
            {"label": said(found.label, found.key), "href": address_of(found)},
        ],
        "tabs": tabs.bar(shown, tab),
        "tab_template": template,
        "approval": approval,
        "acts": acts,
        "barred": barred,
        "tools": _tools(seat, found, row, href),
        **content,
    }
    return frame.page(request, "web/record.html", context)


def _approval(request: Any, seat: Seat, register: type[Register], row: Any, href: str) -> dict[str, Any] | None:
    """The approval that waits on a case; that somebody who may decide has opened it is noted, once."""
    pending = approving.pending_on(row)
    if pending is None:
        return None
    shown = approving.shown(pending, seat, register, row, href)
    if shown["mine"]:
        deciding.read(pending.id, actor=seat.actor, at=request.at)
    return shown


def title_of(row: Any) -> tuple[str, str]:
    """The number and the title of a record, whatever its kind."""
    number = getattr(row, "number", "") or ""
    title = getattr(row, "title", "") or getattr(row, "name", "") or str(row._meta.verbose_name)
    return number, str(title)


def state_of(row: Any, register: type[Register]) -> dict[str, str] | None:
    """The state of a record as a tag; a record without a procedure has one only when it is void."""
    if getattr(row, "void_reason", ""):
        return {"label": said("已作废"), "phase": "void"}
    keeping = register.keeping
    if not issubclass(keeping, Workflow):
        return None
    state = keeping.states.get(row.state)
    return {"label": said(state.label, keeping.name()), "phase": state.phase.value} if state else None


def _head(request: Any, seat: Seat, register: type[Register], row: Any, runs: list[Run], href: str) -> dict[str, Any]:
    number, title = title_of(row)
    facts = [
        {"label": said("承办单位" if isinstance(row, Case) else "单位"), "value": seat.home.unit_name(row.unit_id)}
    ]
    if getattr(row, "handler_id", None):
        facts.append({"label": said("承办人"), "value": row.handler.name})
    if getattr(row, "historical", False):
        facts.append({"label": said("来源"), "value": said("补录")})
    if getattr(row, "void_reason", ""):
        facts.append({"label": said("作废原因"), "value": row.void_reason})
    if not isinstance(row, Case):
        facts += _span(row)
    nearest = due.nearest([run for run in runs if run.standing in ("running", "paused")])
    shown = None
    if nearest is not None:
        shown = {
            **due.of_run(nearest, seat.home, request.at.date()),
            "label": due.label_of(nearest, seat.home),
            "href": f"{href}clocks/{nearest.id}/",
        }
    return {"number": number, "title": title, "state": state_of(row, register), "facts": facts, "due": shown}


def _span(row: Any) -> list[dict[str, str]]:
    facts = []
    if getattr(row, "on", None):
        facts.append({"label": said("日期"), "value": row.on.isoformat()})
    if getattr(row, "valid_from", None):
        until = row.valid_to.isoformat() if row.valid_to else said("今")
        facts.append({"label": said("存续"), "value": f"{row.valid_from.isoformat()} – {until}"})
    return facts


def _acts(
    seat: Seat, register: type[Register], row: Any, href: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """What the person may do now, and what they may not, with the reason."""
    keeping = register.keeping
    if not issubclass(keeping, Workflow) or row.void_reason:
        return [], []
    audience = audience_of(seat, row)
    acts, barred = [], []
    for key, act in keeping.acts.items():
        reason = procedure.may(seat.actor, keeping, act, row, audience)
        label = said(act.label, keeping.name())
        if reason is None:
            note = f"→ {said(act.to.label, keeping.name())}" if act.to is not None else ""
            if act.approved:
                note = gettext("需审批")
            acts.append(
                {"name": key, "label": label, "note": note, "href": f"{href}act/{key}/", "main": act.to is not None}
            )
        else:
            barred.append({"label": label, "reason": sentence(reason)})
    return acts, barred


def audience_of(seat: Seat, row: Any) -> list[int]:
    """The units that stand above a record's unit."""
    unit = seat.home.units.get(row.unit_id)
    return list(unit.audience) if unit else []


def _tools(seat: Seat, register: type[Register], row: Any, href: str) -> list[dict[str, Any]]:
    """Changes outside the procedure, for those who may."""
    if why_not_correct(seat.actor, register.keeping, row, audience_of(seat, row)) is not None:
        return []
    tools = [{"name": "correct", "label": gettext("更正"), "href": f"{href}correct/", "icon": "edit", "inplace": False}]
    if isinstance(row, Case):
        tools.append(
            {
                "name": "assign",
                "label": gettext("分派、移交"),
                "href": f"{href}assign/",
                "icon": "user",
                "inplace": True,
            }
        )
    tools.append({"name": "void", "label": gettext("作废"), "href": f"{href}void/", "icon": "ban", "inplace": True})
    return tools
