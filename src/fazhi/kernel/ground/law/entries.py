"""What the law says about one period: frozen facts, read from the files of ``rules/``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What a period is counted in."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"

    @property
    def label(self) -> str:
        """This unit as written behind a number, e.g. ``个工作日``."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.DAY: "日",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}


class Kind(StrEnum):
    """What a rule is for; only the deadlines, minimums and maximums among them are periods that run."""

    DEADLINE_AUTHORITY = "deadline_authority"
    DEADLINE_PARTY = "deadline_party"
    DEADLINE_COURT = "deadline_court"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    MINIMUM_NOTICE = "minimum_notice"
    MAXIMUM_EXTENSION = "maximum_extension"
    WAITING_PERIOD = "waiting_period"
    TRIGGER = "trigger"
    RECURRING = "recurring"
    FIXED_DATE = "fixed_date"
    SET_BY_NOTICE = "set_by_notice"
    DUTY = "duty"
    PROHIBITION = "prohibition"
    TARGET = "target"
    COMPUTING = "computing"
    PLACEHOLDER = "placeholder"


class Certainty(StrEnum):
    """How well a rule is known: read in the full text, seen quoted, or general knowledge."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> str:
        """This certainty in the words shown beside a due day."""
        return {"verified": "已核实", "secondary": "待核实", "unverified": "未核实"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """This length of time, or this day of every year, or nothing (``Period()``: the law gives no number).

    ``inclusive`` concerns a fixed date only: whether the day itself is still in time.
    """

    value: int | None = None
    unit: Unit | None = None
    fixed_date: tuple[int, int] | None = None
    inclusive: bool = True

    def __post_init__(self) -> None:
        if self.value is not None and (self.value < 1 or self.unit is None):
            raise ValueError(f"a period needs a positive number and a unit, not {self.value} {self.unit}")
        if self.fixed_date is not None:
            if self.value is not None or self.unit is not None:
                raise ValueError("a fixed date has neither number nor unit")
            date(2024, *self.fixed_date)

    def __str__(self) -> str:
        if self.fixed_date:
            month, day = self.fixed_date
            return f"每年{month}月{day}日" + ("" if self.inclusive else "前")
        if self.value is not None and self.unit is not None:
            return (
                f"{self.value}{self.unit.label}" if self.unit is Unit.WORKING_DAY else f"{self.value} {self.unit.label}"
            )
        return "未定"


_NO_NUMBER_OF_ITS_OWN = frozenset({"NONE", "SET-BY-NOTICE", "FIXED", "META", "RATE", "TALLY"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one statutory rule.

    ``id`` names the version, ``rule`` what all its versions share. ``regime`` is the track it is for (``None``: every
    track the law does not treat apart). ``effective_to`` is the last day of the version; ``None``: still in force.
    """

    id: str
    rule: str
    line: str
    title_zh: str
    title_en: str
    period: Period
    kind: Kind
    starts: str
    ends_by: str
    law_zh: str
    law_en: str
    article: str
    effective_from: date
    computing_rule: str
    certainty: Certainty
    regime: str | None = None
    extension: str | None = None
    suspends: tuple[str, ...] = ()
    effective_to: date | None = None
    computing_note: str | None = None
    notes: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether this version is the law on that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    @property
    def needs_number(self) -> bool:
        """Whether the law has a number here that is not known to this entry."""
        return self.period.value is None and self.computing_rule not in _NO_NUMBER_OF_ITS_OWN

    @property
    def basis(self) -> str:
        """This rule's law and article, as cited: ``《中华人民共和国行政复议法（2023年修订）》30``."""
        return f"《{self.law_zh}》{self.article}" if self.article != "-" else f"《{self.law_zh}》"


def parse(raw: dict[str, Any], line: str) -> Rule:
    """This rule from one item of a rules file; raises :class:`ValueError` naming the item when it is malformed."""
    try:
        return Rule(
            **{
                **raw,
                "line": line,
                "period": _period(raw["period"]),
                "kind": Kind(raw["kind"]),
                "certainty": Certainty(raw["certainty"]),
                "suspends": tuple(raw.get("suspends", ())),
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{line}.yaml, {raw.get('id', '?')}: {error}") from error


def _period(raw: dict[str, Any]) -> Period:
    fixed = raw.get("fixed_date")
    month, day = map(int, fixed.split("-")) if fixed else (0, 0)
    unit = raw.get("unit")
    return Period(
        raw.get("value"), Unit(unit) if unit else None, (month, day) if fixed else None, raw.get("inclusive", True)
    )
