"""Reading what the demonstration shall have done, and holding it to its own arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("quotas.yaml")


class Contradiction(ValueError):
    """Raised when the quotas do not add up; the message says where."""


@dataclass(frozen=True, slots=True)
class Year:
    """What was done in a year: cases accepted, cases concluded in each way, and what their agreements came to (元)."""

    accepted: int = 0
    succeeded: int = 0
    failed: int = 0
    withdrawn: int = 0
    declined: int = 0
    amount: int = 0

    @property
    def concluded(self) -> int:
        """Cases that left mediation."""
        return self.succeeded + self.failed + self.withdrawn


@dataclass(frozen=True, slots=True)
class Flow:
    """These years of one kind of cases. ``carried_out`` of a year is carried into the next."""

    years: Mapping[int, Year]

    def carried_out(self, year: int) -> int:
        """Cases accepted by the end of a year and not yet concluded."""
        return sum(each.accepted - each.concluded for number, each in self.years.items() if number <= year)

    def check(self, place: str) -> None:
        """Hold the years to each other: nothing is concluded that was not accepted, and nothing is left over."""
        for number, year in self.years.items():
            out = self.carried_out(number)
            if not 0 <= out <= year.accepted:
                raise Contradiction(f"{place}.{number}: 结转{out}件，须在0与当年受理的{year.accepted}件之间")
            if year.succeeded and year.amount < year.succeeded * 100:
                raise Contradiction(f"{place}.{number}: 协议金额{year.amount}元过小")
        if self.carried_out(max(self.years)):
            raise Contradiction(f"{place}: 最后一年仍有{self.carried_out(max(self.years))}件未办结")


@dataclass(frozen=True, slots=True)
class Mediating:
    """One kind of mediation: its flow and how its cases are made up."""

    flow: Flow
    shares: Mapping[str, Any]

    def share(self, name: str) -> Mapping[Any, float]:
        """These weights of one trait."""
        found: Mapping[Any, float] = self.shares[name]
        return found


@dataclass(frozen=True, slots=True)
class Heard:
    """What was done about applications for reconsideration in a year; of those concluded so many were settled."""

    received: int = 0
    accepted: int = 0
    concluded: int = 0
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """These years of reconsideration, and how its cases are made up."""

    years: Mapping[int, Heard]
    shares: Mapping[str, Mapping[Any, float]]

    def carried_out(self, year: int) -> int:
        """Cases accepted by the end of a year and not yet concluded."""
        return sum(each.accepted - each.concluded for number, each in self.years.items() if number <= year)

    def check(self) -> None:
        """Hold the years to each other."""
        for number, year in self.years.items():
            out = self.carried_out(number)
            if not 0 <= out <= year.accepted or year.accepted > year.received or year.settled > year.concluded:
                raise Contradiction(f"reconsideration.{number}: 收到、受理、办结、结转（{out}件）不相符")
        if self.carried_out(max(self.years)):
            raise Contradiction(f"reconsideration: 最后一年仍有{self.carried_out(max(self.years))}件未办结")


@dataclass(frozen=True, slots=True)
class Told:
    """One reported figure: by which unit, at which pace, and its value of each year."""

    key: str
    by: str
    pace: str
    years: Mapping[int, int]
    even: bool = False
    opening: int = 0
    inflow: str = ""
    outflow: str = ""


@dataclass(frozen=True, slots=True)
class Quotas:
    """What the demonstration shall have done."""

    people: Mediating
    commercial: Mediating
    referrals: Mapping[str, Mapping[Any, int]]
    appraisals: Mapping[str, Any]
    reconsideration: Reconsidered
    told: Mapping[str, Told] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path = FILE) -> Quotas:
        """The quotas of a file; raises :class:`Contradiction`."""
        return cls.of(yaml.safe_load(file.read_text("utf-8")))

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Quotas:
        """The quotas as a file of them would say it."""
        mediation = raw["mediation"]
        found = cls(
            _mediating(mediation["people"]),
            _mediating(mediation["commercial"]),
            mediation["referrals"],
            mediation["appraisals"],
            _reconsidered(raw["reconsideration"]),
            {key: _told(key, said) for key, said in raw["reported"].items()},
        )
        found.check()
        return found

    def reported_years(self) -> tuple[int, int]:
        """The earlier and the later of the two years that are reported on: those for which figures are told."""
        first, last = sorted({year for told in self.told.values() for year in told.years})[-2:]
        return first, last

    def check(self) -> None:
        """Hold the quotas to their own arithmetic."""
        self.people.flow.check("mediation.people")
        self.commercial.flow.check("mediation.commercial")
        self.reconsideration.check()
        for told in self.told.values():
            if told.pace not in ("year", "months", "stock", "balance"):
                raise Contradiction(f"{told.key}: 不认识的节奏“{told.pace}”")
            if told.pace == "balance" and not {told.inflow, told.outflow} <= set(self.told):
                raise Contradiction(f"{told.key}: 平衡所依据的指标不在其中")
            if told.even and any(value % 12 for value in told.years.values()):
                raise Contradiction(f"{told.key}: 每月相同的数须是12的倍数")

    def expected(self, year: int) -> dict[str, int]:
        """What counting must give for a year, by measure key; rates are left to those who count."""
        people, commercial = self.people.flow.years[year], self.commercial.flow.years[year]
        heard = self.reconsideration.years[year]
        return {
            "mediation.cases": people.accepted,
            "mediation.succeeded": people.succeeded,
            "mediation.failed": people.failed,
            "mediation.agreement_amount": people.amount,
            "mediation.open": self.people.flow.carried_out(year),
            "mediation.commercial_cases": commercial.accepted,
            "mediation.commercial_settled": commercial.succeeded,
            "mediation.commercial_amount": commercial.amount,
            "reconsideration.received": heard.received,
            "reconsideration.accepted": heard.accepted,
            "reconsideration.concluded": heard.concluded,
            "reconsideration.terminated_after_settlement": heard.settled,
            "reconsideration.carried_out": self.reconsideration.carried_out(year),
            **{key: self._told(told, year) for key, told in self.told.items()},
        }

    def _told(self, told: Told, year: int) -> int:
        if told.pace != "balance":
            return told.years[year]
        inflow, outflow = self.told[told.inflow].years, self.told[told.outflow].years
        return told.opening + sum(inflow[each] - outflow[each] for each in inflow if each <= year)


def _mediating(raw: Mapping[str, Any]) -> Mediating:
    return Mediating(Flow({year: Year(**said) for year, said in raw["flow"].items()}), raw["shares"])


def _reconsidered(raw: Mapping[str, Any]) -> Reconsidered:
    return Reconsidered({year: Heard(**said) for year, said in raw["years"].items()}, raw["shares"])


def _told(key: str, raw: Mapping[Any, Any]) -> Told:
    said = dict(raw)
    years = {year: said.pop(year) for year in list(said) if isinstance(year, int)}
    return Told(key=key, years=years, **said)
