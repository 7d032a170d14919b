"""Counting: from a term and a start to the day it ends, in integers (proleptic ordinals of days).

Every public result of the package comes from here; the explanation is told afterwards, from the same legs.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from fazhi.kernel.ground.calendar.counting import Mode
from fazhi.kernel.ground.calendar.intervals import OPEN, Span
from fazhi.kernel.ground.calendar.workdays import MAKE_UP_SLACK, DayKind, WorkCalendar


class Leg(NamedTuple):
    """One stretch counted in one unit: from the day after ``start`` to ``end``.

    ``end`` is ``None`` when an open pause keeps it from ending; ``left`` is then what has still to run, in days or
    working days. ``settled`` is false when the count passed days whose arrangement is not loaded.
    """

    mode: Mode
    value: int
    start: int
    end: int | None
    left: int = 0
    settled: bool = True


class Result(NamedTuple):
    """Where the counting ended: the legs, the day after rolling, and whether it still may move."""

    legs: tuple[Leg, ...]
    day: int | None
    provisional: bool


class Tally(NamedTuple):
    """One day as the working-day count passes it: what it is, whether it counts, whether a pause covers it."""

    ordinal: int
    kind: DayKind
    counts: bool
    paused: bool


def forward(parts: Sequence[tuple[Mode, int]], start: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> Result:
    """Count these parts one after the other from the day after ``start``; roll the last day if it rests.

    Only the very end rolls: a period and its extension are one period, so a rest day where the unextended period would
    have ended gives no extra day. Neighbouring parts of one unit must come joined.
    """
    legs: list[Leg] = []
    at = start
    for mode, value in parts:
        leg = _leg(mode, value, at, calendar, pauses)
        legs.append(leg)
        if leg.end is None:
            return Result(tuple(legs), None, False)
        at = leg.end
    settled = all(leg.settled for leg in legs)
    if legs[-1].mode is Mode.WORKING:
        return Result(tuple(legs), at, not settled)
    day, sure = _rolled(at, calendar, pauses)
    return Result(tuple(legs), day, not (settled and sure))


def settled(mode: Mode, value: int, start: int, calendar: WorkCalendar) -> int | None:
    """The day :func:`forward` reaches where nothing pauses, in one look-up; ``None`` where it has to be asked itself."""
    if mode is Mode.WORKING:
        return calendar.nth_working(start, value)
    end = start + value if mode is Mode.NATURAL else corresponding(start, value)
    return calendar.nth_working(end - 1, 1)


def _leg(mode: Mode, value: int, start: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> Leg:
    if mode is Mode.WORKING:
        return _working(value, start, calendar, pauses)
    days = value if mode is Mode.NATURAL else corresponding(start, value) - start
    end, passed = start + days, 0
    for first, last in _after(pauses, start):
        if first > end:
            break
        if last == OPEN:
            return Leg(mode, value, start, None, days - (first - start - 1 - passed))
        passed += last - first + 1
        end += last - first + 1
    return Leg(mode, value, start, end)


def _working(value: int, start: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> Leg:
    passed = 0
    end = calendar.nth_working(start, value)
    for first, last in _after(pauses, start):
        if end is None or first > end:
            break
        if last == OPEN:
            return Leg(Mode.WORKING, value, start, None, value + passed - calendar.count_working(start + 1, first - 1))
        passed += calendar.count_working(first, last)
        end = calendar.nth_working(start, value + passed)
    if end is not None:
        return Leg(Mode.WORKING, value, start, end)
    left = value
    for each in tally(start, calendar, pauses):
        left -= each.counts
        if not left:
            return Leg(Mode.WORKING, value, start, each.ordinal, 0, False)
    return Leg(Mode.WORKING, value, start, None, left, False)


def tally(start: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> Iterator[Tally]:
    """The days after ``start`` as a working-day count passes them; ends at an open pause.

    Where the arrangement is not loaded, weekdays count and so do the first few weekend days, because any of them may
    yet be worked: the day reached is then the earliest possible one.
    """
    slack = MAKE_UP_SLACK
    ordinal = start
    while True:
        ordinal += 1
        pause = covering(ordinal, pauses)
        if pause is not None and pause.last == OPEN:
            return
        kind = calendar.kind(ordinal)
        counts = kind.works
        if pause is not None:
            counts = False
        elif kind is DayKind.ASSUMED_WEEKEND and slack:
            slack -= 1
            counts = True
        yield Tally(ordinal, kind, counts, pause is not None)


def _rolled(end: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> tuple[int | None, bool]:
    """The first day from ``end`` on that neither rests nor is paused, and whether no unannounced day was met."""
    while True:
        pause = covering(end, pauses)
        if pause is not None:
            if pause.last == OPEN:
                return None, True
            end = pause.last + 1
            continue
        last = calendar.run_of(end)[1]
        if not last:
            return end, False
        working = calendar.nth_working(end - 1, 1) or last + 1
        if covering(working, pauses) is None:
            return working, working <= last
        end = working


def backward(mode: Mode, value: int, event: int, calendar: WorkCalendar) -> tuple[int, int, bool]:
    """The latest day from which the whole period still ends before the day of the event.

    Returns that day, the first counted day, and whether all days passed are settled. Nothing rolls: rolling would eat
    into the days that must lie between.
    """
    if mode is Mode.NATURAL:
        return event - value - 1, event - value, True
    if mode is Mode.MONTHS:
        day = corresponding(event - 1, -value)
        while corresponding(day + 1, value) <= event - 1:
            day += 1
        return day, day + 1, True
    first = calendar.nth_working_before(event, value)
    if first is not None:
        return first - 1, first, True
    ordinal, left = event, value
    while left:
        ordinal -= 1
        left -= calendar.works(ordinal)
    return ordinal - 1, ordinal, False


def corresponding(ordinal: int, months: int) -> int:
    """The same day of the month ``months`` later (or earlier), or that month's last day (Civil Code art. 202)."""
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1])).toordinal()


def covering(ordinal: int, pauses: Sequence[Span]) -> Span | None:
    """The pause this day lies in, if any."""
    if not pauses:
        return None
    spot = bisect_right(pauses, (ordinal, OPEN)) - 1
    return pauses[spot] if spot >= 0 and ordinal <= pauses[spot].last else None


def _after(pauses: Sequence[Span], start: int) -> Iterator[tuple[int, int]]:
    for first, last in pauses:
        if last > start:
            yield max(first, start + 1), last
