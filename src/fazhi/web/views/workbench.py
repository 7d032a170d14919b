"""The workbench, what waits, and what falls due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework.approvals import waiting as approvals
from fazhi.kernel.casework.matters import desk
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.line import LINES
from fazhi.kernel.records.measures.periods import Period
from fazhi.web import addresses, benches, figuring, frame, seats
from fazhi.web.navigation import address_of, readable
from fazhi.web.seats import Seat
from fazhi.web.words import said

_ON_BENCH = 12
_DUE_ON_BENCH = 8
_CHANGED = 8
_MOST_STARTS = 4
_PAGE = 50


@require_GET
def workbench(request: Any) -> HttpResponse:
    """Where a day begins: what waits, what falls due, what changed, this year's figures."""
    seat = frame.seat_of(request)
    if not any(seat.actor.reach(hat.line) for hat in seat.actor.hats):
        return HttpResponseRedirect("/settings/") if seat.actor.hats else _without_role(request)
    today = request.at.date()
    opinions = list(approvals.waiting(seat.actor)[:_ON_BENCH]) if seat.approvals else []
    waiting = list(desk.waiting(seat.actor).order_by(F("due_on").asc(nulls_last=True), "-id")[:_ON_BENCH])
    near = list(desk.due(seat.actor, seats.soon(seat.home, request.at).date())[:_DUE_ON_BENCH])
    shown = benches.matters(seat, [*waiting, *near], today, asks=True)
    mine = [*benches.approvals(seat, opinions), *shown[: len(waiting)]]
    context = {
        "title": gettext("工作台"),
        "lead": _lead(seat, today),
        "starts": _starts(seat),
        "waiting": {"total": seat.inbox, "items": mine[:_ON_BENCH]},
        "due": {"total": seat.due, "items": shown[len(waiting) :]},
        "changed": {"items": _changed(seat)},
        "strip": figuring.strip(seat, _year_figures(seat), Period.year(today.year)),
    }
    return frame.page(request, "web/workbench.html", context)


@require_GET
def inbox(request: Any) -> HttpResponse:
    """What waits for the person, what they handled, and what they sent to be approved."""
    seat = frame.seat_of(request)
    chosen = request.GET.get("tab", "")
    if chosen not in _TABS:
        chosen = ""
    items, following, total = _TABS[chosen][1](request, seat)
    tabs_shown = [
        {"label": said(label), "href": f"/inbox/{addresses.query(tab=key)}", "current": key == chosen}
        for key, (label, _) in _TABS.items()
    ]
    context = {
        "title": gettext("待办"),
        "total": gettext("%(n)s 件") % {"n": f"{total:,}"} if total else "",
        "tabs": tabs_shown,
        "items": items,
        "empty": _empty(chosen),
        "next": following,
    }
    return frame.page(request, "web/inbox.html", context)


Listed = tuple[list[benches.Item], str, int]


def _waiting(request: Any, seat: Seat) -> Listed:
    """Approvals first, then matters by due day."""
    start = _offset(request)
    opinions = benches.approvals(seat, approvals.waiting(seat.actor)[:_PAGE]) if not start else []
    rows = desk.waiting(seat.actor).order_by(F("due_on").asc(nulls_last=True), "-id")
    cards = list(rows[start : start + _PAGE + 1])
    items = [*opinions, *benches.matters(seat, cards[:_PAGE], request.at.date(), asks=True)]
    return items, addresses.query(start=start + _PAGE) if len(cards) > _PAGE else "", seat.inbox


def _handled(request: Any, seat: Seat) -> Listed:
    start = _offset(request)
    done = Step.objects.filter(jurisdiction_id=seat.home.id, actor_id=seat.account_id).order_by("-id")
    page = list(done[start : start + _PAGE + 1])
    ids = {step.matter_id for step in page[:_PAGE]}
    cards = {card.id: card for card in desk.cards(seat.actor).filter(pk__in=ids)}
    items = benches.steps(seat, page[:_PAGE], cards, once=False)
    return items, addresses.query(tab="handled", start=start + _PAGE) if len(page) > _PAGE else "", 0


def _sent(request: Any, seat: Seat) -> Listed:
    start = _offset(request)
    page = list(approvals.sent(seat.actor)[start : start + _PAGE + 1])
    following = addresses.query(tab="sent", start=start + _PAGE) if len(page) > _PAGE else ""
    return benches.sent(seat, page[:_PAGE]), following, 0


_TABS: dict[str, tuple[str, Callable[[Any, Seat], Listed]]] = {
    "": ("等我办理", _waiting),
    "handled": ("我办过的", _handled),
    "sent": ("我提交审批的", _sent),
}


def _empty(chosen: str) -> dict[str, str]:
    match chosen:
        case "handled":
            return {"title": gettext("还没有办过的事项"), "text": gettext("您办理过的每一步都会留在这里。")}
        case "sent":
            return {"title": gettext("没有提交过审批"), "text": gettext("需要审批的办理提交后，可以在这里看到进展。")}
        case _:
            return {
                "title": gettext("没有等您办理的事项"),
                "text": gettext("分给您的案件、等您审批的文书会出现在这里。"),
            }


@require_GET
def near(request: Any) -> HttpResponse:
    """What is overdue or falls due soon, the most urgent first."""
    seat = frame.seat_of(request)
    today = request.at.date()
    until = seats.soon(seat.home, request.at).date()
    start = _offset(request)
    rows = desk.due(seat.actor, until)
    cards = list(rows[start : start + _PAGE + 1])
    context = {
        "title": gettext("到期"),
        "total": gettext("%(n)s 件") % {"n": f"{rows.count():,}"} if cards else "",
        "lead": gettext("已经逾期的和%(day)s以前到期的，最急的在前。") % {"day": until.isoformat()},
        "items": benches.matters(seat, cards[:_PAGE], today),
        "empty": {
            "title": gettext("近期没有到期事项"),
            "text": gettext("十个工作日内到期和已经逾期的事项会出现在这里。"),
        },
        "next": addresses.query(start=start + _PAGE) if len(cards) > _PAGE else "",
    }
    return frame.page(request, "web/inbox.html", context)


def _changed(seat: Seat) -> list[dict[str, Any]]:
    done = list(desk.recent(seat.actor)[: _CHANGED * 3])
    cards = {card.id: card for card in Matter.objects.filter(pk__in={step.matter_id for step in done})}
    return benches.steps(seat, done, cards, once=True)[:_CHANGED]


def _lead(seat: Seat, today: date) -> str:
    day = gettext("%(y)s年%(m)s月%(d)s日") % {"y": today.year, "m": today.month, "d": today.day}
    if seat.late:
        return gettext("%(day)s，有 %(n)s 件已经逾期。") % {"day": day, "n": seat.late}
    return gettext("%(day)s，没有逾期事项。") % {"day": day}


def _starts(seat: Seat) -> list[dict[str, str]]:
    """The registers the person most likely enters something into: those of cases first, in the order of lines."""
    found = []
    for line in LINES.values():
        for register in readable(seat.actor, line):
            keeping = register.keeping
            if register.scope is None and seat.actor.hats_in(line.code, keeping.enters) and hasattr(keeping, "acts"):
                label = said(register.label, register.key)
                found.append({"label": label, "href": f"{address_of(register)}new/"})
    return found[:_MOST_STARTS]


def _year_figures(seat: Seat) -> list[str]:
    """One figure of each line the person reads: the first its first register names."""
    found = []
    for line in LINES.values():
        registers = readable(seat.actor, line)
        if registers and registers[0].figures:
            found.append(registers[0].figures[0])
    if len(found) < 3:
        found += [
            key
            for line in LINES.values()
            for register in readable(seat.actor, line)[:2]
            for key in register.figures
            if key not in found
        ]
    return found


def _offset(request: Any) -> int:
    given = request.GET.get("start", "")
    return min(int(given), 100_000) if given.isdigit() else 0


def _without_role(request: Any) -> HttpResponse:
    context = {
        "title": gettext("工作台"),
        "items": [],
        "empty": {
            "title": gettext("您还没有角色"),
            "text": gettext("账号已经开通，但还没有授予角色。请与安全管理员联系。"),
        },
    }
    return frame.page(request, "web/inbox.html", context)
