"""An engine of its own, that walks from day to day: slow, plain, and sharing nothing with the one it checks.

What rests it takes from the package chinesecalendar, which covers 2004 to 2026.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
# The notice for 2027 may still move the last days of 2026.
LAST_SURE = date(2026, 12, 28)
ONE = timedelta(1)

Pauses = Collection[tuple[date, date | None]]


class BeyondKnown(Exception):
    """Raised when the walk leaves the years of the notices."""


@cache
def rests(day: date) -> bool:
    if not FIRST <= day <= LAST_SURE:
        raise BeyondKnown(day)
    return not chinese_calendar.is_workday(day)


def paused(day: date, pauses: Pauses) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in pauses)


def natural(start: date, days: int, pauses: Pauses = ()) -> date:
    day, left = start, days
    while left:
        day = _next(day)
        left -= not paused(day, pauses)
    return day


def working(start: date, days: int, pauses: Pauses = ()) -> date:
    day, left = start, days
    while left:
        day = _next(day)
        left -= not paused(day, pauses) and not rests(day)
    return day


def months(start: date, number: int) -> date:
    """On through the months to the day of the same number, or to the last of the month when it has none."""
    day, begun = start, 0
    while True:
        day = _next(day)
        begun += day.day == 1
        if begun == number and (day.day == start.day or (day.day < start.day and _next(day).day == 1)):
            return day


def rolled(day: date, pauses: Pauses = ()) -> date:
    while paused(day, pauses) or rests(day):
        day = _next(day)
    return day


def due(unit: str, number: int, start: date, pauses: Pauses = (), more: Sequence[tuple[str, int]] = ()) -> date:
    """The due day of a period and its extensions, each counted on from the end of the one before."""
    end = start
    parts = [(unit, number), *more]
    for kind, value in joined(parts):
        if kind == "working_day":
            end = working(end, value, pauses)
        elif kind == "day":
            end = natural(end, value, pauses)
        else:
            end = natural(end, (months(end, value) - end).days, pauses)
    return end if parts[-1][0] == "working_day" else rolled(end, pauses)


def joined(parts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """A period of months extended by a month is one period of so many months, and a year is twelve."""
    result: list[tuple[str, int]] = []
    for unit, number in parts:
        kind, value = ("month", number * 12) if unit == "year" else (unit, number)
        if result and result[-1][0] == kind:
            value += result.pop()[1]
        result.append((kind, value))
    return result


def latest_before(event: date, ends: Callable[[date], date]) -> date:
    """The latest day from which a period, ending as ``ends`` says, is over before the day of the event."""
    day = event - ONE
    while ends(day) >= event:
        day -= ONE
    return day


def working_before(event: date, number: int) -> date:
    """The latest day after which so many working days lie before the event."""
    day = event
    left = number
    while left:
        day -= ONE
        left -= not rests(day)
    return day - ONE


def hours(start: datetime, number: int) -> datetime:
    for _ in range(number):
        start += timedelta(hours=1)
    return start


def returning(start: date, month: int, number: int, *, inclusive: bool) -> date:
    """The first day after ``start`` that is the last in time for a date returning every year."""
    day = start
    while True:
        day += ONE
        mark = day if inclusive else day + ONE
        if (mark.month, mark.day) == (month, number):
            return day


def _next(day: date) -> date:
    if day > date(2060, 1, 1):
        raise BeyondKnown(day)
    return day + ONE
