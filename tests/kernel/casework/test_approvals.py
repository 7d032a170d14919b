"""Approvals: an act waits for its posts in order, and takes effect, comes back or is taken back; every refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals import deciding, waiting
from fazhi.kernel.casework.approvals.models import Opinion, Request
from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.ground.access.grants import actor_of, grant, stand_in
from fazhi.kernel.ground.access.roles import CLERK, LEADER, SECTION_HEAD
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.testing.traces import fingerprint
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.workflow import Mediating
from tests.lines.mediation.factories import opened
from tests.world import AT, World, world

__all__ = ["world"]

LATER = AT + timedelta(hours=1)


@pytest.fixture
def case(world: World, monkeypatch: pytest.MonkeyPatch) -> Mediation:
    """A case being mediated, whose failure needs the head's and then the leader's approval."""
    monkeypatch.setattr(Mediating.fail, "approved", ((SECTION_HEAD,), (LEADER,)))
    made = opened(world)
    return procedure.act(Mediation, made.id, Mediating.accept, actor=world.actor("east"), at=AT, on=date(2022, 3, 2))


def asked(world: World, case: Mediation) -> Request:
    procedure.act(Mediation, case.id, Mediating.fail, {"ended_for": "分歧过大"}, actor=world.actor("east"), at=AT)
    return Request.objects.get(matter_id=case.id, state="pending")


def refused(error: type[Exception], call: Callable[[], Any]) -> None:
    tables = [Mediation, Request, Opinion]
    before = fingerprint(tables)
    with pytest.raises(error), transaction.atomic():
        call()
    assert fingerprint(tables) == before


def test_asking_changes_no_state_and_blocks_other_ways(world: World, case: Mediation) -> None:
    request = asked(world, case)
    case.refresh_from_db()
    assert (case.state, case.pending, case.outcome, case.ended_for) == ("mediating", "fail", "", "")
    assert request.values == {"ended_for": "分歧过大"}
    assert [each.role for each in waiting.waiting(world.actor("head"))] == ["section_head"]
    assert not waiting.waiting(world.actor("leader")).exists()
    assert [each.pk for each in waiting.sent(world.actor("east"))] == [request.pk]
    refused(NotYours, lambda: procedure.act(Mediation, case.id, Mediating.withdraw, actor=world.actor("east"), at=AT))
    refused(NotYours, lambda: asked(world, case))
    refused(
        NotYours,
        lambda: procedure.correct(Mediation, case.id, {"persons": 3}, reason="补", actor=world.actor("east"), at=AT),
    )


def test_faults_are_said_when_asking(world: World, case: Mediation) -> None:
    refused(Refused, lambda: procedure.act(Mediation, case.id, Mediating.fail, {}, actor=world.actor("east"), at=AT))


def test_the_act_takes_effect_with_the_last_post(world: World, case: Mediation) -> None:
    request = asked(world, case)
    deciding.agree(request.pk, actor=world.actor("head"), at=AT, opinion="拟同意")
    case.refresh_from_db()
    assert (case.state, case.pending) == ("mediating", "fail")
    assert [each.request_id for each in waiting.waiting(world.actor("leader"))] == [request.pk]
    deciding.agree(request.pk, actor=world.actor("leader"), at=LATER)
    case.refresh_from_db()
    assert (case.state, case.pending, case.outcome, case.concluded_on) == ("failed", "", "failed", LATER.date())
    assert [each.text for each in waiting.handled(world.actor("leader"))] == ["同意"]
    steps = Step.objects.filter(matter_id=case.id).order_by("id").values_list("act", "actor_name", "note")
    assert list(steps)[2:] == [
        ("approval.request", "east甲", "调解不成"),
        ("approval.agree", "head甲", "科室负责人：拟同意"),
        ("approval.agree", "leader甲", "局领导：同意"),
        ("fail", "east甲", ""),
    ]
    refused(NotYours, lambda: deciding.agree(request.pk, actor=world.actor("leader"), at=LATER))


def test_posts_decide_in_order_and_only_their_own(world: World, case: Mediation) -> None:
    request = asked(world, case)
    for name in ("leader", "clerk", "east"):
        refused((NotYours, Unseen), lambda name=name: deciding.agree(request.pk, actor=world.actor(name), at=AT))  # type: ignore[arg-type,misc]
    for name in ("west", "auditor"):
        refused(Unseen, lambda name=name: deciding.agree(request.pk, actor=world.actor(name), at=AT))  # type: ignore[misc]


def test_a_returned_request_can_be_made_anew(world: World, case: Mediation) -> None:
    request = asked(world, case)
    refused(Refused, lambda: deciding.give_back(request.pk, reason=" ", actor=world.actor("head"), at=AT))
    deciding.give_back(request.pk, reason="再做一次工作", actor=world.actor("head"), at=AT)
    case.refresh_from_db()
    assert (case.state, case.pending) == ("mediating", "")
    assert not Opinion.objects.filter(request=request, state__in=["open", "later"]).exists()
    assert asked(world, case).pk != request.pk


def test_a_request_is_withdrawn_until_it_has_been_read(world: World, case: Mediation) -> None:
    request = asked(world, case)
    refused(NotYours, lambda: deciding.withdraw(request.pk, actor=world.actor("head"), at=AT))
    deciding.withdraw(request.pk, actor=world.actor("east"), at=AT)
    again = asked(world, case)
    assert deciding.read(again.pk, actor=world.actor("head"), at=AT)
    assert not deciding.read(again.pk, actor=world.actor("head"), at=AT)
    refused(NotYours, lambda: deciding.withdraw(again.pk, actor=world.actor("east"), at=AT))


def test_nobody_wears_two_hats_in_one_chain(world: World, case: Mediation) -> None:
    head = world.accounts["head"]
    grant(head, LEADER, world.units["bureau"], on=date(2010, 1, 1))
    both = actor_of(head, on=AT.date())
    request = asked(world, case)
    deciding.agree(request.pk, actor=both, at=AT)
    refused(NotYours, lambda: deciding.agree(request.pk, actor=both, at=AT))
    assert not waiting.waiting(both).exists()


def test_a_deputy_decides_for_somebody_away(world: World, case: Mediation) -> None:
    stand_in(
        world.accounts["head"], world.accounts["clerk"], first=AT.date(), last=AT.date() + timedelta(3), reason="出差"
    )
    deputy = actor_of(world.accounts["clerk"], on=AT.date())
    request = asked(world, case)
    deciding.agree(request.pk, actor=deputy, at=AT)
    opinion = Opinion.objects.get(request=request, stage=0)
    assert (opinion.account_id, opinion.behalf_id) == (world.accounts["clerk"].pk, world.accounts["head"].pk)
    afterwards = actor_of(world.accounts["clerk"], on=AT.date() + timedelta(4))
    assert all(hat.behalf is None for hat in afterwards.hats)
    refused(NotYours, lambda: deciding.agree(request.pk, actor=deputy, at=AT))


def test_side_by_side_posts_must_all_agree(world: World, case: Mediation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mediating.fail, "approved", ((SECTION_HEAD, CLERK), (LEADER,)))
    grant(world.accounts["finance"], CLERK, world.units["bureau"], on=date(2010, 1, 1))
    clerk = actor_of(world.accounts["finance"], on=AT.date())
    request = asked(world, case)
    deciding.agree(request.pk, actor=clerk, at=AT)
    assert not waiting.waiting(world.actor("leader")).exists()
    deciding.agree(request.pk, actor=world.actor("head"), at=AT)
    assert waiting.waiting(world.actor("leader")).exists()
