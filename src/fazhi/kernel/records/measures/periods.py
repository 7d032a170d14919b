"""Periods: the days a figure speaks of, both ends included."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """These days, from ``first`` to ``last``; ``code`` is how tokens and addresses write it (``2022``, ``2022-03``)."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> Period:
        """This calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """This calendar month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def read(cls, code: str) -> Period:
        """This period of a code: a year, a month, or two days (``2022-01-01~2022-09-30``); else :class:`ValueError`."""
        first, tilde, last = code.partition("~")
        try:
            if tilde:
                found = cls(date.fromisoformat(first), date.fromisoformat(last))
                if found.first > found.last:
                    raise ValueError
                return found
            year, dash, month = code.partition("-")
            return cls.month(int(year), int(month)) if dash else cls.year(int(year))
        except ValueError:
            raise ValueError(f"“{code}”不是期间；请写成2022、2022-03或2022-01-01~2022-09-30") from None

    @property
    def code(self) -> str:
        """This period as tokens and addresses write it."""
        if self.is_year:
            return f"{self.first.year:04}"
        if self == Period.month(self.first.year, self.first.month):
            return f"{self.first:%Y-%m}"
        return f"{self.first.isoformat()}~{self.last.isoformat()}"

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        return self == Period.year(self.first.year)

    @property
    def label(self) -> str:
        """This period as people write it."""
        if self.is_year:
            return f"{self.first.year}年"
        if self == Period.month(self.first.year, self.first.month):
            return f"{self.first.year}年{self.first.month}月"
        return f"{self.first.isoformat()}至{self.last.isoformat()}"

    def months(self) -> Sequence[Period]:
        """The calendar months of this period, the first and the last as far as they belong to it."""
        found = []
        year, month = self.first.year, self.first.month
        while date(year, month, 1) <= self.last:
            whole = Period.month(year, month)
            found.append(Period(max(whole.first, self.first), min(whole.last, self.last)))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return found

    def covers(self, other: Period) -> bool:
        """Whether every day of ``other`` lies in this period."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def eve(self) -> Period:
        """The day before: its closing stock is this period's opening stock."""
        day = self.first - timedelta(1)
        return Period(day, day)

    def before(self) -> Period:
        """The same days one year earlier."""
        return self.moved(-1)

    def moved(self, years: int) -> Period:
        """The same days so many years later; a month that ends with February does so in every year."""
        return Period(_in_year(self.first, years), _in_year(self.last, years))


def _in_year(day: date, years: int) -> date:
    last_of_february = day.month == 2 and day.day == calendar.monthrange(day.year, 2)[1]
    year = day.year + years
    return day.replace(year=year, day=calendar.monthrange(year, 2)[1] if last_of_february else day.day)
