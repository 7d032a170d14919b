"""Asking for approval: the act as filled in waits, with one opinion open for each post of the first stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from fazhi.kernel.casework.approvals.models import Opinion, OpinionState, Request, RequestState
from fazhi.kernel.casework.matters.workflow import Act, Workflow
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.orgs.models import Unit


def submit(
    workflow: type[Workflow],
    act: Act,
    case: Any,
    unit: Unit,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on: date | None,
    note: str,
) -> Request:
    """Store the request with the opinions of all stages. Called by ``procedure.act`` inside its transaction."""
    request = Request.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        matter_id=case.id,
        record=workflow.name(),
        line=workflow.line,
        act=act.key,
        label=act.label,
        values={name: getattr(value, "pk", value) for name, value in values.items()},
        on=on,
        note=note,
        requested_by_id=_account(actor),
        requested_at=at,
    )
    posts = [(stage, role) for stage, roles in enumerate(act.approved) for role in roles]
    ids = iter(take_ids(len(posts)))
    opinions: list[models.Model] = [
        Opinion(
            id=next(ids),
            jurisdiction_id=case.jurisdiction_id,
            request=request,
            stage=stage,
            role=role.key,
            line=workflow.line,
            audience=unit.audience,
            state=OpinionState.OPEN if stage == 0 else OpinionState.LATER,
        )
        for stage, role in posts
    ]
    Opinion.objects.bulk_create(opinions)  # type: ignore[arg-type]
    return request


def lapse(case: Any, *, at: datetime) -> None:
    """Let what waits on a locked case come to nothing: what was asked is overtaken by the law."""
    for request in Request.objects.filter(matter_id=case.id, state=RequestState.PENDING):
        request.state, request.finished_at = RequestState.LAPSED, at
        request.save(update_fields=["state", "finished_at"])
        request.opinions.filter(state__in=[OpinionState.OPEN, OpinionState.LATER]).update(state=OpinionState.DROPPED)


def _account(actor: Actor) -> int:
    assert actor.account_id is not None, "the system asks nobody for approval"
    return actor.account_id
