"""Counting the demonstration's records gives what the published report says, and what the quotas ask for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fazhi.kernel.records.measures.balancing import balanced
from fazhi.kernel.records.measures.computing import by_month, by_unit, totals
from fazhi.kernel.records.measures.declaring import BALANCES, MEASURES, Ratio, Reported, measure_of
from fazhi.kernel.records.measures.figures import State
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.quality import Level, examine
from tests.demonstration import TODAY, Demonstration
from tests.seed import stated


def test_every_statement_of_the_published_report_is_true_of_what_is_counted(demonstration: Demonstration) -> None:
    statements = stated("measure")
    figures = totals([measure_of(key) for key in statements], Period.year(2022), demonstration.scope)
    wrong = {
        key: f"{figures[key].text}，报告写“{each.surface}”"
        for key, each in statements.items()
        if (value := figures[key].value) is None or not each.holds_of(value)
    }
    assert wrong == {}
    assert len(statements) == 74


@pytest.mark.parametrize("year", [2021, 2022])
def test_counting_gives_the_quotas(demonstration: Demonstration, year: int) -> None:
    expected = demonstration.quotas.expected(year)
    figures = totals([measure_of(key) for key in expected], Period.year(year), demonstration.scope)
    assert {key: figure.value for key, figure in figures.items()} == {
        key: Decimal(value) for key, value in expected.items()
    }
    assert len(expected) > 74 - sum(isinstance(measure, Ratio) for measure in MEASURES.values())


@pytest.mark.parametrize("year", [2021, 2022])
def test_every_rate_is_known_and_follows_from_its_parts(demonstration: Demonstration, year: int) -> None:
    rates = [measure for measure in MEASURES.values() if isinstance(measure, Ratio)]
    figures = totals(rates, Period.year(year), demonstration.scope)
    expected = demonstration.quotas.expected(year)
    for rate in rates:
        value = figures[rate.key].value
        assert value is not None, rate.key
        assert 0 < value <= 100, rate.key
        if {rate.part.key, rate.whole.key} <= set(expected):
            assert value == Decimal(expected[rate.part.key]) * 100 / expected[rate.whole.key], rate.key


def test_months_and_units_add_up(demonstration: Demonstration) -> None:
    told = demonstration.quotas.told
    by_months = [measure_of("mediation.cases"), measure_of("mediation.commercial_settled")]
    by_months += [measure_of(each.key) for each in told.values() if each.pace == "months"]
    year, scope = Period.year(2022), demonstration.scope
    whole, months = totals(by_months, year, scope), by_month(by_months, year, scope)
    for key, figure in whole.items():
        assert sum((each.value or Decimal(0) for each in months[key]), Decimal(0)) == figure.value, key
        assert all(each.state is not State.MISSING for each in months[key]), key
    by_units = [measure_of(key) for key in ("mediation.cases", "enforcement.penalty_decisions_published")]
    units = by_unit(by_units, year, scope)
    for measure in by_units:
        counted = {unit: figure.value for unit, figure in units[measure.key].items() if figure.value}
        assert sum(counted.values(), Decimal(0)) == totals([measure], year, scope)[measure.key].value
        assert len(counted) >= 12, measure.key


def test_a_stock_of_a_year_is_that_of_its_last_month(demonstration: Demonstration) -> None:
    stocks = [measure_of(each.key) for each in demonstration.quotas.told.values() if each.pace in ("stock", "balance")]
    year, scope = Period.year(2022), demonstration.scope
    whole, months = totals(stocks, year, scope), by_month(stocks, year, scope)
    assert {key: figure.value for key, figure in whole.items()} == {key: months[key][-1].value for key in whole}


def test_opening_stock_and_inflow_are_outflow_and_closing_stock(demonstration: Demonstration) -> None:
    assert {balance.line for balance in BALANCES} >= {"reconsideration", "legal_aid"}
    found = balanced(BALANCES, Period.year(2022), demonstration.scope)
    assert [each.sentence for each in found if not each.holds] == []


def test_a_careful_clerk_finds_no_error_in_what_was_told(demonstration: Demonstration) -> None:
    told = [measure for measure in MEASURES.values() if isinstance(measure, Reported) and measure.line != "report"]
    findings = examine(told, Period.year(2022), demonstration.scope, today=TODAY)
    errors = {key: [each.text for each in found if each.level is Level.ERROR] for key, found in findings.items()}
    assert {key: said for key, said in errors.items() if said} == {}


def test_the_two_years_differ(demonstration: Demonstration) -> None:
    counted = [measure for measure in MEASURES.values() if measure.line == "mediation" and measure.part_of is None]
    this, last = (
        {key: figure.value for key, figure in totals(counted, Period.year(year), demonstration.scope).items()}
        for year in (2022, 2021)
    )
    assert [key for key in this if not this[key] or not last[key]] == []
    assert sum(this[key] != last[key] for key in this) > len(this) / 2
