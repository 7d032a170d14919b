"""Which text of the Law governs a case, how long its periods are, and what checks need to know of a case's past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.ground import calendar, law
from fazhi.kernel.ground.calendar import DueDay
from fazhi.kernel.ground.law import Effective
from fazhi.lines.reconsideration.codes import LawVersion, Track

# Every case is examined for acceptance: by this rule the two texts of the Law are told apart.
_ACCEPT = "reconsideration.accept"


@cache
def _turn() -> tuple[date, date]:
    """The last day of the 2017 text and the first of the 2023 text."""
    old, new = sorted(law.versions(_ACCEPT), key=lambda each: each.effective_from)
    assert old.effective_to is not None
    return old.effective_to, new.effective_from


def law_of(received_on: date) -> LawVersion:
    """The text in force when an application was received."""
    return LawVersion.OLD if received_on <= _turn()[0] else LawVersion.NEW


def governed(case: Any, on: date) -> date:
    """The day whose law governs ``case`` on a day: the text kept with it, however late it is."""
    last_old, first_new = _turn()
    return min(on, last_old) if case.law == LawVersion.OLD else max(on, first_new)


def regime(case: Any) -> str | None:
    """The regime of the rules for a case's procedure; the 2017 text knows one only."""
    return Track.SIMPLIFIED.value if case.law == LawVersion.NEW and case.track == Track.SIMPLIFIED else None


def effective(case: Any, rule: str, on: date | None = None) -> Effective | None:
    """A rule as it applies to ``case``, or None where its text of the Law has none."""
    settings = law.settings_of(case.jurisdiction_id)
    try:
        found = law.effective(rule, governed(case, on or case.opened_on), settings, regime=regime(case))
    except law.NotInForce:
        return None
    return found if found.shown else None


def period(case: Any, rule: str) -> str:
    """How long a period is for ``case``, as papers say it (``60日``, ``5个工作日``); empty where there is none."""
    found = effective(case, rule)
    return str(found.rule.period).replace(" ", "") if found else ""


def period_on(rule: str, part: Any) -> str:
    """How long a period is that begins with a letter, by the law of the day it is issued."""
    found = law.effective(rule, part.issued_on or part.opened_on, law.settings_of(part.jurisdiction_id))
    return str(found.rule.period).replace(" ", "")


def due(case: Any, rule: str, start: date) -> DueDay | None:
    """When a period of ``case`` that began (or, counted back, ends) on a day is over; None where there is no such rule."""
    found = effective(case, rule, start)
    return calendar.due_on(found.rule, start, calendar.of(case.jurisdiction_id)) if found else None


def longest_extension(case: Any) -> int | None:
    """By how many days the time to decide may be lengthened at most.

    The entry of the 2017 text says the same maximum in words only; the number is that of the later entry.
    """
    found = law.effective("reconsideration.decide.extension", _turn()[1], law.settings_of(case.jurisdiction_id))
    return found.rule.period.value


def looked_up(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The acts done and the clocks of those rows that are cases already, by id."""
    ids = [row["id"] for row in rows if row.get("id")]
    acts: dict[int, list[str]] = {}
    runs: dict[int, dict[str, Run]] = {}
    if ids:
        for matter_id, act in Step.objects.filter(matter_id__in=ids).values_list("matter_id", "act"):
            acts.setdefault(matter_id, []).append(act)
        for run in Run.objects.filter(matter_id__in=ids):
            runs.setdefault(run.matter_id, {})[run.clock] = run
    return {"acts": acts, "runs": runs}
