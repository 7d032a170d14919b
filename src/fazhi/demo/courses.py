"""When disputes arise and how they run: days, outcomes and amounts that meet the quotas to the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fazhi.demo.chance import Chance, split
from fazhi.demo.quotas import Mediating
from fazhi.kernel.ground.calendar import standard

# How often something is accepted on a day that is no working day, a working day being 1.
_REST_DAY = 0.14
_DURATION = {"simple": (0, 5), "general": (3, 20), "major": (9, 27)}
_EVEN: Mapping[int, float] = dict.fromkeys(range(1, 13), 1)
# An agreement speaks of whole hundreds of yuan.
_STEP = 100


@dataclass(slots=True)
class Course:
    """This dispute's way: its traits, its days, its outcome, and what the agreement came to (元, None: no money)."""

    traits: Mapping[str, Any]
    opened: date
    accepted: date | None
    concluded: date
    outcome: str = ""
    amount: int | None = None


Traits = Callable[[str, Chance], Mapping[str, Any]]
"""What gives a dispute its traits besides kind, place and weight."""


def courses(mediating: Mediating, traits: Traits, sizes: Mapping[str, float], chance: Chance) -> list[Course]:
    """The disputes of all years, in the order in which they were opened. ``sizes``: usual amount by kind (元)."""
    found: list[Course] = []
    for year, said in mediating.flow.years.items():
        accepted = _accepted(mediating, year, said.accepted, traits, chance)
        _conclude(accepted, year, mediating.flow.carried_out(year), mediating.shares["late"], chance)
        found += accepted
    for year, said in mediating.flow.years.items():
        mine = [each for each in found if each.concluded.year == year]
        outcomes = {"succeeded": said.succeeded, "failed": said.failed, "withdrawn": said.withdrawn}
        for course, outcome in zip(mine, chance.dealt(said.concluded, outcomes), strict=True):
            course.outcome = outcome
        agreed = [each for each in mine if each.outcome == "succeeded"]
        _agree(agreed, said.amount, mediating.shares["with_amount"], sizes, chance)
        found += _declined(mediating, year, said.declined, traits, chance)
    return sorted(found, key=lambda each: each.opened)


def _accepted(mediating: Mediating, year: int, total: int, traits: Traits, chance: Chance) -> list[Course]:
    days = days_of(year, total, chance, mediating.share("month"))
    if not any(each.accepted for number, each in mediating.flow.years.items() if number < year):
        # Of the year before the first only what was carried over is told: it was accepted in its last weeks.
        days = [date(year, 12, 31) - timedelta(min(26, int(chance.skewed(0.6) * 7))) for _ in days]
    columns = [chance.dealt(total, mediating.share(name)) for name in ("kind", "place", "weight")]
    found = []
    for day, kind, place, weight in zip(days, *columns, strict=True):
        more = traits(weight, chance)
        opened = day - timedelta(chance.weighed((0, 1, 2, 3), (62, 21, 11, 6)))
        found.append(Course({"kind": kind, "place": place, "weight": weight, **more}, opened, day, day))
    return found


def days_of(year: int, total: int, chance: Chance, months: Mapping[int, float] = _EVEN) -> list[date]:
    """These many days of a year, by weight of month and by whether people work, in order."""
    calendar = standard()
    first = date(year, 1, 1)
    every = [first + timedelta(step) for step in range((date(year + 1, 1, 1) - first).days)]
    weights = [months[day.month] * (1 if calendar.works(day.toordinal()) else _REST_DAY) for day in every]
    return sorted(chance.several(every, weights, total))


def _conclude(accepted: Sequence[Course], year: int, carried: int, late: float, chance: Chance) -> None:
    """Give each dispute the day it ends."""
    lengths = []
    for course in accepted:
        low, high = _DURATION[course.traits["weight"]]
        most = min(high, course.traits.get("limit", high))
        overdue = course.traits.get("limit", 31) + chance.number(3, 16)
        lengths.append(overdue if chance.happens(late) else chance.number(min(low, most), most))
    begun = [course.accepted or course.opened for course in accepted]
    for course, day in zip(accepted, ends(begun, lengths, year, carried, chance), strict=True):
        course.concluded = day


def ends(begun: Sequence[date], lengths: Sequence[int], year: int, carried: int, chance: Chance) -> list[date]:
    """The days on which what began on these days of a year ends, after about so many days each.

    ``carried`` of those begun last end in the next year, all others in this one.
    """
    last = date(year, 12, 31)
    lately = list(reversed(range(len(begun))))[: carried + carried // 8]
    carried_over = set(chance.mixed(lately)[:carried])
    found = []
    for place, (first, days) in enumerate(zip(begun, lengths, strict=True)):
        day = _worked(first + timedelta(days), chance)
        if place in carried_over:
            day = max(day, last + timedelta(3 + days % 9))
        elif day > last:
            day = first + timedelta(chance.number(0, (last - first).days))
        found.append(day)
    return found


def _worked(day: date, chance: Chance) -> date:
    """This day, or mostly the next working day when it is none."""
    calendar = standard()
    while not calendar.works(day.toordinal()) and chance.happens(100 * (1 - _REST_DAY)):
        day += timedelta(1)
    return day


def _agree(agreed: list[Course], total: int, share: float, sizes: Mapping[str, float], chance: Chance) -> None:
    """Divide the year's amount among the agreements that speak of money."""
    with_money = chance.mixed(agreed)[: max(1, round(len(agreed) * share / 100))] if total else []
    weights = [sizes[each.traits["kind"]] * chance.skewed(0.8) for each in with_money]
    for course, amount in zip(with_money, split(total, weights, _STEP), strict=True):
        course.amount = amount


def _declined(mediating: Mediating, year: int, total: int, traits: Traits, chance: Chance) -> list[Course]:
    """Disputes that were brought and not accepted."""
    found = []
    for day in days_of(year, total, chance, mediating.share("month")):
        kind, place = (
            chance.weighed(list(weights), list(weights.values()))
            for weights in (mediating.share("kind"), mediating.share("place"))
        )
        ended = min(day + timedelta(chance.number(0, 2)), date(year, 12, 31))
        more = {"kind": kind, "place": place, "weight": "general", **traits("general", chance)}
        found.append(Course(more, day, None, ended, "declined"))
    return found
