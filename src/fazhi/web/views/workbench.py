"""The workbench, what waits, and what falls due."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework.matters import desk
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.line import LINES
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.register import home_of
from fazhi.web import addresses, due, figuring, frame, seats, tabs
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
    waiting = list(desk.waiting(seat.actor).order_by(F("due_on").asc(nulls_last=True), "-id")[:_ON_BENCH])
    near = list(desk.due(seat.actor, seats.soon(seat.home, request.at).date())[:_DUE_ON_BENCH])
    runs = due.running_by_matter([card.id for card in (*waiting, *near)])
    context = {
        "title": gettext("工作台"),
        "lead": _lead(seat, today),
        "starts": _starts(seat),
        "waiting": {"total": seat.inbox, "items": [_item(seat, card, runs, today, asks=True) for card in waiting]},
        "due": {"total": seat.due, "items": [_item(seat, card, runs, today) for card in near]},
        "changed": {"items": _changed(seat)},
        "strip": figuring.strip(seat, _year_figures(seat), Period.year(today.year)),
    }
    return frame.page(request, "web/workbench.html", context)


@require_GET
def inbox(request: Any) -> HttpResponse:
    """What waits for the person, and what they handled."""
    seat = frame.seat_of(request)
    handled = request.GET.get("tab") == "handled"
    today = request.at.date()
    tabs_shown = [
        {"label": gettext("等我办理"), "href": "/inbox/", "current": not handled},
        {"label": gettext("我办过的"), "href": "/inbox/?tab=handled", "current": handled},
    ]
    if handled:
        items, following, total = _handled(request, seat)
        empty = {"title": gettext("还没有办过的事项"), "text": gettext("您办理过的每一步都会留在这里。")}
    else:
        start = _offset(request)
        rows = desk.waiting(seat.actor).order_by(F("due_on").asc(nulls_last=True), "-id")
        cards = list(rows[start : start + _PAGE + 1])
        runs = due.running_by_matter([card.id for card in cards[:_PAGE]])
        items = [_item(seat, card, runs, today, asks=True) for card in cards[:_PAGE]]
        following = addresses.query(start=start + _PAGE) if len(cards) > _PAGE else ""
        total = rows.count() if start or following else len(items)
        empty = {
            "title": gettext("没有等您办理的事项"),
            "text": gettext("分给您的案件、等您审批的文书会出现在这里。"),
        }
    context = {
        "title": gettext("待办"),
        "total": gettext("%(n)s 件") % {"n": f"{total:,}"} if total else "",
        "tabs": tabs_shown,
        "items": items,
        "empty": empty,
        "next": following,
    }
    return frame.page(request, "web/inbox.html", context)


@require_GET
def near(request: Any) -> HttpResponse:
    """What is overdue or falls due soon, the most urgent first."""
    seat = frame.seat_of(request)
    today = request.at.date()
    until = seats.soon(seat.home, request.at).date()
    start = _offset(request)
    rows = desk.due(seat.actor, until)
    cards = list(rows[start : start + _PAGE + 1])
    runs = due.running_by_matter([card.id for card in cards[:_PAGE]])
    context = {
        "title": gettext("到期"),
        "total": gettext("%(n)s 件") % {"n": f"{rows.count():,}"} if cards else "",
        "lead": gettext("已经逾期的和%(day)s以前到期的，最急的在前。") % {"day": until.isoformat()},
        "items": [_item(seat, card, runs, today) for card in cards[:_PAGE]],
        "empty": {
            "title": gettext("近期没有到期事项"),
            "text": gettext("十个工作日内到期和已经逾期的事项会出现在这里。"),
        },
        "next": addresses.query(start=start + _PAGE) if len(cards) > _PAGE else "",
    }
    return frame.page(request, "web/inbox.html", context)


def _item(seat: Seat, card: Matter, runs: dict[int, list[Any]], today: date, *, asks: bool = False) -> dict[str, Any]:
    shown = tabs.card_shown(seat, card)
    run = due.nearest(runs.get(card.id, []))
    if run is not None:
        words = due.of_run(run, seat.home, today)
    else:
        words = due.of_day(card.due_on, seat.home, today) if card.due_on else {}
    label = due.label_of(run, seat.home) if run is not None else ""
    meta = " · ".join(filter(None, (shown["number"], shown["kind"], shown["unit"], label)))
    return {
        "title": shown["title"],
        "href": shown["href"],
        "meta": meta,
        "due": words,
        "asks": shown["state"]["label"] if asks and shown["state"] else "",
    }


def _changed(seat: Seat) -> list[dict[str, Any]]:
    steps = list(desk.recent(seat.actor)[: _CHANGED * 3])
    cards = {card.id: card for card in Matter.objects.filter(pk__in={step.matter_id for step in steps})}
    items: dict[int, dict[str, Any]] = {}
    for step in steps:
        card = cards.get(step.matter_id)
        if card is None or card.id in items:
            continue
        items[card.id] = _step_item(seat, card, step)
    return list(items.values())[:_CHANGED]


def _step_item(seat: Seat, card: Matter, step: Step) -> dict[str, Any]:
    shown = tabs.card_shown(seat, card)
    keeping = due.keeping_named(card.record)
    register = home_of(keeping.record) if keeping is not None else None
    act = tabs.act_label(register, step.act) if register is not None else step.act
    return {
        "title": shown["title"],
        "href": shown["href"],
        "meta": " · ".join(filter(None, (shown["number"], f"{step.actor_name} {act}"))),
        "when": f"{localtime(step.at):%m-%d %H:%M}",
    }


def _handled(request: Any, seat: Seat) -> tuple[list[dict[str, Any]], str, int]:
    start = _offset(request)
    steps = Step.objects.filter(jurisdiction_id=seat.home.id, actor_id=seat.account_id).order_by("-id")
    page = list(steps[start : start + _PAGE + 1])
    cards = {card.id: card for card in desk.cards(seat.actor).filter(pk__in={step.matter_id for step in page[:_PAGE]})}
    items = []
    for step in page[:_PAGE]:
        card = cards.get(step.matter_id)
        if card is not None:
            item = _step_item(seat, card, step)
            items.append({**item, "due": {"text": item["when"]}})
    return items, addresses.query(tab="handled", start=start + _PAGE) if len(page) > _PAGE else "", 0


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
