"""What waits for somebody's approval, what they have decided, and what they have sent."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from fazhi.kernel.casework.approvals.models import Opinion, OpinionState, Request
from fazhi.kernel.ground.access.actors import Actor


def for_posts_of(actor: Actor) -> QuerySet[Opinion]:
    """These open opinions of posts that ``actor`` holds, in person or for somebody away."""
    posts = Q(pk__in=())
    for hat in actor.hats:
        post = Q(role=hat.role, audience__contains=[hat.unit_id])
        posts |= post & Q(line=hat.line) if hat.line else post
    return Opinion.objects.filter(posts, state=OpinionState.OPEN, jurisdiction_id=actor.jurisdiction_id)


def waiting(actor: Actor) -> QuerySet[Opinion]:
    """These opinions that ``actor`` may write now, oldest request first: not on an own request, nor twice in a chain."""
    me: Any = actor.account_id
    mine = Request.objects.filter(Q(requested_by_id=me) | Q(opinions__account_id=me))
    return (
        for_posts_of(actor)
        .exclude(request__in=mine)
        .select_related("request__matter", "request__requested_by")
        .order_by("request__requested_at", "id")
    )


def handled(actor: Actor) -> QuerySet[Opinion]:
    """These opinions ``actor`` has written, newest first."""
    me: Any = actor.account_id
    return (
        Opinion.objects.filter(account_id=me, jurisdiction_id=actor.jurisdiction_id)
        .select_related("request__matter", "request__requested_by")
        .order_by("-at", "-id")
    )


def sent(actor: Actor) -> QuerySet[Request]:
    """These requests ``actor`` has made, newest first."""
    me: Any = actor.account_id
    return (
        Request.objects.filter(requested_by_id=me, jurisdiction_id=actor.jurisdiction_id)
        .select_related("matter")
        .order_by("-requested_at", "-id")
    )
