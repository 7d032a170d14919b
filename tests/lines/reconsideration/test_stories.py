"""The stories of reconsideration: the ordinary way to its end, who sees it, and what belongs to it."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals import deciding
from fazhi.kernel.casework.approvals.models import Request
from fazhi.kernel.casework.matters.models import Matter, Step, Visibility
from fazhi.kernel.casework.papers import issuing
from fazhi.kernel.casework.papers.models import Issued
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.records.register import Listing, Lookups, read, register_of
from fazhi.kernel.records.register.columns import column_of
from fazhi.lines.reconsideration.models import Application, Suggestion
from fazhi.lines.reconsideration.workflow import Reconsidering as W
from fazhi.lines.reconsideration.workflow import Suggesting
from tests.lines.reconsideration.factories import AT, accepted, decided, done, letter, opened
from tests.world import World, world

__all__ = ["world"]


def test_the_ordinary_way(world: World) -> None:
    case = opened(world)
    assert (case.number, case.title) == ("青江复〔2026〕1号", "行政处罚：青财罚〔2026〕3号行政处罚决定")
    assert (case.law, case.filed_on, case.state) == ("2023", date(2026, 3, 2), "received")
    way = (
        (W.acknowledge, date(2026, 3, 2)), (W.accept, date(2026, 3, 4)), (W.send_copy, date(2026, 3, 5)),
        (W.deliver_copy, date(2026, 3, 6)), (W.take_reply, date(2026, 3, 18)), (W.hear_opinions, date(2026, 3, 20)),
        (W.report, date(2026, 4, 7)), (W.decide, date(2026, 4, 10)), (W.serve, date(2026, 4, 14)),
        (W.perform, date(2026, 5, 8)), (W.archive, date(2026, 6, 1)),
    )  # fmt: skip
    for act, on in way:
        case = done(world, case, act, on)
    assert (case.state, case.phase, case.outcome) == ("archived", "closed", "varied")
    assert (case.concluded_on, case.closed_on, case.due_on) == (date(2026, 4, 10), date(2026, 6, 1), None)
    steps = Step.objects.filter(matter_id=case.id).exclude(act__startswith="approval.").order_by("id")
    assert list(steps.values_list("act", "on")) == [("open", date(2026, 3, 2)), *((act.key, on) for act, on in way)]


def test_the_paper_is_served_and_the_day_of_receipt_recorded(world: World) -> None:
    case = decided(world)
    paper = Issued.objects.get(matter_id=case.id, paper="decision")
    served = issuing.serve(
        paper.id, recipient="甲某", way="post", posted_on=date(2026, 4, 11), actor=world.actor("handler"), at=AT
    )
    issuing.received(served.id, on=date(2026, 4, 14), evidence="EMS1", actor=world.actor("handler"), at=AT)
    assert paper.services.get().received_on == date(2026, 4, 14)


def test_who_sees_a_case_and_who_may_act(world: World) -> None:
    case = opened(world)
    seen = set(Visibility.objects.filter(matter_id=case.id).values_list("unit_id", flat=True))
    assert seen == {world.units[name].id for name in ("review", "bureau", "area")}
    for name in ("east", "finance", "auditor"):
        with pytest.raises(Unseen):
            procedure.act(Application, case.id, W.acknowledge, actor=world.actor(name), at=AT, on=date(2026, 3, 3))
    with pytest.raises(NotYours, match="由经办人、承办人、科室负责人办理"):
        procedure.act(Application, case.id, W.acknowledge, actor=world.actor("leader"), at=AT, on=date(2026, 3, 3))
    assert Matter.objects.get(pk=case.id).version == 1


def test_what_is_sent_back_leaves_the_case_as_it_was(world: World) -> None:
    case = accepted(world)
    values = {"terminated_for": "withdrawn"}
    procedure.act(Application, case.id, W.terminate, values, actor=world.actor("handler"), at=AT, on=date(2026, 3, 30))
    request = Request.objects.get(matter_id=case.id, act="terminate")
    deciding.agree(request.id, actor=world.actor("head"), at=AT)
    case.refresh_from_db()
    assert (case.state, case.pending) == ("examining", "terminate")
    deciding.give_back(request.id, reason="撤回是否自愿请再核实", actor=world.actor("leader"), at=AT)
    case.refresh_from_db()
    assert (case.state, case.pending, case.outcome, case.terminated_for) == ("examining", "", "", "")
    assert not Issued.objects.filter(matter_id=case.id, paper="termination_decision").exists()


def test_a_letter_is_part_of_its_case_and_found_by_its_number(world: World) -> None:
    case = decided(world)
    sent = done(world, letter(world, case), Suggesting.issue, date(2026, 4, 13))
    assert Matter.objects.get(pk=sent.id).part_of_id == case.id
    column = column_of(Suggesting, Suggestion.application)
    lookups = Lookups.gathered(world.jurisdiction.id, [column])
    assert read(column, "青江复〔2026〕1号", lookups) == (case.id, None)
    page = Listing(register_of("reconsideration.suggestions"), world.actor("handler"), {}).page()
    assert case.number in str(page.rows[0])


def test_what_follows_from_facts_is_settled_when_they_are_corrected(world: World) -> None:
    case = opened(world)
    actor = world.actor("handler")
    values = {"law": "", "filed_on": None, "opened_on": date(2026, 3, 3)}
    changed = procedure.correct(Application, case.id, values, reason="收到日期有误", actor=actor, at=AT)
    assert (changed.law, changed.filed_on) == ("2023", date(2026, 3, 3))
    # One day later begins the examination: 4-6, 9, 10 March.
    assert changed.due_on == date(2026, 3, 10)
    with pytest.raises(Refused, match="此项不能更正"):
        procedure.correct(Application, case.id, {"outcome": "upheld"}, reason="改", actor=actor, at=AT)


def test_filters_and_search_find_a_case(world: World) -> None:
    case = accepted(world)
    opened(world, field="market", contested="查封决定")
    register = register_of("reconsideration.applications")
    for parameters, count in (({"state": "examining"}, 1), ({"field": "market"}, 1), ({"q": case.number}, 1), ({}, 2)):
        assert Listing(register, world.actor("handler"), parameters).total() == count, parameters
