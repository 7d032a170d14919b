"""Figures counted from records: against a ledger counted by hand, and against plain Python on random ledgers."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.records.measures import computing
from fazhi.kernel.records.measures.declaring import MEASURES, Count, CountDistinct, Counted, Flow, Stock, Sum
from fazhi.kernel.records.measures.figures import Figure, Scope, State
from fazhi.kernel.records.measures.members import within
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.mediation.models import Mediation, Mediator
from tests.kernel.measures.samples import case, committee, everything, ledger, measures_of
from tests.world import World, build, world

__all__ = ["world"]

YEAR = Period.year(2022)
CASES, SUCCEEDED, AMOUNT = (
    MEASURES[key] for key in ("mediation.cases", "mediation.succeeded", "mediation.agreement_amount")
)
RATE, OPEN = MEASURES["mediation.success_rate"], MEASURES["mediation.open"]


def value(found: Figure) -> Any:
    return found.value


def test_a_year_counted_by_hand(world: World) -> None:
    ledger(world)
    found = computing.totals(MEASURES.values(), YEAR, everything(world))
    assert value(found["mediation.cases"]) == 5
    assert value(found["mediation.succeeded"]) == 3
    assert value(found["mediation.failed"]) == 1
    assert value(found["mediation.agreement_amount"]) == Decimal("3500.00")
    assert value(found["mediation.success_rate"]) == 75
    assert found["mediation.success_rate"].part == found["mediation.succeeded"]
    assert value(found["mediation.open"]) == 1
    assert value(found["mediation.committees"]) == 2
    assert found["mediation.commercial_settled"].state is State.ZERO


def test_a_year_beside_the_one_before_it(world: World) -> None:
    ledger(world)
    this, last = computing.over([CASES, SUCCEEDED, AMOUNT, OPEN], [YEAR, YEAR.before()], everything(world))
    assert [value(this[key]) for key in this] == [5, 3, Decimal(3500), 1]
    assert [value(last[key]) for key in last] == [2, 1, Decimal(700), 1]
    assert last["mediation.cases"].period == Period.year(2021)
    with pytest.raises(ValueError, match="最多"):
        computing.over([CASES], [YEAR] * 4, everything(world))


def test_months(world: World) -> None:
    ledger(world)
    found = computing.by_month([CASES, SUCCEEDED, AMOUNT, RATE, OPEN], YEAR, everything(world))
    assert [value(each) for each in found["mediation.cases"]] == [2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]
    assert [value(each) for each in found["mediation.succeeded"]] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [value(each) for each in found["mediation.agreement_amount"]][:2] == [Decimal(3500), 0]
    assert [value(each) for each in found["mediation.open"]] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    rates = found["mediation.success_rate"]
    assert (value(rates[0]), value(rates[1]), rates[2].state) == (100, 50, State.NOT_APPLICABLE)
    assert [each.period.code for each in rates][:2] == ["2022-01", "2022-02"]


def test_units_sum_to_the_total(world: World) -> None:
    ledger(world)
    found = computing.by_unit([CASES, AMOUNT, RATE, OPEN], YEAR, everything(world))
    east, west = world.units["east"].id, world.units["west"].id
    assert {unit: value(each) for unit, each in found["mediation.cases"].items()} == {east: 2, west: 3}
    assert {unit: value(each) for unit, each in found["mediation.agreement_amount"].items()} == {east: 3500, west: 0}
    assert value(found["mediation.success_rate"][east]) == Decimal(200) / 3
    assert value(found["mediation.open"][west]) == 1
    assert found["mediation.cases"][east].scope == Scope(world.jurisdiction.id, east)
    of_east = computing.totals([CASES], YEAR, Scope(world.jurisdiction.id, east))
    of_area = computing.totals([CASES], YEAR, Scope(world.jurisdiction.id, world.units["area"].id))
    assert (value(of_east["mediation.cases"]), value(of_area["mediation.cases"])) == (2, 5)


def test_a_stock_holds_at_the_end_of_the_day(world: World) -> None:
    ledger(world)

    def held(day: date) -> Any:
        return value(computing.totals([OPEN], Period(day, day), everything(world))["mediation.open"])

    assert [held(date(2022, 1, day)) for day in (4, 5, 6, 9, 10, 19, 20)] == [1, 2, 3, 3, 2, 2, 1]
    mediators = MEASURES["mediation.mediators"]
    row = Mediator.objects.filter(unit=world.units["east"]).get()
    Mediator.objects.filter(pk=row.pk).update(valid_to=date(2022, 3, 31))
    months = computing.by_month([mediators], YEAR, everything(world))["mediation.mediators"]
    assert [value(each) for each in months][:4] == [2, 2, 2, 1]
    through = computing.totals([mediators], Period(date(2022, 3, 31), date(2022, 3, 31)), everything(world))
    assert value(through["mediation.mediators"]) == 2


def test_months_of_part_of_a_year(world: World) -> None:
    ledger(world)
    part = Period(date(2022, 1, 6), date(2022, 6, 15))
    found = computing.by_month([CASES, OPEN], part, everything(world))
    assert [value(each) for each in found["mediation.cases"]] == [1, 1, 0, 0, 1, 0]
    assert [value(each) for each in found["mediation.open"]] == [1, 0, 0, 0, 0, 0]
    assert found["mediation.cases"][0].period.code == "2022-01-06~2022-01-31"
    assert found["mediation.cases"][5].period.last == date(2022, 6, 15)


def test_another_district_counts_nothing_of_it(world: World) -> None:
    ledger(world)
    other = build("other", prefix="o")
    other.enter()
    assert value(computing.totals([CASES], YEAR, everything(other))["mediation.cases"]) == 0
    assert value(computing.totals([CASES], YEAR, everything(world))["mediation.cases"]) == 0
    world.enter()
    assert value(computing.totals([CASES], YEAR, everything(world))["mediation.cases"]) == 5


def test_one_pass_a_table_and_one_statement_for_all(world: World) -> None:
    ledger(world)
    of_cases = measures_of(Mediation)
    assert len(of_cases) > 5
    calls: list[Callable[[], object]] = [
        lambda: computing.totals(of_cases, YEAR, everything(world)),
        lambda: computing.over(of_cases, [YEAR, YEAR.before()], everything(world)),
        lambda: computing.by_month(of_cases, YEAR, everything(world)),
        lambda: computing.by_unit(of_cases, YEAR, everything(world)),
    ]
    for call in calls:
        with CaptureQueriesContext(connection) as statements:
            call()
        assert len(statements) == 1
    with CaptureQueriesContext(connection) as statements:
        computing.totals(MEASURES.values(), YEAR, everything(world))
    # All tables in one, and what was reported.
    assert len(statements) == 2
    tables = {each.record._meta.db_table for each in MEASURES.values() if isinstance(each, Counted)}
    counting = statements.captured_queries[0]["sql"]
    assert all(counting.count(f'FROM "{table}"') == 1 for table in tables)


@pytest.mark.parametrize("seed", range(3))
def test_random_ledgers_against_plain_python(world: World, seed: int) -> None:
    dice = random.Random(seed)
    places = {street: committee(world, street) for street in ("east", "west")}
    for _ in range(40):
        street = dice.choice(["east", "west"])
        accepted = date(2020, 12, 1) + timedelta(dice.randrange(730))
        concluded = accepted + timedelta(dice.randrange(60)) if dice.random() < 0.8 else None
        concluded = None if concluded and concluded > date(2022, 12, 19) else concluded
        outcome = dice.choice(["succeeded", "failed", "withdrawn"])
        case(world, places[street], street, min(accepted, date(2022, 12, 19)), concluded, outcome, dice.randrange(9999)
             if outcome == "succeeded" else None)  # fmt: skip
    world.enter()
    # What no check lets in, but an old ledger may hold: concluded before it was accepted, void, without a date.
    ids = list(Mediation.objects.order_by("id").values_list("id", flat=True)[:9])
    Mediation.objects.filter(pk__in=ids[:3], concluded_on__isnull=False).update(concluded_on=date(2021, 1, 15))
    Mediation.objects.filter(pk__in=ids[3:6]).update(accepted_on=None)
    Mediation.objects.filter(pk__in=ids[6:9]).update(void_reason="作废")
    distinct = CountDistinct.__new__(CountDistinct)
    distinct.__dict__.update(vars(CASES) | {"key": "test.organisations", "of": Mediation.organisation.field})
    wanted = [*measures_of(Mediation), distinct]
    rows = list(Mediation.objects.filter(void_reason=""))
    for period in (YEAR, Period(date(2021, 2, 10), date(2022, 4, 20))):
        months = computing.by_month(wanted, period, everything(world))
        units = computing.by_unit(wanted, period, everything(world))
        for measure in wanted:
            assert isinstance(measure, Counted)
            matching = set(Mediation.objects.filter(measure.where).values_list("id", flat=True))
            mine = [row for row in rows if row.id in matching]
            spans = period.months()
            assert [value(each) for each in months[measure.key]] == [plainly(measure, mine, span) for span in spans]
            for street in ("east", "west"):
                unit = world.units[street].id
                of_unit = [row for row in mine if row.unit_id == unit]
                found = units[measure.key].get(unit)
                assert (value(found) if found else 0) == plainly(measure, of_unit, period)
            found = computing.totals([measure], period, everything(world))[measure.key]
            assert value(found) == plainly(measure, mine, period)
            if not isinstance(measure, Sum | CountDistinct):
                listed = Mediation.objects.filter(within(measure, period, everything(world)).condition)
                assert listed.count() == found.value


def plainly(measure: Counted, rows: list[Mediation], period: Period) -> Decimal:
    """The figure as a child would count it."""
    if isinstance(measure, Stock):
        begun = [(getattr(row, measure.begins), getattr(row, measure.ends)) for row in rows]
        return Decimal(sum(b is not None and b <= period.last and (e is None or e > period.last) for b, e in begun))
    assert isinstance(measure, Flow)
    days = [(getattr(row, measure.on), row) for row in rows]
    inside = [row for day, row in days if day is not None and period.first <= day <= period.last]
    if isinstance(measure, Sum):
        return Decimal(sum(row.amount or 0 for row in inside)) / 100
    if isinstance(measure, CountDistinct):
        return Decimal(len({row.organisation_id for row in inside}))
    return Decimal(len(inside))


def test_a_measure_looks_at_its_own_table_only(world: World) -> None:
    wrong = Count.__new__(Count)
    wrong.__dict__.update(vars(CASES) | {"where": Q(organisation__kind="street")})
    with pytest.raises(Misdeclared, match="条件引用了其他表"):
        computing.totals([wrong], YEAR, everything(world))
