"""The write path where no line has a word: numbers under concurrency, corrections, bulk, expiry on the statutory day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Counter, Matter, Step, Tally, Visibility
from fazhi.kernel.casework.matters.tallying import compact
from fazhi.kernel.casework.procedure.expiring import expire
from fazhi.kernel.casework.procedure.governing import decide_rule
from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused
from fazhi.kernel.ground.law import Decision
from fazhi.kernel.testing.traces import fingerprint
from fazhi.lines.mediation.deadlines import Limits
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.workflow import Mediating
from tests.lines.mediation.factories import PARTIES, committee, mediator, opened
from tests.world import AT, World, build, world

__all__ = ["world"]


def facts(world: World, **more: Any) -> procedure.Facts:
    values = {
        "organisation": committee(world),
        "kind": "family",
        "summary": "赡养",
        "opened_on": date(2022, 5, 4),
        **more,
    }
    return procedure.Facts(values, PARTIES)


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_take_fifty_numbers_without_a_gap() -> None:
    with transaction.atomic():
        world = build()
        world.enter()
        organisation = committee(world)

    def register(turn: int) -> str:
        try:
            return procedure.open(
                Mediation, {"organisation": organisation.id, "kind": "other", "summary": f"第{turn}件"},
                actor=world.actor("east"), at=AT, unit=world.units["east"], parties=PARTIES,
            ).number  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        numbers = list(pool.map(register, range(50)))
    assert sorted(numbers) == sorted(f"青江东桥人调〔2022〕{serial}号" for serial in range(1, 51))


def test_many_are_written_as_one_would_be(world: World) -> None:
    rows = [(facts(world, summary=f"第{turn}件"), world.units["east"], None) for turn in range(250)]
    made = procedure.bulk(Mediation, rows, actor=world.actor("east"), at=AT)
    single = procedure.open(
        Mediation, facts(world).values, actor=world.actor("east"), at=AT, unit=world.units["east"], parties=PARTIES
    )
    assert [each.number for each in made] == [f"青江东桥人调〔2022〕{serial}号" for serial in range(1, 251)]
    assert single.number == "青江东桥人调〔2022〕251号"
    assert Matter.objects.count() == Step.objects.count() == 251
    assert Visibility.objects.count() == 251 * 3
    assert Counter.objects.get(series__startswith="mediation.mediation").last == 251


def test_one_bad_row_of_many_writes_none_and_is_named(world: World) -> None:
    rows = [(facts(world), world.units["east"], None) for _ in range(20)]
    rows[7] = (facts(world, kind="dragons"), world.units["east"], None)
    rows[9] = (facts(world), world.units["west"], None)
    before = fingerprint([Mediation])
    with pytest.raises(Refused) as refusal, transaction.atomic():
        procedure.bulk(Mediation, rows, actor=world.actor("east"), at=AT)
    assert {fault.field for fault in refusal.value.faults} == {"7.kind", "9.unit"}
    assert fingerprint([Mediation]) == before


def test_a_correction_needs_its_reason_and_keeps_both_values(world: World) -> None:
    case, east = opened(world), world.actor("east")
    for values, reason, error in (
        ({"summary": "改"}, " ", Refused),
        ({"summary": case.summary}, "笔误", Refused),
        ({"state": "failed"}, "笔误", Refused),
        ({"outcome": "succeeded"}, "笔误", Refused),
        ({"nothing": 1}, "笔误", Refused),
    ):
        before = fingerprint([Mediation])
        with pytest.raises(error), transaction.atomic():
            procedure.correct(Mediation, case.id, values, reason=reason, actor=east, at=AT)
        assert fingerprint([Mediation]) == before
    fixed = procedure.correct(Mediation, case.id, {"summary": "改正后"}, reason="笔误", actor=east, at=AT, version=1)
    assert (fixed.summary, fixed.version, fixed.title) == ("改正后", 2, "邻里纠纷：改正后")
    assert Matter.objects.get(pk=case.id).title == "邻里纠纷：改正后"
    with pytest.raises(Conflict) as conflict, transaction.atomic():
        procedure.correct(Mediation, case.id, {"summary": "再改"}, reason="笔误", actor=east, at=AT, version=1)
    assert conflict.value.theirs["summary"] == "改正后"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT image->>'summary' FROM audit_entry e JOIN audit_payload p USING (id)"
            " WHERE table_name = 'mediation_mediation' AND row_id = %s ORDER BY id", [case.id],
        )  # fmt: skip
        assert [row[0] for row in cursor.fetchall()] == ["因楼道堆放杂物发生争执", "改正后"]


def test_what_is_assigned_is_seen_by_the_new_unit_and_no_longer_by_the_old(world: World) -> None:
    case = opened(world)
    head = world.actor("head")
    procedure.assign(Mediation, case.id, actor=head, at=AT, unit=world.units["west"], reason="管辖调整")
    seen = set(Visibility.objects.filter(matter_id=case.id).values_list("unit_id", flat=True))
    assert seen == {world.units[name].id for name in ("west", "area", "bureau")}
    totals = {
        name: sum(Tally.objects.filter(unit_id=world.units[name].id).values_list("delta", flat=True))
        for name in ("east", "west", "bureau")
    }
    assert totals == {"east": 0, "west": 1, "bureau": 1}
    compact(world.jurisdiction.id)
    assert Tally.objects.filter(unit_id=world.units["west"].id).count() == 1
    assert not Tally.objects.filter(unit_id=world.units["east"].id).exists()


class TestExpiry:
    """A period that ran out takes effect on its statutory day, however late the worker comes, and only if it is sure."""

    @pytest.fixture
    def case(self, world: World, monkeypatch: pytest.MonkeyPatch) -> Mediation:
        monkeypatch.setattr(Limits.conclude, "expires", Mediating.withdraw)
        case = opened(world)
        return procedure.act(
            Mediation, case.id, Mediating.accept, actor=world.actor("east"), at=AT, on=date(2022, 3, 2)
        )

    def test_a_rule_not_verified_never_fires(self, world: World, case: Mediation) -> None:
        run = Run.objects.get(matter_id=case.id, clock="conclude")
        assert (run.due_on, run.certain) == (date(2022, 4, 2), False)
        assert case.due_on is None
        assert expire(world.jurisdiction.id, at=AT) == []

    def test_one_the_bureau_decided_on_fires_with_effect_from_the_day_after(
        self, world: World, case: Mediation
    ) -> None:
        decision = Decision("mediation.people.conclude", True, None, None, "青司〔2022〕1号第一条")
        assert decide_rule(decision, actor=world.actor("system"), at=AT) == 1
        case.refresh_from_db()
        due = case.due_on
        assert due is not None
        assert expire(world.jurisdiction.id, at=datetime(2022, 3, 20, tzinfo=AT.tzinfo)) == []
        assert expire(world.jurisdiction.id, at=AT) == [case.id]
        world.enter()
        case.refresh_from_db()
        assert (case.state, case.concluded_on) == ("withdrawn", due + timedelta(1))
        step = Step.objects.filter(matter_id=case.id).latest("id")
        assert (step.act, step.actor_id, step.on) == ("withdraw", None, due + timedelta(1))
        assert expire(world.jurisdiction.id, at=AT) == []


def test_a_corrected_day_moves_the_clock(world: World) -> None:
    organisation = committee(world)
    case = procedure.open(
        Mediation,
        {
            "organisation": organisation, "mediator": mediator(world, organisation), "kind": "family", "summary": "赡养",
            "accepted_on": date(2022, 3, 2), "outcome": "succeeded", "concluded_on": date(2022, 3, 20),
            "agreement_form": "written", "confirmation_wanted": True,
        },
        actor=world.actor("east"), at=AT, unit=world.units["east"], on=date(2022, 3, 1), parties=PARTIES, history=True,
    )  # fmt: skip
    assert Run.objects.get(matter_id=case.id, clock="apply_confirmation").due_on == date(2022, 4, 19)
    procedure.correct(
        Mediation, case.id, {"concluded_on": date(2022, 3, 21)}, reason="核对原件", actor=world.actor("east"), at=AT
    )
    assert Run.objects.get(matter_id=case.id, clock="apply_confirmation").due_on == date(2022, 4, 20)


def test_a_mediator_registers_only_as_the_own_work(world: World) -> None:
    case = procedure.open(
        Mediation, facts(world).values, actor=world.actor("mediator"), at=AT, parties=PARTIES,
        handler_id=world.accounts["mediator2"].id,
    )  # fmt: skip
    assert case.handler_id == world.accounts["mediator"].id
    with pytest.raises(NotYours), transaction.atomic():
        procedure.open(
            Mediation,
            facts(world).values,
            actor=world.actor("mediator"),
            at=AT,
            unit=world.units["west"],
            parties=PARTIES,
        )
