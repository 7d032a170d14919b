"""The engine against a walker that goes from day to day, for every way of counting the rules know, 2021 to 2026."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest

from fazhi.kernel.ground import law
from fazhi.kernel.ground.calendar import (
    DayKind,
    Extension,
    Mode,
    NotComputable,
    Pause,
    Term,
    compute,
    due_on,
    standard,
    term,
)
from fazhi.kernel.ground.calendar.workdays import MAKE_UP_SLACK
from fazhi.kernel.ground.law import Period, Rule, Unit
from tests.kernel.calendar import walker

BEGIN, END = date(2021, 1, 1), date(2026, 12, 28)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _days(step: int = 1, *, first: date = BEGIN, last: date = END) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1, step):
        yield date.fromordinal(ordinal)


def _terms() -> list[tuple[Term, Rule]]:
    """Each way of counting that occurs in the rules, once, with the first rule that has it."""
    found: dict[tuple[object, ...], tuple[Term, Rule]] = {}
    for rule in law.rules():
        try:
            made = term(rule)
        except NotComputable:
            continue
        found.setdefault((made.method, made.value, made.backwards, made.fixed, made.inclusive), (made, rule))
    return list(found.values())


TERMS = _terms()


def _of(*modes: Mode, backwards: bool = False) -> list[object]:
    return [
        pytest.param(made, rule, id=rule.id)
        for made, rule in TERMS
        if made.method.mode in modes and made.backwards == backwards
    ]


def _walked(rule: Rule, start: date) -> date | None:
    assert rule.period.value is not None
    try:
        return walker.due(str(rule.period.unit), rule.period.value, start)
    except walker.BeyondKnown:
        return None


def test_every_mode_forward_and_back_occurs_in_the_rules() -> None:
    assert {made.method.mode for made, _ in TERMS} == set(Mode) - {Mode.NONE}
    assert {made.method.mode for made, _ in TERMS if made.backwards} == {Mode.NATURAL, Mode.MONTHS, Mode.WORKING}


def test_rest_days_are_those_of_an_independent_source() -> None:
    calendar = standard()
    for day in _days(first=walker.FIRST, last=walker.LAST_SURE):
        assert calendar.works(day.toordinal()) == chinese_calendar.is_workday(day), day
        named = calendar.day(day)
        off, _ = chinese_calendar.get_holiday_detail(day)
        assert (named.kind in (DayKind.HOLIDAY, DayKind.WEEKEND)) == off, day


@pytest.mark.parametrize(("made", "rule"), _of(Mode.NATURAL, Mode.WORKING))
def test_days_and_working_days(made: Term, rule: Rule) -> None:
    compared = 0
    for start in _days(3):
        expected = _walked(rule, start)
        found = due_on(made, start, standard())
        assert found.provisional == (expected is None), start
        if expected is not None:
            assert found.day == expected, start
            compared += 1
    assert compared > 300


@pytest.mark.parametrize(("made", "rule"), _of(Mode.MONTHS))
def test_months_and_years(made: Term, rule: Rule) -> None:
    # Of longer periods the end lies beyond the notices for all but the earlier starts.
    first = min(BEGIN, date(2026 - -(-made.value // 12) - 2, 1, 1))
    starts = [*_days(29, first=max(first, walker.FIRST)), *_month_ends(max(first, walker.FIRST))]
    compared = 0
    for start in starts:
        expected = _walked(rule, start)
        found = due_on(made, start, standard())
        assert found.provisional == (expected is None), start
        if expected is not None:
            assert found.day == expected, start
            compared += 1
    assert compared > 10


@pytest.mark.parametrize(("start", "number", "unit", "end"), [
    (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),
    (date(2024, 1, 31), 1, "month", date(2024, 2, 29)),
    (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
    (date(2025, 8, 31), 6, "month", date(2026, 2, 28)),
    (date(2025, 11, 30), 3, "month", date(2026, 2, 28)),
    (date(2026, 2, 28), 1, "month", date(2026, 3, 28)),
])  # fmt: skip
def test_a_month_without_the_day_ends_the_period_on_its_last(start: date, number: int, unit: str, end: date) -> None:
    found = compute(Period(number, Unit(unit)), start, standard())
    assert found.ends == end
    assert found.day == walker.rolled(end)
    short = end.day != start.day
    assert any(f"该月没有 {start.day} 日，以月末日为准" in line for line in found.explain()) == short


@pytest.mark.parametrize(("made", "rule"), _of(Mode.HOURS))
def test_hours_run_through_rest_days(made: Term, rule: Rule) -> None:
    for start in _days(5):
        begun = datetime(start.year, start.month, start.day, start.day % 24, 17, tzinfo=SHANGHAI)
        found = compute(rule, begun.astimezone(ZoneInfo("UTC")), standard())
        ends = walker.hours(begun, made.value)
        assert (found.at, found.day, found.provisional) == (ends, ends.date(), False)
        assert due_on(rule, begun, standard()).day == ends.date()


@pytest.mark.parametrize(("made", "rule"), _of(Mode.FIXED))
def test_a_date_that_returns_every_year(made: Term, rule: Rule) -> None:
    assert made.fixed is not None
    for start in _days():
        expected = walker.returning(start, *made.fixed, inclusive=rule.period.inclusive)
        assert due_on(rule, start, standard()) == (expected, False)
        assert expected > start


@pytest.mark.parametrize(("made", "rule"), _of(Mode.NATURAL, backwards=True))
def test_days_counted_back(made: Term, rule: Rule) -> None:
    for event in _days(3):
        expected = walker.latest_before(event, lambda day: walker.natural(day, made.value))
        assert due_on(rule, event, standard()) == (expected, False)
        between = (event - expected).days - 1
        assert between == made.value


@pytest.mark.parametrize(("made", "rule"), _of(Mode.MONTHS, backwards=True))
def test_months_counted_back(made: Term, rule: Rule) -> None:
    for event in [*_days(7, first=date(2022, 1, 1)), *_month_ends(date(2022, 1, 1))]:
        expected = walker.latest_before(event, lambda day: walker.months(day, made.value))
        assert due_on(rule, event, standard()) == (expected, False), event


@pytest.mark.parametrize(("made", "rule"), _of(Mode.WORKING, backwards=True))
def test_working_days_counted_back(made: Term, rule: Rule) -> None:
    for event in _days(first=BEGIN + timedelta(60)):
        expected = walker.working_before(event, made.value)
        assert due_on(rule, event, standard()) == (expected, False), event
        inside = [day for day in _days(first=expected + walker.ONE, last=event - walker.ONE) if not walker.rests(day)]
        assert len(inside) == made.value


PAUSES = (
    [(date(2025, 1, 20), date(2025, 2, 10))],
    [(date(2025, 1, 20), date(2025, 1, 20)), (date(2025, 2, 1), date(2025, 2, 1))],
    [
        (date(2025, 9, 30), date(2025, 10, 9)),
        (date(2025, 10, 8), date(2025, 11, 1)),
        (date(2025, 11, 2), date(2025, 11, 5)),
    ],
    [(date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 5, 3), date(2025, 5, 4))],
)
PERIODS = [("day", 1), ("day", 15), ("day", 60), ("working_day", 1), ("working_day", 5), ("working_day", 30), ("month", 1),
           ("month", 3), ("year", 1)]  # fmt: skip


@pytest.mark.parametrize("pauses", PAUSES)
@pytest.mark.parametrize(("unit", "number"), PERIODS)
def test_pauses_do_not_run(unit: str, number: int, pauses: list[tuple[date, date]]) -> None:
    for start in _days(2, first=date(2024, 9, 1), last=date(2025, 11, 15)):
        expected = walker.due(unit, number, start, pauses)
        assert due_on(Period(number, Unit(unit)), start, standard(), pauses=pauses) == (expected, False), start


@pytest.mark.parametrize(("unit", "number"), PERIODS)
def test_an_open_pause_leaves_what_has_still_to_run(unit: str, number: int) -> None:
    period = Period(number, Unit(unit))
    since = date(2025, 9, 24)
    for start in _days(3, first=date(2025, 6, 1), last=date(2025, 11, 1)):
        found = compute(period, start, standard(), pauses=[Pause(since, None)])
        unpaused = compute(period, start, standard())
        assert unpaused.ends is not None
        # What ends before the pause is not touched; what would only roll into it waits for its end.
        if unpaused.day is not None and unpaused.day < since:
            assert found.day == unpaused.day
            continue
        assert found.day is None
        for resumed in (date(2025, 10, 15), date(2025, 12, 3)):
            later = due_on(period, start, standard(), pauses=[(since, resumed)])
            assert later == (walker.due(unit, number, start, [(since, resumed)]), False)
        if found.ends is None:
            asked = found.left
            resumed = max(since, start)
            again = walker.working(resumed, asked) if unit == "working_day" else walker.natural(resumed, asked)
            closed = compute(period, start, standard(), pauses=[Pause(since, resumed)])
            assert closed.ends == again
        else:
            assert (unpaused.ends, found.left) == (found.ends, 0)


@pytest.mark.parametrize("extensions", [
    [Extension(30, "day")],
    [Extension(10, "working_day"), Extension(5, "working_day")],
    [Extension(1, "month"), Extension(1, "month")],
    [Extension(1, "year"), Extension(5, "working_day"), Extension(2, "day")],
])  # fmt: skip
@pytest.mark.parametrize(("unit", "number"), PERIODS)
def test_an_extension_runs_on_from_the_end_of_the_period(unit: str, number: int, extensions: list[Extension]) -> None:
    more = [(each.unit, each.value) for each in extensions]
    pauses = [(date(2022, 9, 28), date(2022, 10, 20))]
    for start in _days(5, first=date(2022, 1, 1), last=date(2023, 6, 30)):
        for held in ((), pauses):
            expected = walker.due(unit, number, start, held, more)
            found = due_on(Period(number, Unit(unit)), start, standard(), pauses=held, extensions=extensions)
            assert found == (expected, False), start


def test_what_the_calendar_claims_of_all_notices_holds_for_those_it_has() -> None:
    """Its bounds for days not announced rest on two properties of the notices so far."""
    calendar = standard()
    for year in range(2005, 2027):
        early = [day for day in _days(first=date(year - 1, 12, 1), last=date(year - 1, 12, 28))
                 if calendar.day(day).kind in (DayKind.HOLIDAY, DayKind.MAKE_UP)]  # fmt: skip
        assert early == []
    # The largest surplus, over any stretch, of weekend days worked above weekdays off.
    best = surplus = 0
    for day in _days(first=walker.FIRST, last=walker.LAST_SURE):
        weekend = day.weekday() >= 5
        surplus = max(0, surplus + (weekend and not walker.rests(day)) - (not weekend and walker.rests(day)))
        best = max(best, surplus)
    assert best == MAKE_UP_SLACK


@pytest.mark.parametrize("year", range(2005, 2027))
def test_an_unannounced_year_gives_no_day_later_than_the_real_one(year: int) -> None:
    unknown = standard().without(year, year + 1)
    exact = 0
    for number in (2, 5, 12):
        period = Period(number, Unit.WORKING_DAY)
        for start in _days(first=date(year, 1, 1), last=date(year, 11, 30)):
            found = due_on(period, start, unknown)
            real = walker.working(start, number)
            assert found.provisional
            assert found.day is not None
            assert found.day <= real, start
            exact += found.day == real
    assert exact > 0


def _month_ends(first: date) -> list[date]:
    return [day for day, after in pairwise(_days(first=first)) if after.day == 1]
