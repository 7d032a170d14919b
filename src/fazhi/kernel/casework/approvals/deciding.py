"""Deciding a request: a post agrees or returns it; who asked may withdraw it until the first post has read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from fazhi.kernel.casework.approvals.models import Opinion, OpinionState, Request, RequestState
from fazhi.kernel.casework.approvals.waiting import for_posts_of
from fazhi.kernel.casework.matters import steps
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.casework.matters.workflow import Workflow, workflow_named
from fazhi.kernel.casework.procedure import changing
from fazhi.kernel.casework.procedure.acting import effect
from fazhi.kernel.ground.access.actors import Actor, Hat
from fazhi.kernel.ground.access.roles import ROLES
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import session


def agree(request_id: int, *, actor: Actor, at: datetime, opinion: str = "同意", on: date | None = None) -> Request:
    """Agree for the post ``actor`` holds in the open stage; with the last post the act takes effect.

    Its legal day is the one asked for, else ``on``, else the day of ``at``. Raises :class:`Refused` when what the act
    asks no longer holds; nothing is then written.
    """
    with _pending(request_id, actor, at, "agree") as (request, workflow, case):
        mine, hat = _post(request, actor)
        _write(mine, hat, OpinionState.AGREED, opinion, actor, at)
        steps.note(case, "approval.agree", actor=actor, at=at, text=f"{ROLES[mine.role].label}：{opinion}")
        if request.opinions.filter(stage=request.stage, state=OpinionState.OPEN).exists():
            return request
        if request.opinions.filter(stage=request.stage + 1).update(state=OpinionState.OPEN):
            request.stage += 1
            request.save(update_fields=["stage"])
            return request
        _finish(request, case, RequestState.APPROVED, at)
        requester = Actor(request.requested_by_id, request.requested_by.name, actor.jurisdiction_id)
        day = request.on or on or at.date()
        effect(
            workflow,
            workflow.acts[request.act],
            case,
            request.values,
            actor=requester,
            at=at,
            on=day,
            note=request.note,
        )
        return request


def give_back(request_id: int, *, reason: str, actor: Actor, at: datetime) -> Request:
    """Return the request to who asked, with the reason; the case is as before and the act can be asked for anew."""
    if not reason.strip():
        raise Refused(Fault("请写明退回原因", "reason"))
    with _pending(request_id, actor, at, "return") as (request, _, case):
        mine, hat = _post(request, actor)
        _write(mine, hat, OpinionState.RETURNED, reason, actor, at)
        steps.note(case, "approval.return", actor=actor, at=at, text=f"{ROLES[mine.role].label}：{reason}")
        _finish(request, case, RequestState.RETURNED, at)
        return request


def withdraw(request_id: int, *, actor: Actor, at: datetime) -> Request:
    """Take the request back; refused once a post of the first stage has read it."""
    with _pending(request_id, actor, at, "withdraw") as (request, _, case):
        if request.requested_by_id != actor.account_id:
            raise NotYours("只有提交人可以撤回")
        if request.stage > 0 or request.opinions.exclude(read_at=None).exists():
            raise NotYours("审批人已经阅读，不能撤回；需要改动的，请审批人退回")
        steps.note(case, "approval.withdraw", actor=actor, at=at, text=request.label)
        _finish(request, case, RequestState.WITHDRAWN, at)
        return request


def read(request_id: int, *, actor: Actor, at: datetime) -> bool:
    """Note that somebody who may decide has opened the request; tells whether it was the first time."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="approval.read", at=at):
        rows = for_posts_of(actor).filter(request_id=request_id, read_at=None)
        return bool(Opinion.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(read_at=at))


@contextmanager
def _pending(request_id: int, actor: Actor, at: datetime, verb: str) -> Iterator[tuple[Request, type[Workflow], Any]]:
    """One transaction on a pending request with its case locked."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"approval.{verb}", at=at):
        request = Request.objects.filter(pk=request_id).select_related("requested_by").first()
        if request is None:
            raise Unseen(f"request {request_id}")
        workflow = workflow_named(request.record)
        case = fetch(actor, workflow.record, request.matter_id, lock=True)
        request.refresh_from_db(fields=["state", "stage"])
        if request.state != RequestState.PENDING:
            raise NotYours(f"该审批{RequestState(request.state).label}，不能再办理")
        yield request, workflow, case


def _post(request: Request, actor: Actor) -> tuple[Opinion, Hat]:
    """The open opinion ``actor`` may write, and the hat it is written in; nobody wears two hats in one chain."""
    taken = set(request.opinions.exclude(account=None).values_list("account_id", flat=True))
    if actor.account_id in taken | {request.requested_by_id}:
        raise NotYours("同一审批中，一人只能担任一个岗位；提交人不能审批自己提交的事项")
    open_posts = list(request.opinions.filter(stage=request.stage, state=OpinionState.OPEN).order_by("id"))
    for opinion in open_posts:
        for hat in actor.hats_in(opinion.line):
            if hat.role == opinion.role and hat.unit_id in opinion.audience:
                if hat.behalf is not None and hat.behalf in taken | {request.requested_by_id}:
                    continue
                return opinion, hat
    raise NotYours(f"现在由{_named(open_posts)}审批")


def _named(opinions: Sequence[Opinion]) -> str:
    return "、".join(ROLES[each.role].label for each in opinions)


def _write(opinion: Opinion, hat: Hat, state: OpinionState, text: str, actor: Actor, at: datetime) -> None:
    opinion.state, opinion.text, opinion.at = state, text.strip()[:500], at
    opinion.account_id, opinion.behalf_id = actor.account_id, hat.behalf
    opinion.read_at = opinion.read_at or at
    opinion.save(update_fields=["state", "text", "at", "account", "behalf", "read_at"])


def _finish(request: Request, case: Any, state: RequestState, at: datetime) -> None:
    request.state, request.finished_at = state, at
    request.save(update_fields=["state", "finished_at"])
    request.opinions.filter(state__in=[OpinionState.OPEN, OpinionState.LATER]).update(state=OpinionState.DROPPED)
    changing.mark_pending(case, "")
