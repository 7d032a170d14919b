"""The frame around every page, and the one call that renders a page in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fazhi.kernel.ground.core.errors import Unseen
from fazhi.web import homes, navigation
from fazhi.web.seats import Seat
from fazhi.web.words import listed, said

_THEMES = frozenset({"light", "dark"})
_KINDS = {"success": "done", "info": "info", "warning": "warning", "error": "error"}


def page(request: Any, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """This template in the frame of the person before it."""
    return render(request, template, {"frame": framed(request), **context}, status=status)


def seat_of(request: Any) -> Seat:
    """The seat a view of the staff is asked from; there is always one, since strangers are kept out before."""
    seat: Seat | None = request.seat
    if seat is None:
        raise Unseen("no seat")
    return seat


def framed(request: Any) -> dict[str, Any]:
    """What the frame shows on this page."""
    if request.seat is None:
        return bare(request)
    seat = seat_of(request)
    return {
        **_common(request),
        "bureau": seat.home.bureau,
        "nav": navigation.html(seat.actor, request.path, inbox=seat.inbox),
        "due": seat.due,
        "late": seat.late,
        "inbox": seat.inbox,
        "business": any(seat.actor.reach(hat.line) for hat in seat.actor.hats),
        "person": seat.actor.name,
        "unit": seat.unit,
        "posts": listed(map(said, seat.posts)),
        "query": request.GET.get("q", "") if request.path == "/search/" else "",
        "messages": [
            {"kind": _KINDS.get(each.level_tag, "info"), "text": str(each.message), **_link(each.extra_tags)}
            for each in messages.get_messages(request)
        ],
    }


def bare(request: Any, *, named: bool = True) -> dict[str, Any]:
    """What pages without a frame show: language, colours, and (``named``) whose system this is."""
    seat = getattr(request, "seat", None)
    bureau = seat.home.bureau if seat else homes.name_at_the_door() if named else ""
    return {**_common(request), "bureau": bureau}


def tell(request: HttpRequest, text: str, *, kind: str = "success", href: str = "", label: str = "") -> None:
    """Say this on the next page, with a link if one is given."""
    messages.add_message(request, messages.DEFAULT_LEVELS[kind.upper()], text, extra_tags=f"{href} {label}".strip())


def _common(request: Any) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh-CN",
        "theme": theme if theme in _THEMES else "",
        "path": request.get_full_path(),
    }


def _link(tags: str | None) -> dict[str, str]:
    href, _, label = (tags or "").partition(" ")
    return {"href": href, "label": label} if href else {}
