"""Lists of matters on somebody's bench: what waits, what is due, what was done; each item with its due day in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from fazhi.kernel.casework.approvals.models import Opinion, Request, RequestState
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.records.register import home_of
from fazhi.web import due, tabs
from fazhi.web.seats import Seat
from fazhi.web.words import paired, said

Item = dict[str, Any]


def matters(seat: Seat, cards: Sequence[Matter], today: date, *, asks: bool = False) -> list[Item]:
    """These matters, with their running clocks read in one statement; with ``asks`` each shows its state."""
    runs = due.running_by_matter([card.id for card in cards]) if cards else {}
    return [_matter(seat, card, runs, today, asks=asks) for card in cards]


def _matter(seat: Seat, card: Matter, runs: dict[int, list[Any]], today: date, *, asks: bool) -> Item:
    shown = tabs.card_shown(seat, card)
    run = due.nearest(runs.get(card.id, []))
    if run is not None:
        words = due.of_run(run, seat.home, today)
    else:
        words = due.of_day(card.due_on, seat.home, today) if card.due_on else {}
    label = due.label_of(run, seat.home) if run is not None else ""
    return {
        "title": shown["title"],
        "href": shown["href"],
        "meta": " · ".join(filter(None, (shown["number"], shown["kind"], shown["unit"], label))),
        "due": words,
        "asks": shown["state"]["label"] if asks and shown["state"] else "",
    }


def approvals(seat: Seat, opinions: Iterable[Opinion], *, handled: bool = False) -> list[Item]:
    """These opinions that wait to be written, or were."""
    found = []
    for opinion in opinions:
        request = opinion.request
        shown = tabs.card_shown(seat, request.matter)
        at = opinion.at if handled else request.requested_at
        stated = said(opinion.get_state_display()) if handled else gettext("请审批")
        found.append(
            {
                "title": paired(said(request.label), shown["title"]),
                "href": shown["href"],
                "meta": " · ".join(filter(None, (shown["number"], request.requested_by.name, request.note[:40]))),
                "due": _moment(at),
                "asks": stated,
            }
        )
    return found


def sent(seat: Seat, requests: Iterable[Request]) -> list[Item]:
    """These requests somebody has made, and where they stand."""
    found = []
    for request in requests:
        shown = tabs.card_shown(seat, request.matter)
        found.append(
            {
                "title": paired(said(request.label), shown["title"]),
                "href": shown["href"],
                "meta": shown["number"],
                "due": _moment(request.requested_at),
                "asks": said(RequestState(request.state).label),
            }
        )
    return found


def steps(seat: Seat, done: Iterable[Step], cards: dict[int, Matter], *, once: bool) -> list[Item]:
    """These steps in ``cards``, newest first; with ``once`` only the latest of each matter."""
    items: list[Item] = []
    seen: set[int] = set()
    for step in done:
        card = cards.get(step.matter_id)
        if card is None or (once and card.id in seen):
            continue
        seen.add(card.id)
        items.append(_step(seat, card, step))
    return items


def _step(seat: Seat, card: Matter, step: Step) -> Item:
    shown = tabs.card_shown(seat, card)
    keeping = due.keeping_named(card.record)
    register = home_of(keeping.record) if keeping is not None else None
    act = tabs.act_label(register, step.act) if register is not None else step.act
    return {
        "title": shown["title"],
        "href": shown["href"],
        "meta": " · ".join(filter(None, (shown["number"], f"{step.actor_name} {act}"))),
        "when": _moment(step.at)["text"],
        "due": _moment(step.at),
    }


def _moment(at: Any) -> Item:
    return {"text": f"{localtime(at):%m-%d %H:%M}"} if at else {}
