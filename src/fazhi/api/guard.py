"""The guard at every address: who asks, in which session, and what is said when it goes wrong.

A request is made on a person's account: by a token (``Authorization: Bearer …``), or by the session of a browser, which
for anything but reading must send the CSRF token too. What one may not see does not exist: 404.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from fazhi.api import shapes, tokens
from fazhi.api.answers import refused
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import enter, session

_READS = frozenset({"GET", "HEAD"})
_LARGEST = 1024 * 1024
_NO_SUCH = "没有这个地址，或者没有这条记录"
_WHO = "请用令牌（Authorization: Bearer …）或已登录的会话访问"


@dataclass(frozen=True, slots=True)
class Asked:
    """This request as an endpoint sees it: the actor, the instant, the parameters of the address, and the body."""

    actor: Actor
    at: datetime
    parameters: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)
    by_token: bool = False


Endpoint = Callable[..., HttpResponse]


def endpoint(*, get: Endpoint | None = None, post: Endpoint | None = None) -> Callable[..., HttpResponse]:
    """A view of one address from a function for each method; each is called with :class:`Asked` and what the path names."""
    methods = {**({"GET": get, "HEAD": get} if get else {}), **({"POST": post} if post else {})}
    described = get or post
    assert described is not None

    @csrf_exempt
    @login_not_required
    @wraps(described)
    def view(request: HttpRequest, **names: Any) -> HttpResponse:
        act = methods.get(request.method or "")
        if act is None:
            response = refused("这个地址不支持这种请求方法", 405)
            response["Allow"] = ", ".join(sorted(methods))
            return response
        with ExitStack() as stack:
            try:
                asked = _asked(request, stack)
            except _Stopped as stopped:
                return stopped.response
            response = _done(act, asked, names)
            if request.method not in _READS and response.status_code >= 400:
                transaction.set_rollback(True)
            return response

    return view


class _Stopped(Exception):
    """Raised for a request that is not let in."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def _done(act: Endpoint, asked: Asked, names: dict[str, Any]) -> HttpResponse:
    try:
        return act(asked, **names)
    except Unseen:
        return refused(_NO_SUCH, 404)
    except Conflict as conflict:
        yours = asked.body.get("values", {key: value for key, value in asked.body.items() if key != "version"})
        theirs = {name: shapes.plain(value) for name, value in conflict.theirs.items()}
        return refused(conflict.faults, 409, yours=yours, theirs=theirs)
    except NotYours as refusal:
        return refused(refusal.faults, 403)
    except Refused as refusal:
        return refused(refusal.faults, 422)


def _asked(request: Any, stack: ExitStack) -> Asked:
    reads = request.method in _READS
    header = request.headers.get("Authorization", "")
    by_token = header.startswith("Bearer ")
    if by_token:
        actor = _by_token(header.removeprefix("Bearer ").strip(), request.at, stack, reads=reads)
    else:
        actor = _by_session(request, reads=reads)
    body = {} if reads else _body(request)
    if not reads:
        # A refusal takes back what was begun, and leaves the transaction around it whole.
        stack.enter_context(transaction.atomic())
    return Asked(actor, request.at, {name: request.GET[name] for name in request.GET}, body, by_token)


def _by_token(text: str, at: datetime, stack: ExitStack, *, reads: bool) -> Actor:
    jurisdiction_id = tokens.jurisdiction_of(text)
    if jurisdiction_id is None:
        raise _Stopped(_unknown())
    stack.enter_context(session(jurisdictions=[jurisdiction_id], act="api", at=at))
    bearer = tokens.recognised(text, at=at)
    if bearer is None:
        raise _Stopped(_unknown())
    if not reads and not bearer.writes:
        raise _Stopped(refused("这个令牌只能读取，不能写入", 403))
    if not reads:
        enter(jurisdictions=[jurisdiction_id], actor=bearer.actor.account_id, act="api", at=at)
    return bearer.actor


def _by_session(request: Any, *, reads: bool) -> Actor:
    seat = getattr(request, "seat", None)
    if seat is None:
        raise _Stopped(_unknown())
    if seat.must_change:
        raise _Stopped(refused("请先在网页上更改初始口令", 403))
    if not reads and (reason := _forged(request)):
        raise _Stopped(refused(f"没有有效的 CSRF 令牌：{reason}", 403))
    actor: Actor = seat.actor
    return actor


def _unknown() -> HttpResponse:
    response = refused(_WHO, 401)
    response["WWW-Authenticate"] = "Bearer"
    return response


class _Csrf(CsrfViewMiddleware):
    """Django's own check, which says the reason instead of answering with a page."""

    def _reject(self, request: Any, reason: str) -> Any:
        return reason


def _forged(request: Any) -> str:
    check = _Csrf(lambda _request: HttpResponse())
    check.process_request(request)
    return str(check.process_view(request, lambda _request: HttpResponse(), (), {}) or "")


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > _LARGEST:
        raise _Stopped(refused("请求内容过大", 413))
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        raise _Stopped(refused("请求内容不是正确的 JSON", 400)) from None
    if not isinstance(found, dict):
        raise _Stopped(refused("请求内容应为一个 JSON 对象", 400))
    return found
