"""The search box: numbers, titles, parties and names, as far as the person sees them; without words, the catalogue."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, Value
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework.matters import desk
from fazhi.kernel.casework.matters.models import Case, Matter
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.secrets.fields import SecretField
from fazhi.kernel.line import LINES
from fazhi.kernel.records.register import Register
from fazhi.web import frame, tabs
from fazhi.web.navigation import address_of, readable
from fazhi.web.seats import Seat
from fazhi.web.words import said

_MOST = 50
_FEW = 8
_LONG_ENOUGH_FOR_A_SECRET = 7


@require_GET
def search(request: Any) -> HttpResponse:
    """What was found; one record found by its number is opened at once."""
    seat = frame.seat_of(request)
    words = unicodedata.normalize("NFKC", request.GET.get("q", "")).strip()[:80]
    if not words:
        return _catalogue(request, seat)
    exact = list(desk.cards(seat.actor).filter(number=words)[:2])
    if len(exact) == 1:
        return HttpResponseRedirect(tabs.card_shown(seat, exact[0])["href"])
    cards = exact or list(_cards(seat, words))
    groups = [
        {"label": gettext("事项"), "items": [_found(seat, card) for card in cards]},
        {"label": gettext("名册"), "items": _standing(seat, words)},
        {"label": gettext("台账"), "items": _registers(seat, words)},
    ]
    context = {
        "title": gettext("搜索"),
        "query": words,
        "groups": [group for group in groups if group["items"]],
        "more": gettext("只列出前 %(n)s 件，请多给几个字。") % {"n": _MOST} if len(cards) == _MOST else "",
    }
    return frame.page(request, "web/search.html", context)


def _cards(seat: Seat, words: str) -> Sequence[Matter]:
    """The matters whose number, title or parties have these words; an identity number or telephone is found exactly."""
    told = Q()
    for word in words.split():
        told &= Q(title__contains=word) | Q(number__contains=word)
    party = Q(name=words)
    if len(words) >= _LONG_ENOUGH_FOR_A_SECRET and words.isalnum() and words.isascii():
        digest = SecretField.hash_of(words.upper())
        party |= Q(identity_hash=digest) | Q(phone_hash=digest)
    parties = Party.objects.filter(party, jurisdiction_id=seat.home.id).values("matter_id")
    return list(desk.cards(seat.actor).filter(told | Q(pk__in=parties)).order_by("-opened_on", "-id")[:_MOST])


def _found(seat: Seat, card: Matter) -> dict[str, Any]:
    shown = tabs.card_shown(seat, card)
    meta = " · ".join(filter(None, (shown["number"], shown["kind"], shown["unit"], card.opened_on.isoformat())))
    return {"title": shown["title"], "href": shown["href"], "meta": meta, "state": shown["state"]}


def _standing(seat: Seat, words: str) -> list[dict[str, Any]]:
    """People, organisations and the like by name, from all registers that have names, in one statement."""
    places: dict[str, type[Register]] = {}
    parts: list[Any] = []
    for line in LINES.values():
        for register in readable(seat.actor, line):
            record: Any = register.record()
            fields = {field.name for field in record._meta.concrete_fields}
            if issubclass(record, Case) or "name" not in fields or register.scope is not None:
                continue
            places[register.key] = register
            rows = reachable(seat.actor, record).filter(name__contains=words, void_reason="")
            parts.append(rows.annotate(place=Value(register.key)).order_by().values_list("place", "id", "name")[:_FEW])
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [
        {
            "title": name,
            "href": f"{address_of(places[place])}{row_id}/",
            "meta": said(places[place].label, place),
            "state": None,
        }
        for place, row_id, name in found
    ]


def _registers(seat: Seat, words: str) -> list[dict[str, Any]]:
    return [
        {"title": label, "href": address_of(register), "meta": said(line.label), "state": None}
        for line in LINES.values()
        for register in readable(seat.actor, line)
        if words.lower() in (label := said(register.label, register.key)).lower()
    ]


def _catalogue(request: Any, seat: Seat) -> HttpResponse:
    """All lines and registers the person reads, by chapter."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in LINES.values():
        for register in readable(seat.actor, line):
            groups.setdefault(said(line.chapter.label), []).append(
                {
                    "title": said(register.label, register.key),
                    "href": address_of(register),
                    "meta": said(line.label),
                    "state": None,
                }
            )
    context = {
        "title": gettext("业务目录"),
        "query": "",
        "groups": [{"label": label, "items": items} for label, items in groups.items()],
        "more": "",
    }
    return frame.page(request, "web/search.html", context)
