"""The figures of reconsideration against a sample counted by hand, and the ledger that brings it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.procedure import Facts
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.records.measures.balancing import balanced
from fazhi.kernel.records.measures.computing import totals
from fazhi.kernel.records.measures.figures import Scope
from fazhi.kernel.records.measures.members import within
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.register import Listing, register_of
from fazhi.lines.reconsideration.codes import FIELD_GROUPS, FIELDS, MATTERS
from fazhi.lines.reconsideration.measures import ReconsiderationMeasures as M
from fazhi.lines.reconsideration.models import Application
from fazhi.lines.reconsideration.workflow import Suggesting
from tests.lines.reconsideration.factories import AT, PARTIES, accepted, decided, done, letter, review
from tests.world import SHANGHAI, World, world

__all__ = ["world"]

HANDED_IN = datetime(2023, 1, 18, 10, 0, tzinfo=SHANGHAI)


def row(
    received: tuple[int, ...], accepted: tuple[int, ...] | None, ended: tuple[int, ...] | None, **more: Any
) -> Facts:
    values: dict[str, Any] = {
        "field": "market", "matter": "penalty", "contested": "行政处罚决定", "request": "撤销该决定",
        "opened_on": date(*received), "accepted_on": date(*accepted) if accepted else None,
        "concluded_on": date(*ended) if ended else None, **more,
    }  # fmt: skip
    return Facts(values, PARTIES)


SAMPLE = (
    # Carried in from 2021: two, of which one is concluded in time and one after its sixty days.
    row((2021, 12, 20), (2021, 12, 20), (2022, 2, 10), outcome="upheld"),
    row((2021, 11, 1), (2021, 11, 1), (2022, 1, 20), outcome="annulled_redo"),
    # Received in 2021 and concluded in 2021.
    row((2021, 3, 1), (2021, 3, 1), (2021, 4, 9), outcome="mediated", agreement="已和解"),
    # Received in 2021, accepted in 2022.
    row((2021, 12, 31), (2022, 1, 5), (2022, 2, 28), outcome="terminated", terminated_for="settled"),
    # Of 2022: settled by mediation, withdrawn for another reason, varied with compensation, extended, still open.
    row((2022, 2, 1), (2022, 2, 1), (2022, 3, 25), outcome="mediated", applicants=3, agreement="减轻处罚"),
    row((2022, 2, 8), (2022, 2, 8), (2022, 3, 1), outcome="terminated", terminated_for="withdrawn"),
    row((2022, 3, 1), (2022, 3, 1), (2022, 4, 29), outcome="varied", compensation=120_000),
    row((2022, 3, 1), (2022, 3, 1), (2022, 5, 27), outcome="unlawful", extended_on=date(2022, 4, 25), extended_days=30),
    row((2022, 11, 10), (2022, 11, 10), None),
    row((2022, 12, 5), (2022, 12, 5), (2023, 1, 10), outcome="dismissed", sued_on=date(2023, 1, 16), court="青江区人民法院"),
    # Never accepted.
    row((2022, 5, 9), None, (2022, 5, 13), outcome="refused", refusal_ground="late"),
    row((2022, 6, 9), None, (2022, 6, 13), outcome="informed", competent="市政府"),
    row((2022, 7, 9), None, (2022, 7, 12), outcome="taken_back"),
)  # fmt: skip
BY_HAND = {
    "received": 9,
    "accepted": 7,
    "deemed": 0,
    "simplified": 0,
    "refused": 1,
    "applicants": 9,
    "concluded": 7,
    "terminated_after_settlement": 2,
    "corrected": 3,
    "on_time": 6,
    "carried_out": 2,
    "dismissed": 0,
    "upheld": 1,
    "annulled": 1,
    "varied": 1,
    "unlawful": 1,
    "performance_ordered": 0,
    "mediated": 1,
    "terminated": 2,
    "otherwise": 0,
    "compensation_cases": 1,
    "sued": 0,
}


def handed_in(world: World) -> list[Application]:
    section, handler = world.units["review"], world.accounts["handler"].id
    return procedure.bulk(
        Application, [(facts, section, handler) for facts in SAMPLE], actor=world.actor("handler"), at=HANDED_IN,
        history=True,
    )  # fmt: skip


def scope(world: World) -> Scope:
    return Scope(world.jurisdiction.id)


def test_a_year_counted_by_hand(world: World) -> None:
    handed_in(world)
    measures = {name: getattr(M, name) for name in (*BY_HAND, "settlement_rate", "correction_rate", "on_time_rate")}
    found = totals(measures.values(), Period.year(2022), scope(world))
    assert {name: found[measures[name].key].value for name in BY_HAND} == BY_HAND
    rates = {name: found[measures[name].key].value for name in ("settlement_rate", "correction_rate", "on_time_rate")}
    assert {name: round(value, 1) for name, value in rates.items() if value is not None} == {
        "settlement_rate": Decimal("28.6"), "correction_rate": Decimal("42.9"), "on_time_rate": Decimal("85.7"),
    }  # fmt: skip
    money = totals([M.compensation_amount], Period.year(2022), scope(world))[M.compensation_amount.key]
    assert money.value == Decimal(1200)


def test_opening_stock_and_inflow_are_outflow_and_closing_stock(world: World) -> None:
    handed_in(world)
    (balance,) = balanced([M.balance], Period.year(2022), scope(world))
    assert [balance.opening.value, balance.closing.value] == [2, 2]
    assert balance.holds
    assert "平衡" in balance.sentence


def test_every_way_of_ending_is_counted_once(world: World) -> None:
    cases = handed_in(world)
    parts = (M.dismissed, M.upheld, M.annulled, M.varied, M.unlawful, M.performance_ordered, M.mediated, M.terminated,
             M.otherwise)  # fmt: skip
    for year in (2021, 2022, 2023):
        found = totals([*parts, M.concluded], Period.year(year), scope(world))
        ended = [each for each in cases if each.accepted_on and each.concluded_on and each.concluded_on.year == year]
        assert found[M.concluded.key].value == len(ended)
        assert sum(found[each.key].value or 0 for each in parts) == len(ended)


def test_kinds_of_act_and_fields_divide_what_was_accepted(world: World) -> None:
    handed_in(world)
    every = set(FIELDS.codes)
    assert set().union(*(fields for _, fields in FIELD_GROUPS.values())) == every
    assert sum(len(fields) for _, fields in FIELD_GROUPS.values()) == len(every)
    for by, count in (("matter", len(MATTERS.codes)), ("field", len(FIELD_GROUPS))):
        parts = [each for each in M.measures if each.key.startswith(f"reconsideration.accepted.{by}.")]
        assert len(parts) == count
        found = totals(parts, Period.year(2022), scope(world))
        assert sum(found[each.key].value or 0 for each in parts) == BY_HAND["accepted"]
    assert found["reconsideration.accepted.field.industry_commerce"].value == BY_HAND["accepted"]


def test_a_figure_opens_into_its_cases(world: World) -> None:
    handed_in(world)
    for measure, count in ((M.on_time, 6), (M.terminated_after_settlement, 2), (M.carried_out, 2)):
        opened = within(measure, Period.year(2022), scope(world))
        listing = Listing(
            register_of("reconsideration.applications"), world.actor("leader"), {}, within=opened.condition
        )
        assert listing.total() == count


def test_a_ledger_row_takes_its_end_state_text_and_clocks(world: World) -> None:
    cases = handed_in(world)
    assert [case.state for case in cases[:5]] == ["decided", "decided", "mediated", "terminated", "mediated"]
    assert {case.law for case in cases} == {"2017"}
    assert [case.state for case in cases[8:]] == ["examining", "dismissed", "refused", "informed", "taken_back"]
    standings = dict(Run.objects.filter(clock="decide").values_list("matter_id", "standing"))
    assert [standings[case.id] for case in cases[:8]] == ["met", "late", *["met"] * 6]
    assert not Run.objects.filter(clock__in=["serve_copy", "reply"]).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row((2022, 3, 1), (2022, 2, 1), (2022, 4, 1), outcome="upheld"), "早于前一环节"),
        (row((2022, 3, 1), (2022, 3, 2), (2022, 4, 1), outcome="void"), "没有“确认无效”"),
        (row((2022, 3, 1), (2022, 3, 2), (2022, 4, 1), outcome="refused", refusal_ground="late"), "已经受理的案件"),
        (row((2022, 3, 1), (2022, 3, 2), (2022, 4, 1), outcome="terminated"), "终止情形"),
        (row((2022, 3, 1), (2022, 3, 2), (2022, 4, 1), outcome="upheld", served_on=date(2022, 3, 30)), "早于办结日期"),
        (row((2022, 3, 1), (2022, 3, 2), None, outcome="upheld"), "办结日期"),
    ],
)
def test_a_wrong_ledger_row_is_refused_with_its_reason(world: World, wrong: Facts, said: str) -> None:
    with pytest.raises(Refused, match=said):
        procedure.bulk(
            Application,
            [(wrong, world.units["review"], None)],
            actor=world.actor("handler"),
            at=HANDED_IN,
            history=True,
        )
    world.enter()
    assert not Application.objects.exists()


def test_what_lapse_and_letters_add(world: World) -> None:
    case = decided(world)
    accepted(world, track="simplified", simplified_ground="warning")
    review(world, case)
    sent = done(world, letter(world, case), Suggesting.issue, date(2026, 4, 13))
    done(
        world,
        done(world, letter(world, None), Suggesting.issue, date(2026, 4, 14)),
        Suggesting.deliver,
        date(2026, 4, 15),
    )
    wanted = {
        M.simplified: 1, M.incidental_reviews: 1, M.opinion_letters: 1, M.opinion_letters_done: 0, M.suggestions: 1,
        M.letters_open: 2,
    }  # fmt: skip
    period = Period.year(2026)
    found = totals(wanted, period, scope(world))
    assert {measure: found[measure.key].value for measure in wanted} == wanted
    done(world, sent, Suggesting.reply, date(2026, 6, 1), reply="已整改", carried_out=True)
    found = totals(wanted, period, scope(world))
    assert [found[each.key].value for each in (M.opinion_letters_done, M.letters_open)] == [1, 1]
    assert AT.year == 2026
