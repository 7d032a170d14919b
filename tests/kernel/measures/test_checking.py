"""What holds figures against each other: balances, questions of quality, reorganisations, addresses of lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.orgs.models import Succession
from fazhi.kernel.records.measures import computing, opening
from fazhi.kernel.records.measures.balancing import balanced
from fazhi.kernel.records.measures.declaring import BALANCES, MEASURES, Balance, Count, Measures
from fazhi.kernel.records.measures.figures import Scope
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.quality import Level, examine
from fazhi.kernel.records.register import Listing, register_of
from fazhi.lines.mediation.models import Mediation
from tests.kernel.measures.samples import case, committee, everything, ledger
from tests.world import World, world

__all__ = ["world"]

YEAR = Period.year(2022)
TODAY = date(2023, 1, 5)
CASES, OPEN = MEASURES["mediation.cases"], MEASURES["mediation.open"]


@pytest.fixture
def balance() -> Iterator[Balance]:
    """The balance of mediation: what ends one way or another had been accepted."""
    known, listed = set(MEASURES), list(BALANCES)

    class Declared(Measures):
        line = "trial"
        ended = Count(
            "trial.ended", Mediation, on=Mediation.concluded_on, where=Q(accepted_on__isnull=False),
            label="办结", unit="件", definition="受理后办结的",
        )  # fmt: skip
        whole = Balance(OPEN, inflow=[CASES], outflow=[ended])

    yield Declared.balances[0]
    BALANCES[:] = listed
    for key in set(MEASURES) - known:
        del MEASURES[key]


def test_a_balance_holds_and_says_when_it_does_not(world: World, balance: Balance) -> None:
    cases = ledger(world)
    assert balance in BALANCES
    with CaptureQueriesContext(connection) as statements:
        (found,) = balanced([balance], YEAR, everything(world))
    assert len(statements) == 1
    figures: Any = (found.opening.value, found.inflow[0].value, found.outflow[0].value, found.closing.value)
    assert figures == (1, 5, 5, 1)
    assert found.holds
    assert found.sentence == "期初1＋人民调解案件数5；办结5＋期末1：平衡"
    # Concluded before it was accepted: such a case was never open, yet it has come and gone in different years.
    Mediation.objects.filter(pk=cases["feb"].pk).update(concluded_on=date(2021, 2, 1))
    (found,) = balanced([balance], YEAR, everything(world))
    assert not found.holds
    assert found.difference == -1
    assert "不平衡，差1件" in found.sentence


def test_only_a_stock_balances() -> None:
    with pytest.raises(Misdeclared, match="不是存量"):
        Balance(CASES, inflow=[CASES], outflow=[CASES])


def test_questions_about_counts(world: World) -> None:
    east = committee(world, "east")
    for month in (1, 2, 3, 4, 6):
        for day in range(1, 16):
            case(world, east, "east", date(2022, month, day))
    for day in range(1, 13):
        case(world, east, "east", date(2021, 5, day))
    world.enter()
    found = examine([CASES], YEAR, everything(world), today=date(2022, 7, 1))
    assert {each.text for each in found["mediation.cases"]} == {
        "比2021年（12件）增加525%，请核对有无漏登、错登",
        "5月没有记录，请核对是否漏登",
    }
    assert {each.level for each in found["mediation.cases"]} == {Level.WARNING}
    of_may = [
        each.text for each in examine([CASES], YEAR, everything(world), today=date(2022, 5, 31))["mediation.cases"]
    ]
    assert all("没有记录" not in text for text in of_may)


def test_a_missing_date_is_found_where_the_state_demands_it(world: World) -> None:
    cases = ledger(world)
    succeeded = MEASURES["mediation.succeeded"]
    assert "mediation.succeeded" not in examine([succeeded, CASES], YEAR, everything(world), today=TODAY)
    Mediation.objects.filter(pk=cases["jan"].pk).update(concluded_on=None, accepted_on=None)
    found = examine([succeeded, CASES], YEAR, everything(world), today=TODAY)
    assert "另有1件缺“办结日期”，没有计入，请补正" in [each.text for each in found["mediation.succeeded"]]
    # The case that is not accepted yet lacks its date by right.
    assert "另有1件缺“受理日期”，没有计入，请补正" in [each.text for each in found["mediation.cases"]]
    assert Mediation.objects.filter(accepted_on=None, void_reason="").count() == 2


def test_a_part_is_not_more_than_the_whole(world: World) -> None:
    cases = ledger(world)
    mediators, full_time = MEASURES["mediation.mediators"], MEASURES["mediation.full_time_mediators"]
    assert full_time.part_of is mediators
    found = examine([mediators, full_time], YEAR, everything(world), today=TODAY)
    assert all(each.level is not Level.ERROR for findings in found.values() for each in findings)
    assert cases


def test_figures_follow_a_reorganisation_when_asked(world: World) -> None:
    ledger(world)
    east, west, law = (world.units[name].id for name in ("east", "west", "law"))
    home = world.jurisdiction.id
    Succession.objects.create(
        jurisdiction_id=home, predecessor_id=east, successor_id=west, on=date(2022, 7, 1), basis="区划调整"
    )
    rate = MEASURES["mediation.success_rate"]
    as_held = computing.by_unit([CASES], YEAR, Scope(home))["mediation.cases"]
    assert {unit: int(each.value or 0) for unit, each in as_held.items()} == {east: 2, west: 3}
    before = computing.by_unit([CASES], YEAR, Scope(home, as_of=date(2022, 6, 30)))["mediation.cases"]
    assert set(before) == {east, west}
    after = computing.by_unit([CASES, rate], YEAR, Scope(home, as_of=date(2022, 7, 1)))
    assert {unit: each.value for unit, each in after["mediation.cases"].items()} == {west: 5}
    assert after["mediation.success_rate"][west].value == 75
    scope = after["mediation.cases"][west].scope
    assert computing.totals([CASES], YEAR, scope)["mediation.cases"].value == 5
    # Divided among two, a unit has no single successor and keeps its own figures.
    Succession.objects.create(jurisdiction_id=home, predecessor_id=east, successor_id=law, on=date(2022, 7, 2))
    divided = computing.by_unit([CASES], YEAR, Scope(home, as_of=date(2022, 12, 31)))["mediation.cases"]
    assert set(divided) == {east, west}


def test_a_figure_opens_its_list_and_the_list_is_the_figure(world: World) -> None:
    ledger(world)
    home = world.jurisdiction.id
    for measure in (CASES, MEASURES["mediation.succeeded"], OPEN, MEASURES["mediation.success_rate"]):
        for unit in (None, world.units["west"].id):
            for period in (YEAR, Period.month(2022, 1)):
                scope = Scope(home, unit)
                figure = computing.totals([measure], period, scope)[measure.key]
                address = urlsplit(opening.opens(figure))
                assert address.path == "/mediation/cases/"
                found = opening.read(dict(parse_qsl(address.query)), home)
                assert found is not None
                assert (found.measure, found.period, found.scope) == (measure, period, scope)
                register = register_of("mediation.cases")
                listing = Listing(register, world.actor("leader"), within=found.members.condition)
                counted = figure.whole if figure.whole else figure
                assert listing.total() == counted.value


@pytest.mark.parametrize(
    "parameters",
    [{"figure": "mediation.none", "period": "2022"}, {"figure": "mediation.cases"},
     {"figure": "mediation.cases", "period": "2022", "of": "x"},
     {"figure": "mediation.cases", "period": "2022", "as_of": "soon"}],
)  # fmt: skip
def test_an_address_that_names_nothing_is_refused(world: World, parameters: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"没有指标|不是"):
        opening.read(parameters, world.jurisdiction.id)
    assert opening.read({"q": "邻里"}, world.jurisdiction.id) is None


@pytest.mark.parametrize(
    ("code", "label"),
    [("2022", "2022年"), ("2022-03", "2022年3月"), ("2022-01-01~2022-09-30", "2022-01-01至2022-09-30")],
)
def test_a_period_reads_what_it_writes(code: str, label: str) -> None:
    period = Period.read(code)
    assert (period.code, period.label) == (code, label)


@pytest.mark.parametrize("code", ["", "二〇二二", "2022-13", "2022-09-30~2022-01-01", "2022-02-30~2022-03-01"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="不是期间"):
        Period.read(code)


def test_a_year_back_from_a_leap_day() -> None:
    assert Period(date(2024, 2, 1), date(2024, 2, 29)).before() == Period(date(2023, 2, 1), date(2023, 2, 28))
    assert YEAR.eve() == Period(date(2021, 12, 31), date(2021, 12, 31))
