"""The desk: each request in one transaction, with person, instant and language known, and what goes wrong said plainly."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation

from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import session
from fazhi.web import clock, problems, seats

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PASSWORD = "/account/password/"  # noqa: S105 — an address
ENTER = "/enter/"
# With a temporary password these are all one may do.
_ALWAYS = frozenset({PASSWORD, "/leave/", "/language/"})


class Desk:
    """Puts ``at``, ``seat`` and ``actor`` on the request; a view is for those signed in unless it says otherwise.

    A view open to strangers carries :func:`django.contrib.auth.decorators.login_not_required`. ``actor`` and ``seat``
    are None for a stranger, for whom no session of the database is entered either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answers the request."""
        request.at, request.seat, request.actor = clock.instant(), None, None
        try:
            request.seat = seats.seat_of(request, request.at)
            response = self._next(request) if request.seat is None else self._seated(request)
        except OperationalError:
            return problems.database_down(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    def _seated(self, request: Any) -> HttpResponseBase:
        seat = request.seat
        request.actor = seat.actor
        translation.activate(seat.language)
        request.LANGUAGE_CODE = translation.get_language()
        with session(jurisdictions=[seat.home.id], actor=seat.account_id, at=request.at):
            response = self._next(request)
        # What a screen shows belongs to the person before it, not to whoever presses Back after them.
        response.headers.setdefault("Cache-Control", "private, no-store")
        if request.method not in _SAFE:
            response.set_cookie(seats.FRESH, secrets.token_hex(4), httponly=True, samesite="Lax")
        return response

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        """Shows strangers the door, and those with a temporary password the page to change it."""
        del args, kwargs
        if not getattr(view, "login_required", True):
            return None
        if request.seat is None:
            return door(request)
        if request.seat.must_change and request.path not in _ALWAYS:
            return HttpResponseRedirect(PASSWORD)
        return None

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        """Says a refusal in words, with nothing written."""
        if request.seat is not None:
            transaction.set_rollback(True)
        if isinstance(error, Unseen):
            return problems.unseen(request)
        if isinstance(error, NotYours):
            return problems.not_yours(request, error)
        if isinstance(error, Conflict):
            return problems.conflict(request, error)
        if isinstance(error, Refused):
            return problems.refused(request, error)
        if isinstance(error, OperationalError):
            return problems.database_down(request)
        return None


def door(request: HttpRequest) -> HttpResponse:
    """The way to the door, and after signing in back here; a page fetched in place is told to go there whole."""
    back = request.get_full_path() if request.method in _SAFE else "/"
    address = ENTER if back == "/" else f"{ENTER}?next={quote(back)}"
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = ENTER
        return response
    return HttpResponseRedirect(address)
