"""What holds of every due day, whatever the period, the pauses and the extensions."""

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fazhi.kernel.ground import law
from fazhi.kernel.ground.calendar import (
    Due,
    Extension,
    Mode,
    NotComputable,
    Pause,
    Step,
    StepKind,
    Term,
    compute,
    distance,
    due_on,
    remaining,
    standard,
    term,
)
from fazhi.kernel.ground.calendar.arithmetic import corresponding
from fazhi.kernel.ground.law import Period, Unit
from tests.kernel.calendar import walker

# A machine under load is no fault of the arithmetic.
checked = settings(deadline=None, max_examples=150)
ONE = timedelta(1)
UNITS = ("day", "working_day", "month", "year")

days = st.dates(date(2021, 1, 1), date(2028, 12, 31))
settled_days = st.dates(date(2021, 1, 1), date(2024, 12, 31))
periods = st.one_of(
    st.builds(Period, st.integers(1, 200), st.sampled_from([Unit.DAY, Unit.WORKING_DAY])),
    st.builds(Period, st.integers(1, 15), st.just(Unit.MONTH)),
    st.builds(Period, st.just(1), st.just(Unit.YEAR)),
)
extensions = st.lists(st.builds(Extension, st.integers(1, 40), st.sampled_from(UNITS[:3])), max_size=3)


@st.composite
def closed_pauses(draw: Any, within: st.SearchStrategy[date] = days) -> list[Pause]:
    return [
        Pause(first, first + timedelta(draw(st.integers(0, 60))), draw(st.sampled_from(["", "鉴定", "等待结果"])))
        for first in draw(st.lists(within, max_size=3))
    ]


forward_terms: list[Term] = []
backward_terms: list[Term] = []
for _rule in law.rules():
    try:
        _term = term(_rule)
    except NotComputable:
        continue
    if _term.method.mode not in (Mode.HOURS, Mode.FIXED):
        (backward_terms if _term.backwards else forward_terms).append(_term)


@checked
@given(periods, days, closed_pauses(), extensions)
def test_the_quick_way_and_the_explained_way_are_one(
    period: Period, start: date, pauses: list[Pause], more: list[Extension]
) -> None:
    due = compute(period, start, standard(), pauses=pauses, extensions=more)
    assert due_on(period, start, standard(), pauses=pauses, extensions=more) == (due.day, due.provisional)


@checked
@given(st.sampled_from(backward_terms), days)
def test_so_they_are_counting_back(made: Term, event: date) -> None:
    due = compute(made, event, standard())
    assert due_on(made, event, standard()) == (due.day, due.provisional)


@checked
@given(periods, settled_days, closed_pauses(settled_days), extensions)
def test_it_is_what_the_walker_reaches(period: Period, start: date, pauses: list[Pause], more: list[Extension]) -> None:
    assert period.value is not None
    found = due_on(period, start, standard(), pauses=pauses, extensions=more)
    assume(not found.provisional)
    told = [(each.first, each.last) for each in pauses]
    expected = walker.due(str(period.unit), period.value, start, told, [(each.unit, each.value) for each in more])
    assert found.day == expected


@checked
@given(periods, days, closed_pauses(), extensions)
def test_it_lies_after_the_event_outside_pauses_and_on_a_working_day(
    period: Period, start: date, pauses: list[Pause], more: list[Extension]
) -> None:
    due = compute(period, start, standard(), pauses=pauses, extensions=more)
    assert due.day is not None
    assert due.ends is not None
    assert start < due.ends <= due.day
    assert not any(each.first <= due.day <= (each.last or due.day) for each in pauses)
    if standard().settled(due.day.toordinal()):
        assert standard().works(due.day.toordinal())


@checked
@given(periods, days, days, extensions)
def test_a_later_event_is_never_due_earlier(period: Period, one: date, other: date, more: list[Extension]) -> None:
    # A period in days after one in months may end a day earlier for a later start (31 January, 1 February).
    assume(len({each.unit for each in more} | {str(period.unit)}) == 1)
    early, late = sorted((one, other))
    first = due_on(period, early, standard(), extensions=more)
    second = due_on(period, late, standard(), extensions=more)
    assume(not (first.provisional or second.provisional))
    assert first.day is not None
    assert second.day is not None
    assert first.day <= second.day


@checked
@given(periods, days, closed_pauses(), extensions)
def test_a_pause_or_an_extension_never_shortens(
    period: Period, start: date, pauses: list[Pause], more: list[Extension]
) -> None:
    plain = due_on(period, start, standard())
    paused = due_on(period, start, standard(), pauses=pauses)
    longer = due_on(period, start, standard(), pauses=pauses, extensions=more)
    assert plain.day is not None
    assert paused.day is not None
    assert longer.day is not None
    if not (plain.provisional or paused.provisional or longer.provisional):
        assert plain.day <= paused.day <= longer.day


@checked
@given(periods, days, days, st.integers(1, 60), extensions)
def test_a_pause_told_in_two_parts_is_one_pause(
    period: Period, start: date, first: date, length: int, more: list[Extension]
) -> None:
    last, middle = first + timedelta(length), first + timedelta(length // 2)
    whole = due_on(period, start, standard(), pauses=[(first, last)], extensions=more)
    for parts in (
        [(middle + ONE, last), (first, middle)],
        [(first, middle), (first, last)],
        [(middle, last), (first, middle)],
    ):
        assert due_on(period, start, standard(), pauses=parts, extensions=more) == whole


@checked
@given(periods, days, days)
def test_while_a_pause_lasts_there_is_no_day_unless_it_came_before(period: Period, start: date, since: date) -> None:
    plain = due_on(period, start, standard())
    found = compute(period, start, standard(), pauses=[Pause(since, None)])
    assert plain.day is not None
    if plain.day < since:
        assert found.day == plain.day
    else:
        assert found.day is None
        assert found.met_by(date(2099, 1, 1))
        assert str(remaining(found, since, standard())).startswith("已中止，剩余")


@checked
@given(st.sampled_from(forward_terms + backward_terms), days)
def test_a_day_that_is_settled_stays_when_further_years_are_loaded(made: Term, start: date) -> None:
    earlier = standard().without(2025, 2026)
    found = due_on(made, start, earlier)
    if not found.provisional:
        assert due_on(made, start, standard()) == found


@checked
@given(st.sampled_from(forward_terms), st.dates(date(2019, 6, 1), date(2026, 11, 30)), st.integers(2020, 2026))
def test_a_provisional_day_is_the_earliest_possible(made: Term, start: date, year: int) -> None:
    unknown = standard().without(*range(year, 2027))
    found, real = due_on(made, start, unknown), due_on(made, start, standard())
    assert found.day is not None
    assert real.day is not None
    if found.provisional and not real.provisional:
        assert found.day <= real.day
    if not found.provisional:
        assert found == real


@checked
@given(periods, days, closed_pauses(), extensions)
def test_the_tiles_of_a_reasoning_cover_each_day_once_and_add_up(
    period: Period, start: date, pauses: list[Pause], more: list[Extension]
) -> None:
    due = compute(period, start, standard(), pauses=pauses, extensions=more)
    assert due.ends is not None
    at = start
    for tile in _tiles(due):
        assert tile.first == at + ONE
        assert tile.last is not None
        at = tile.last
    assert at == due.ends
    _adds_up(due, period, more)


def _tiles(due: Due) -> list[Step]:
    return [step for step in due.steps if step.kind in (StepKind.COUNTED, StepKind.RESTED, StepKind.PAUSED)]


def _adds_up(due: Due, period: Period, more: list[Extension]) -> None:
    """Working days counted are those asked for; days counted are those asked for and those that months come to."""
    assert period.value is not None
    asked = [(str(period.unit), period.value), *((each.unit, each.value) for each in more)]
    counted = {unit: sum(step.counted for step in _tiles(due) if step.unit == unit) for unit in ("day", "working_day")}
    told = sum(step.counted for step in due.steps if step.kind is StepKind.CORRESPONDING)
    assert counted["working_day"] == sum(value for unit, value in asked if unit == "working_day")
    assert counted["day"] == told + sum(value for unit, value in asked if unit == "day")
    assert (told > 0) == any(unit in ("month", "year") for unit, _ in asked)


@checked
@given(periods, st.dates(date(2021, 1, 1), date(2024, 12, 31)), closed_pauses(settled_days))
def test_the_tiles_say_of_each_day_what_the_walker_says(period: Period, start: date, pauses: list[Pause]) -> None:
    due = compute(period, start, standard(), pauses=pauses)
    assume(not due.provisional)
    told = [(each.first, each.last) for each in pauses]
    for tile in _tiles(due):
        assert tile.first is not None
        for step in range(tile.days):
            day = tile.first + timedelta(step)
            assert walker.paused(day, told) == (tile.kind is StepKind.PAUSED)
            if tile.unit == "working_day" and tile.kind is not StepKind.PAUSED:
                assert walker.rests(day) == (tile.kind is StepKind.RESTED)


@checked
@given(st.integers(date(1990, 1, 1).toordinal(), date(2060, 1, 1).toordinal()), st.integers(1, 40))
def test_the_corresponding_day_is_the_walkers(ordinal: int, number: int) -> None:
    start = date.fromordinal(ordinal)
    assume(start.year + number // 12 < 2055)
    assert date.fromordinal(corresponding(ordinal, number)) == walker.months(start, number)


@checked
@given(st.sampled_from(backward_terms), st.dates(date(2021, 6, 1), date(2026, 12, 28)))
def test_counting_back_leaves_the_whole_period_before_the_event(made: Term, event: date) -> None:
    latest = due_on(made, event, standard()).day
    assert latest is not None

    def ends(day: date) -> date:
        if made.method.mode is Mode.WORKING:
            return walker.working(day, made.value)
        return walker.natural(day, made.value) if made.method.mode is Mode.NATURAL else walker.months(day, made.value)

    assert ends(latest) < event
    try:
        assert ends(latest + ONE) >= event
    except walker.BeyondKnown:
        assert made.method.mode is Mode.WORKING


@checked
@given(days, days, st.booleans())
def test_the_distance_is_what_one_counts_on_ones_fingers(day: date, today: date, working: bool) -> None:
    found = distance(day, today, standard(), working=working)
    first, last = min(day, today), max(day, today)
    between = [first + timedelta(step) for step in range(1, (last - first).days + 1)]
    expected = sum(standard().works(each.toordinal()) for each in between) if working else len(between)
    assert (found.count, found.overdue) == (expected, today > day)
