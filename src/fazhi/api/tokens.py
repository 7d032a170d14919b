"""Issuing, revoking and recognising tokens."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from fazhi.api.models import Token
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen

LONGEST = timedelta(days=366)
SECONDS_KEPT = 30.0
_MOST = 5000
_MARK = "fz"
_BETWEEN_NOTES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever shows a token: the actor, and whether the token writes."""

    actor: Actor
    writes: bool


def issue(account: Account, name: str, *, at: datetime, lasts: timedelta, writes: bool = False) -> tuple[Token, str]:
    """A new token and the text of it, which is shown this once; needs the account's jurisdiction in session."""
    faults = []
    if not name.strip():
        faults.append(Fault("请写明令牌的用途", "name"))
    if not timedelta(0) < lasts <= LONGEST:
        faults.append(Fault(f"有效期应在1至{LONGEST.days}天之间", "days"))
    if faults:
        raise Refused.of(faults)
    text = f"{_MARK}{account.home_id:x}_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        jurisdiction_id=account.home_id,
        account=account,
        name=name.strip()[:60],
        digest=_digest(text),
        writes=writes,
        made_at=at,
        expires_at=at + lasts,
    )
    return token, text


def revoke(account_id: int, token_id: int, *, at: datetime) -> None:
    """End a token of an account at once; :class:`Unseen` if it has no such token."""
    token = Token.objects.filter(pk=token_id, account_id=account_id).first()
    if token is None:
        raise Unseen(f"token {token_id}")
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])


def jurisdiction_of(text: str) -> int | None:
    """The jurisdiction a token says it is of; nothing of it is proven yet."""
    head, mark, _ = text.partition("_")
    if not mark or not head.startswith(_MARK) or len(head) > 20:
        return None
    try:
        number = int(head.removeprefix(_MARK), 16)
    except ValueError:
        return None
    return number if 0 < number < 2**63 else None


def recognised(text: str, *, at: datetime) -> Bearer | None:
    """Whoever this token stands for now; None for one unknown, ended, or of an account that is not in use.

    Needs the jurisdiction the token names in session. A token revoked ends at once; a right withdrawn from its account
    within :data:`SECONDS_KEPT`, as on screen.
    """
    found = Token.objects.filter(
        digest=_digest(text),
        revoked_at=None,
        expires_at__gt=at,
        account__is_active=True,
        account__password_temporary=False,
        account__home_id=F("jurisdiction_id"),
    ).values_list("id", "account_id", "writes", "used_at")[:1]
    if not found:
        return None
    token_id, account_id, writes, used_at = found[0]
    if used_at is None or at - used_at > _BETWEEN_NOTES:
        Token.objects.filter(pk=token_id).update(used_at=at)
    return Bearer(_actor(account_id, at), writes)


def forget() -> None:
    """Read everybody's rights anew at the next request."""
    _actors.clear()


_actors: dict[tuple[int, date], tuple[float, Actor]] = {}


def _actor(account_id: int, at: datetime) -> Actor:
    key = (account_id, at.date())
    known = _actors.get(key)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    if len(_actors) > _MOST:
        _actors.clear()
    actor = actor_of(Account.objects.get(pk=account_id), on=at.date())
    _actors[key] = (time.monotonic() + SECONDS_KEPT, actor)
    return actor


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
