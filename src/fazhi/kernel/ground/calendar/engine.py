"""Due days: :func:`compute` with the reasoning, :func:`due_on` without it for bulk; both by the same arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from fazhi.kernel.ground.calendar import explanation
from fazhi.kernel.ground.calendar.arithmetic import backward, forward, settled
from fazhi.kernel.ground.calendar.counting import (
    Mode,
    NotComputable,
    PeriodLike,
    Reason,
    RuleLike,
    Term,
    is_rule,
    term,
    term_given,
)
from fazhi.kernel.ground.calendar.due import Due, DueDay, clock, spoken
from fazhi.kernel.ground.calendar.intervals import Extension, Pause, Span, merged
from fazhi.kernel.ground.calendar.workdays import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")

Countable = RuleLike | PeriodLike | Term
Pauses = Iterable[Pause | tuple[date, date | None]]

_MODE_OF = {"day": Mode.NATURAL, "working_day": Mode.WORKING, "month": Mode.MONTHS, "year": Mode.MONTHS}


def compute(
    what: Countable,
    start: date,
    calendar: WorkCalendar,
    *,
    pauses: Pauses = (),
    extensions: Sequence[Extension] = (),
    given: PeriodLike | date | None = None,
    event: str = "",
) -> Due:
    """The due day of this rule or period that began with the event of ``start``, with its reasoning.

    ``start`` may be an aware instant, which a period in hours needs unless it comes to whole days; it is read in
    Asia/Shanghai. ``pauses`` are days that do not run. ``given`` supplies the number, or the day itself, where the law
    leaves it to a document. ``event`` says in the explanation what happened on ``start`` (``收到复议申请``).
    For rules counted back from an event ``start`` is the day of that event and ``day`` the latest day before it.
    Raises :class:`NotComputable` where no number leads to a day; :class:`ValueError` for a naive instant.
    """
    begun = start if isinstance(start, datetime) else None
    start = _legal_day(start)
    told = tuple(each if isinstance(each, Pause) else Pause(*each) for each in pauses)
    if isinstance(given, date):
        return _given_day(what, start, given, told, extensions)
    ready = _ready(what, given)
    mode = ready.method.mode
    if (told or extensions) and (ready.backwards or mode in (Mode.HOURS, Mode.FIXED)):
        raise NotComputable(Reason.CANNOT_MOVE, ready.cited.title)
    if mode is Mode.HOURS:
        return _hours(ready, start, begun)
    if mode is Mode.FIXED:
        day = _fixed(ready, start)
        return Due(ready, start, day, False, "day", explanation.of_fixed(ready, start, day), day)
    if ready.backwards:
        return _backward(ready, start, calendar, event)
    spans = merged(told)
    result = forward(_parts(ready, extensions), start.toordinal(), calendar, spans)
    last = result.legs[-1]
    return Due(
        ready,
        start,
        None if result.day is None else date.fromordinal(result.day),
        result.provisional,
        "working_day" if last.mode is Mode.WORKING else "day",
        explanation.of_forward(ready, start, result, extensions, calendar, spans, told, event),
        None if last.end is None else date.fromordinal(last.end),
        left=last.left,
    )


def due_on(
    what: Countable,
    start: date,
    calendar: WorkCalendar,
    *,
    pauses: Pauses = (),
    extensions: Sequence[Extension] = (),
) -> DueDay:
    """The day :func:`compute` would reach, without the reasoning: a few microseconds, for lists and recomputation.

    A caller that computes many days under one rule may make its :class:`Term` once (:func:`counting.term`).
    """
    ready = what if isinstance(what, Term) else term(what)
    if type(start) is not date:
        start = _legal_day(start)
    mode = ready.method.mode
    if mode is Mode.HOURS or mode is Mode.FIXED:
        return DueDay(compute(ready, start, calendar, pauses=pauses, extensions=extensions).day, False)
    if ready.backwards:
        if pauses or extensions:
            raise NotComputable(Reason.CANNOT_MOVE, ready.cited.title)
        back, _, sure = backward(mode, ready.value, start.toordinal(), calendar)
        return DueDay(date.fromordinal(back), not sure)
    if not pauses and not extensions:
        quick = settled(mode, ready.value, start.toordinal(), calendar)
        if quick is not None:
            return DueDay(date.fromordinal(quick), False)
    spans: Sequence[Span] = merged(pauses) if pauses else ()
    parts = _parts(ready, extensions) if extensions else ((mode, ready.value),)
    _, day, provisional = forward(parts, start.toordinal(), calendar, spans)
    return DueDay(None if day is None else date.fromordinal(day), provisional)


def _legal_day(start: date) -> date:
    """The day in Asia/Shanghai an instant falls on; a plain day as it is."""
    if not isinstance(start, datetime):
        return start
    if start.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return start.astimezone(SHANGHAI).date()


def _ready(what: Countable, given: PeriodLike | None) -> Term:
    """The term of this rule or period, with the number a document gave it where the law leaves one open."""
    if given is not None:
        if not is_rule(what):
            raise NotComputable(Reason.HAS_NUMBER)
        return term_given(what, given)
    return what if isinstance(what, Term) else term(what)


def _given_day(
    what: Countable, start: date, day: date, pauses: Sequence[Pause], extensions: Sequence[Extension]
) -> Due:
    """The day a document names for a rule without a number; it neither rolls nor moves: the document would say so."""
    if not is_rule(what):
        raise NotComputable(Reason.HAS_NUMBER)
    ready = term_given(what, None)
    if pauses or extensions:
        raise NotComputable(Reason.CANNOT_MOVE, ready.cited.title)
    return Due(ready, start, day, False, "day", explanation.of_given(ready, start, day), day)


def _parts(ready: Term, extensions: Iterable[Extension]) -> tuple[tuple[Mode, int], ...]:
    """The period and its extensions, neighbours of one unit joined: 1 month and 1 month are 2 months."""
    parts = [(ready.method.mode, ready.value)]
    for each in extensions:
        mode = _MODE_OF[each.unit]
        value = each.value * 12 if each.unit == "year" else each.value
        if mode is parts[-1][0]:
            value += parts.pop()[1]
        parts.append((mode, value))
    return tuple(parts)


def _backward(ready: Term, event: date, calendar: WorkCalendar, label: str) -> Due:
    mode = ready.method.mode
    back, first, sure = backward(mode, ready.value, event.toordinal(), calendar)
    day = date.fromordinal(back)
    unit = "working_day" if mode is Mode.WORKING else "day"
    steps = explanation.of_backward(ready, event, back, first, calendar, provisional=not sure, label=label)
    return Due(ready, event, day, not sure, unit, steps, day)


def _fixed(ready: Term, start: date) -> date:
    """The first last day in time after ``start``; a date that itself is too late gives the day before it."""
    assert ready.fixed is not None
    for year in range(start.year, start.year + 3):
        day = date(year, *ready.fixed) - timedelta(not ready.inclusive)
        if day > start:
            return day
    raise AssertionError("a date returns every year")


def _hours(ready: Term, start: date, begun: datetime | None) -> Due:
    """A period in hours, which runs through rest days; without an instant only whole days give a day."""
    if begun is not None:
        begun = begun.astimezone(SHANGHAI)
        ends = begun + timedelta(hours=ready.value)
        steps = explanation.of_hours(ready, start, clock(begun), clock(ends), ends.date())
        return Due(ready, start, ends.date(), False, "hour", steps, ends.date(), ends)
    days, rest = divmod(ready.value, 24)
    if rest:
        raise NotComputable(Reason.NEEDS_INSTANT, ready.cited.title)
    day = start + timedelta(days)
    steps = explanation.of_hours(ready, start, spoken(start), f"{spoken(day)}的同一时刻", day)
    return Due(ready, start, day, False, "hour", steps, day)
