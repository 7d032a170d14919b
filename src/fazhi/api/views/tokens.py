"""The account's own tokens: listed, issued and revoked by the person, never by a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from fazhi.api import tokens, typed
from fazhi.api.answers import answer
from fazhi.api.guard import Asked
from fazhi.api.models import Token
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused


def listing(asked: Asked) -> HttpResponse:
    """The tokens of the account; their text is never shown again."""
    mine = Token.objects.filter(account_id=_person(asked)).order_by("-id")
    return answer({"tokens": [_shown(each) for each in mine]})


def issue(asked: Asked) -> HttpResponse:
    """Issues a token: ``name`` what it is for, ``days`` how long it is good, ``writes`` whether it may write."""
    account = Account.objects.get(pk=_person(asked))
    days = asked.body.get("days", 90)
    if not isinstance(days, int) or isinstance(days, bool):
        raise Refused(Fault("有效期应为天数", "days"))
    token, text = tokens.issue(
        account,
        typed.text_of(asked.body.get("name"), "name"),
        at=asked.at,
        lasts=timedelta(days),
        writes=asked.body.get("writes") is True,
    )
    return answer({**_shown(token), "token": text}, 201)


def revoke(asked: Asked, token_id: int) -> HttpResponse:
    """Revokes a token of the account."""
    tokens.revoke(_person(asked), token_id, at=asked.at)
    return answer(_shown(Token.objects.get(pk=token_id)))


def _person(asked: Asked) -> int:
    if asked.by_token or asked.actor.account_id is None:
        raise NotYours("令牌由本人登录后管理，不能用令牌管理令牌")
    return asked.actor.account_id


def _shown(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "writes": token.writes,
        "made_at": token.made_at,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "used_at": token.used_at,
    }
