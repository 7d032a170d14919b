"""A due day with the reasoning that leads to it, and how far away it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from fazhi.kernel.ground.calendar.counting import Mode, Term
from fazhi.kernel.ground.calendar.workdays import NamedDay, WorkCalendar

_WEEKDAYS = "一二三四五六日"
UNIT_LABELS = {"day": " 日", "working_day": " 个工作日", "month": " 个月", "year": " 年", "hour": " 小时"}


class StepKind(StrEnum):
    """What one line of the reasoning says.

    ``COUNTED``, ``RESTED`` and ``PAUSED`` tile the days between the event and the last day of the period; the other
    kinds state what is counted and what follows.
    """

    EVENT = "event"
    PERIOD = "period"
    EXTENDED = "extended"
    CORRESPONDING = "corresponding"
    COUNTED = "counted"
    RESTED = "rested"
    PAUSED = "paused"
    ROLLED = "rolled"
    FIXED = "fixed"
    GIVEN = "given"
    WAITING = "waiting"
    ADVICE = "advice"
    PROVISIONAL = "provisional"
    DUE = "due"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reasoning.

    ``first`` and ``last`` bound the days it speaks of, ``counted`` is how many ``unit`` it adds to the count (for
    ``PERIOD`` and ``EXTENDED``: how many it asks for), ``named`` the rest days, or days worked in exchange, within it.
    """

    kind: StepKind
    line: str
    first: date | None = None
    last: date | None = None
    counted: int = 0
    unit: str = ""
    named: tuple[NamedDay, ...] = ()

    @property
    def days(self) -> int:
        """How many days lie from ``first`` to ``last``, both included."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0


class DueDay(NamedTuple):
    """What a list needs: the day (``None`` while a pause lasts) and whether it is provisional."""

    day: date | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Due:
    """This due day and how it came about.

    ``day`` is the last day in time, or ``None`` while a pause lasts; ``left`` is then what has still to run, in
    ``unit``. ``ends`` is the last day before it rolled off a rest day. ``provisional`` says that the day rests on an
    arrangement not announced yet: it is then the earliest possible one (counted back: the one that holds if Monday to
    Friday are worked, since the latest possible one would have somebody act too late).
    ``at`` is set only for periods in hours with a known start.
    """

    term: Term
    start: date
    day: date | None
    provisional: bool
    unit: str
    steps: tuple[Step, ...]
    ends: date | None = None
    at: datetime | None = None
    left: int = 0

    def explain(self) -> tuple[str, ...]:
        """The reasoning in Chinese, one line a step."""
        return tuple(step.line for step in self.steps)

    def met_by(self, done: date, *, posted: date | None = None) -> bool:
        """Whether something done on that day was in time; under civil procedure the day of posting decides.

        A period that is paused is met by whatever day.
        """
        if self.day is None:
            return True
        if posted is not None and self.term.method.posting_counts:
            done = min(done, posted)
        return done <= self.day


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far away a due day is: ``count`` of ``unit``, to come or past."""

    count: int
    unit: str
    overdue: bool = False
    provisional: bool = False
    paused: bool = False

    def __str__(self) -> str:
        amount = f"{self.count}{UNIT_LABELS[self.unit]}"
        if self.paused:
            return f"已中止，剩余 {amount}"
        if self.overdue:
            return f"逾期 {amount}" if self.count else f"逾期不足 1{UNIT_LABELS[self.unit]}"
        text = f"剩余 {amount}" if self.count else "今日届满"
        return f"{text}（待放假安排确认）" if self.provisional else text


def remaining(due: Due, today: date, calendar: WorkCalendar) -> Remaining:
    """How far ``today`` is from the due day, in working days where the rule counts so, else in days.

    Today is not counted and the due day is; overdue, the days after the due day up to today are. Before a due day that
    is only working days of rest away, the count is 0 on no day but the due day itself.
    """
    if due.day is None:
        return Remaining(due.left, due.unit, paused=True)
    return distance(due.day, today, calendar, working=due.term.method.mode is Mode.WORKING, provisional=due.provisional)


def distance(day: date, today: date, calendar: WorkCalendar, *, working: bool, provisional: bool = False) -> Remaining:
    """:func:`remaining` for a list, which has only the day and how its rule counts."""
    overdue = today > day
    first, last = (day, today) if overdue else (today, day)
    if working:
        count = calendar.count_working(first.toordinal() + 1, last.toordinal())
        return Remaining(count, "working_day", overdue, provisional and not overdue)
    return Remaining((last - first).days, "day", overdue, provisional and not overdue)


def spoken(day: date) -> str:
    """This day as written in a reasoning: ``2026年9月28日（周一）``."""
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def clock(instant: datetime) -> str:
    """This instant as written in a reasoning, to the minute."""
    return f"{spoken(instant)}{instant:%H:%M}"


def stretch(first: date, last: date) -> str:
    """These days, both included, as short as they can be said without doubt."""
    if first == last:
        return f"{first.year}年{first.month}月{first.day}日"
    year = "" if last.year == first.year else f"{last.year}年"
    return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"
