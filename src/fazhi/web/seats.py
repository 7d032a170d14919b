"""Who sits at the desk: the signed-in person with everything a page needs to know of them, read at most twice a minute.

A page therefore costs no statement for its session, person, rights and badges. What is withdrawn takes effect within
:data:`SECONDS_KEPT`; what the person changed themselves shows at once, because every write changes the ``fresh`` cookie,
under which nothing has been kept yet.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from fazhi.kernel.casework.approvals import waiting as approvals
from fazhi.kernel.casework.matters import desk
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.access.roles import ROLES
from fazhi.kernel.ground.core.session import session
from fazhi.web.homes import Home, home_of
from fazhi.web.models import SavedView

SECONDS_KEPT = 30.0
FRESH = "fazhi_fresh"
SOON_WORKING_DAYS = 10
_LONGEST = timedelta(hours=12)
_SECONDS_BETWEEN_SIGNS = 300
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Seat:
    """This person at work: their actor, home, and what the frame shows of them."""

    account_id: int
    login: str
    actor: Actor
    home: Home
    language: str
    must_change: bool
    due: int
    late: int
    inbox: int
    approvals: int
    views: dict[str, tuple[tuple[int, str, str], ...]]
    good_until: float

    @property
    def unit(self) -> str:
        """The unit of the first hat."""
        return self.home.unit_name(self.actor.hats[0].unit_id) if self.actor.hats else ""

    @property
    def posts(self) -> tuple[str, ...]:
        """The labels of the roles worn, each once."""
        return tuple(dict.fromkeys(ROLES[hat.role].label for hat in self.actor.hats))


_seats: dict[tuple[str, str], Seat] = {}


def forget(request: HttpRequest | None = None) -> None:
    """Read everybody anew at the next request, or only whoever sent this one."""
    if request is None:
        _seats.clear()
        return
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    for tag in [tag for tag in _seats if tag[0] == key]:
        _seats.pop(tag, None)


def seat_of(request: HttpRequest, at: datetime) -> Seat | None:
    """The seat of whoever sent this request, or None for a stranger."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    tag = (key, request.COOKIES.get(FRESH, "")[:40])
    known = _seats.get(tag)
    if known is not None and known.good_until > time.monotonic():
        return known
    account = _account(request, at)
    if account is None:
        _seats.pop(tag, None)
        return None
    if len(_seats) >= _MOST:
        _seats.clear()
    with session(jurisdictions=[account.home_id], actor=account.id, act="", at=at):
        seat = _seat(account, at)
    _seats[tag] = seat
    return seat


def soon(home: Home, at: datetime) -> datetime:
    """The instant's day, some working days on: until when a due day counts as near."""
    day = at.date()
    ordinal = home.calendar.nth_working(day.toordinal(), SOON_WORKING_DAYS)
    return at + timedelta((ordinal - day.toordinal()) if ordinal else SOON_WORKING_DAYS + 4)


def _account(request: HttpRequest, at: datetime) -> Account | None:
    """The account of a session that is neither too old nor somebody's who may no longer sign in."""
    user = auth.get_user(request)
    if not isinstance(user, Account):
        return None
    begun = request.session.get("signed_in_at")
    if begun is not None and at - datetime.fromisoformat(begun) > _LONGEST:
        request.session.flush()
        return None
    if at.timestamp() - request.session.get("seen", 0) > _SECONDS_BETWEEN_SIGNS:
        # Being saved moves the end of the session on.
        request.session["seen"] = at.timestamp()
    return user


def _seat(account: Account, at: datetime) -> Seat:
    actor = actor_of(account, on=at.date())
    home = home_of(account.home_id)
    business = any(actor.reach(hat.line) for hat in actor.hats)
    due, late = desk.due_counts(actor, today=at.date(), until=soon(home, at).date()) if business else (0, 0)
    posts = approvals.waiting(actor).count() if business else 0
    views: dict[str, tuple[tuple[int, str, str], ...]] = {}
    for view_id, register, name, query in (
        SavedView.objects.filter(account_id=account.id).order_by("id").values_list("id", "register", "name", "query")
    ):
        views[register] = (*views.get(register, ()), (view_id, name, query))
    return Seat(
        account_id=account.id,
        login=account.login,
        actor=actor,
        home=home,
        language=account.language,
        must_change=account.password_temporary or _too_old(account, at),
        due=due,
        late=late,
        inbox=desk.waiting(actor).count() + posts if business else 0,
        approvals=posts,
        views=views,
        good_until=time.monotonic() + SECONDS_KEPT,
    )


def _too_old(account: Account, at: datetime) -> bool:
    days = settings.FAZHI_PASSWORD_DAYS
    changed = account.password_changed_at
    return bool(days) and (changed is None or at - changed > timedelta(days=days))
