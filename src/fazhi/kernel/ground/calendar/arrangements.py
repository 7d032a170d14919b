"""The yearly arrangement of rest days: what the State Council General Office announces, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Holiday:
    """This holiday of one year: every day off, weekends inside the run included, and the weekend days worked for it."""

    name: str
    rest: tuple[date, ...]
    work: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The arrangement of one year.

    It may reach back into the December before (the New Year run of 2019 began on 30 December 2018), never forward.
    Raises :class:`ValueError` when a day lies outside that span, is named twice, or a day worked is not a weekend day.
    """

    year: int
    holidays: tuple[Holiday, ...]

    def __post_init__(self) -> None:
        seen: set[date] = set()
        for holiday in self.holidays:
            for day in (*holiday.rest, *holiday.work):
                if day.year != self.year and (day.year, day.month) != (self.year - 1, 12):
                    raise ValueError(f"{self.year}年的安排不能包含{day.isoformat()}")
                if day in seen:
                    raise ValueError(f"{day.isoformat()} 出现了两次")
                seen.add(day)
            for day in holiday.work:
                if day.weekday() < 5:
                    raise ValueError(f"{day.isoformat()} 不是周末，不能作为调休上班日")


def parse(raw: Iterable[dict[str, Any]]) -> tuple[Arrangement, ...]:
    """These arrangements from the structure of ``arrangements.yaml``: days, or stretches ``first..last``."""
    return tuple(
        Arrangement(
            item["year"],
            tuple(
                Holiday(each["name"], tuple(_days(each["rest"])), tuple(_days(each.get("work", ()))))
                for each in item["holidays"]
            ),
        )
        for item in raw
    )


def plain(arrangement: Arrangement) -> list[dict[str, Any]]:
    """The holidays of an arrangement as JSON holds them; :func:`parse` reads them back."""
    return [
        {
            "name": each.name,
            "rest": [day.isoformat() for day in each.rest],
            "work": [day.isoformat() for day in each.work],
        }
        for each in arrangement.holidays
    ]


def _days(raw: Iterable[date | str]) -> Iterator[date]:
    for each in raw:
        if isinstance(each, date):
            yield each
            continue
        start, _, end = each.partition("..")
        first, last = date.fromisoformat(start), date.fromisoformat(end or start)
        for step in range((last - first).days + 1):
            yield first + timedelta(step)


@cache
def shipped() -> tuple[Arrangement, ...]:
    """The years that come with the package, oldest first."""
    text = (files(__package__) / "arrangements.yaml").read_text("utf-8")
    return parse(yaml.load(text, Loader=_Loader))  # noqa: S506 (a safe loader, in C where there is one)
