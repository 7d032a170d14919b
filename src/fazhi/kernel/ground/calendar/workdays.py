"""The working-day calendar: which days rest, which weekends are worked, and which are not announced yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import NamedTuple

from fazhi.kernel.ground.calendar import arrangements
from fazhi.kernel.ground.calendar.arrangements import Arrangement

# In the notices of 2004 to 2026 none moved a day before 29 December of the year before its own.
_LAST_UNTOUCHED = (12, 28)

# In the same years no stretch of days held more than three worked weekend days above its weekday holidays.
MAKE_UP_SLACK = 3


class DayKind(Enum):
    """What a day is to the calendar; the value is the label shown where a day has no holiday's name."""

    WORKING = "工作日"
    MAKE_UP = "调休上班"
    WEEKEND = "周末"
    HOLIDAY = "节假日"
    ASSUMED_WORKING = "暂按工作日"
    ASSUMED_WEEKEND = "暂按周末"

    @property
    def works(self) -> bool:
        """Whether a day of this kind counts as a working day."""
        return self in _WORKING

    @property
    def settled(self) -> bool:
        """Whether the arrangement for such a day has been announced and loaded."""
        return self not in _ASSUMED


_WORKING = frozenset({DayKind.WORKING, DayKind.MAKE_UP, DayKind.ASSUMED_WORKING})
_ASSUMED = frozenset({DayKind.ASSUMED_WORKING, DayKind.ASSUMED_WEEKEND})


class NamedDay(NamedTuple):
    """This day with what it is and the name it is shown under (春节, 周末, 调休上班（春节）)."""

    day: date
    kind: DayKind
    name: str


class WorkCalendar:
    """The days of the loaded years, with an index that finds the n-th working day in constant time.

    A day is *settled* when the arrangement of its year is loaded; for the last three days of December also that of the
    following year, which may still move them. Days that are not settled are taken as weekdays and weekends, and every
    result resting on them is provisional. Immutable: a changed year makes a new calendar.
    """

    def __init__(self, years: Iterable[Arrangement]) -> None:
        loaded = {each.year: each for each in years}
        if not loaded:
            raise ValueError("a calendar needs at least one year")
        self._loaded = loaded
        self.years = frozenset(loaded)
        self._named: dict[int, tuple[DayKind, str]] = {}
        for each in loaded.values():
            for holiday in each.holidays:
                for day in holiday.rest:
                    self._named[day.toordinal()] = (DayKind.HOLIDAY, holiday.name)
                for day in holiday.work:
                    self._named[day.toordinal()] = (DayKind.MAKE_UP, f"{DayKind.MAKE_UP.value}（{holiday.name}）")
        self._spans = tuple(_settled_spans(self.years))
        self._index()

    def _index(self) -> None:
        """Lay out, for each ordinal between the first and the last settled day, what the arithmetic looks up."""
        self._base = self._spans[0][0]
        size = self._spans[-1][1] - self._base + 1
        self._working: list[int] = []
        self._rank = [0] * size
        self._run_first = [0] * size
        self._run_last = [0] * size
        for offset in range(size):
            ordinal = self._base + offset
            if self.kind(ordinal).works:
                self._working.append(ordinal)
            self._rank[offset] = len(self._working)
        for first, last in self._spans:
            span = slice(first - self._base, last - self._base + 1)
            self._run_first[span] = [first] * (last - first + 1)
            self._run_last[span] = [last] * (last - first + 1)

    def kind(self, ordinal: int) -> DayKind:
        """What this day is; days are given as proleptic ordinals (:meth:`datetime.date.toordinal`)."""
        named = self._named.get(ordinal)
        if named is not None:
            return named[0]
        weekend = (ordinal + 6) % 7 >= 5
        if self.settled(ordinal):
            return DayKind.WEEKEND if weekend else DayKind.WORKING
        return DayKind.ASSUMED_WEEKEND if weekend else DayKind.ASSUMED_WORKING

    def name(self, ordinal: int) -> str:
        """The name this day is shown under: a holiday's, or what kind of day it is."""
        named = self._named.get(ordinal)
        return named[1] if named is not None else self.kind(ordinal).value

    def day(self, day: date) -> NamedDay:
        """What this day is, and its name."""
        ordinal = day.toordinal()
        return NamedDay(day, self.kind(ordinal), self.name(ordinal))

    def works(self, ordinal: int) -> bool:
        """Whether this day is a working day (assumed so where its year is not loaded)."""
        return self.kind(ordinal).works

    def settled(self, ordinal: int) -> bool:
        """Whether the arrangement for this day has been loaded."""
        spot = bisect_right(self._spans, (ordinal, date.max.toordinal())) - 1
        return spot >= 0 and ordinal <= self._spans[spot][1]

    def run_of(self, ordinal: int) -> tuple[int, int]:
        """The first and last settled day of the unbroken run around this day; ``(0, 0)`` when it is not settled."""
        offset = ordinal - self._base
        if 0 <= offset < len(self._run_last):
            return self._run_first[offset], self._run_last[offset]
        return 0, 0

    def nth_working(self, after: int, n: int) -> int | None:
        """The n-th working day after a day; ``None`` when a day between is not settled."""
        last = self.run_of(after + 1)[1]
        if not last:
            return None
        offset = after - self._base
        spot = (self._rank[offset] if offset >= 0 else 0) + n - 1
        if spot >= len(self._working) or self._working[spot] > last:
            return None
        return self._working[spot]

    def nth_working_before(self, before: int, n: int) -> int | None:
        """The n-th working day before a day, counted back; ``None`` when a day between is not settled."""
        first = self.run_of(before - 1)[0]
        if not first:
            return None
        spot = self._rank[before - 1 - self._base] - n
        if spot < 0 or self._working[spot] < first:
            return None
        return self._working[spot]

    def count_working(self, first: int, last: int) -> int:
        """How many working days lie from ``first`` to ``last``, both included (assumed ones too)."""
        if last < first:
            return 0
        low, high = first - 1 - self._base, last - self._base
        if low >= 0 and high < len(self._rank):
            return self._rank[high] - self._rank[low]
        return sum(self.works(each) for each in range(first, last + 1))

    def with_year(self, arrangement: Arrangement) -> WorkCalendar:
        """This calendar with one year added or replaced."""
        return WorkCalendar({**self._loaded, arrangement.year: arrangement}.values())

    def without(self, *years: int) -> WorkCalendar:
        """This calendar as it was before these years were announced."""
        return WorkCalendar(each for each in self._loaded.values() if each.year not in years)


def _settled_spans(years: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The settled days as ordinals of first and last days, in order, adjoining years joined."""
    span: tuple[int, int] | None = None
    for year in sorted(years):
        first = date(year, 1, 1).toordinal()
        last = date(year, *((12, 31) if year + 1 in years else _LAST_UNTOUCHED)).toordinal()
        if span is not None and span[1] == first - 1:
            span = (span[0], last)
            continue
        if span is not None:
            yield span
        span = (first, last)
    if span is not None:
        yield span


@cache
def standard() -> WorkCalendar:
    """The calendar of the years that come with the package."""
    return WorkCalendar(arrangements.shipped())
