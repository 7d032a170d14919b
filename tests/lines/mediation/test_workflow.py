"""The stories of mediation: the ordinary way, every exit, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Matter, Step, Tally, Visibility
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.workflow import Mediating
from tests.lines.mediation.factories import PARTIES, committee, mediator, opened
from tests.world import AT, World, world

__all__ = ["world"]


def test_a_dispute_is_settled(world: World) -> None:
    case = opened(world)
    helper = mediator(world, case.organisation)
    east = world.actor("east")
    assert case.number == "青江东桥人调〔2022〕1号"
    assert case.title == "邻里纠纷：因楼道堆放杂物发生争执"
    procedure.act(Mediation, case.id, Mediating.accept, actor=east, at=AT, on=date(2022, 3, 2))
    settled = procedure.act(
        Mediation, case.id, Mediating.succeed, {"mediator": helper, "agreement_form": "written", "amount": 1_200_000},
        actor=east, at=AT, on=date(2022, 3, 20),
    )  # fmt: skip
    assert (settled.outcome, settled.state, settled.phase) == ("succeeded", "succeeded", "decided")
    assert settled.concluded_on == date(2022, 3, 20)
    card = Matter.objects.get(pk=case.id)
    assert (card.state, card.phase, card.number, card.version) == ("succeeded", "decided", case.number, 3)
    assert list(Step.objects.filter(matter_id=case.id).order_by("id").values_list("act", "on")) == [
        ("open", date(2022, 3, 1)), ("accept", date(2022, 3, 2)), ("succeed", date(2022, 3, 20)),
    ]  # fmt: skip


def test_who_sees_a_case(world: World) -> None:
    case = opened(world)
    seen = set(Visibility.objects.filter(matter_id=case.id).values_list("unit_id", flat=True))
    assert seen == {world.units[name].id for name in ("east", "area", "bureau")}
    assert (
        sum(
            Tally.objects.filter(unit_id=world.units["east"].id, record="mediation.mediation").values_list(
                "delta", flat=True
            )
        )
        == 1
    )
    with pytest.raises(Unseen):
        procedure.act(Mediation, case.id, Mediating.accept, actor=world.actor("west"), at=AT)
    mine = procedure.open(
        Mediation, {"organisation": case.organisation, "kind": "other", "summary": "借款"},
        actor=world.actor("mediator"), at=AT, parties=PARTIES,
    )  # fmt: skip
    assert mine.handler_id == world.accounts["mediator"].id
    with pytest.raises(Unseen):
        procedure.act(Mediation, mine.id, Mediating.accept, actor=world.actor("mediator2"), at=AT)
    with pytest.raises(NotYours, match="由经办人、"):
        procedure.act(Mediation, mine.id, Mediating.accept, actor=world.actor("leader"), at=AT)
    assert Matter.objects.get(pk=mine.id).state == "registered"


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"kind": "labour"}, "kind", "用到2017-12-31为止"),
        ({"kind": "dragons"}, "kind", ""),
        ({"source": "entrusted"}, "sent_by", "请填写委托移送单位"),
        ({"sent_by": "court"}, "sent_by", "不是“委托移送”"),
        ({"summary": ""}, "summary", "请填写“纠纷简要情况”"),
        ({"amount": -1}, "amount", "不能为负"),
    ],
)
def test_what_is_refused_leaves_nothing(world: World, values: dict[str, Any], field: str, reason: str) -> None:
    organisation = committee(world)
    before = (Matter.objects.count(), Step.objects.count(), Visibility.objects.count())
    with pytest.raises(Refused) as refusal:
        opened(world, organisation=organisation, **values)
    assert field in {fault.field for fault in refusal.value.faults}
    assert reason in str(refusal.value)
    world.enter()
    assert (Matter.objects.count(), Step.objects.count(), Visibility.objects.count()) == before


def test_a_finished_ledger_row_takes_its_end_state(world: World) -> None:
    organisation = committee(world)
    helper = mediator(world, organisation)
    row = procedure.open(
        Mediation,
        {
            "organisation": organisation, "mediator": helper, "kind": "family", "summary": "赡养", "number": "旧〔2022〕7",
            "accepted_on": date(2022, 1, 5), "outcome": "succeeded", "concluded_on": date(2022, 1, 20),
            "agreement_form": "oral", "amount": 50_000,
        },
        actor=world.actor("east"), at=AT, unit=world.units["east"], on=date(2022, 1, 4), parties=PARTIES, history=True,
    )  # fmt: skip
    assert (row.number, row.state, row.phase, row.historical) == ("旧〔2022〕7", "succeeded", "decided", True)
    with pytest.raises(Refused, match="早于前一环节"):
        procedure.open(
            Mediation,
            {
                "organisation": organisation, "mediator": helper, "kind": "family", "summary": "赡养",
                "accepted_on": date(2022, 1, 5), "outcome": "succeeded", "concluded_on": date(2022, 1, 2),
                "agreement_form": "oral",
            },
            actor=world.actor("east"), at=AT, unit=world.units["east"], on=date(2022, 1, 4), parties=PARTIES,
            history=True,
        )  # fmt: skip
